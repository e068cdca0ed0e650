import type { Question } from "./asker.ts";
import type { Caller } from "./draft.ts";
import { readCluster, readRegion, readRole, readStateStore } from "./readings.ts";

/** A question that there may be no answer to. */
type Optional = Omit<Question<string | null>, "fallback">;

export function roleQuestion(caller: Caller): Optional {
  return {
    option: "--role-arn",
    about: [
      `The role to assume: its ARN, or just its name if it is in account ${caller.account}. Without one the session is your own,`,
      "with MFA in it, which is what a bucket policy that wants MFA asks for.",
    ],
    prompt: "Role",
    read: (answer) => readRole(answer, caller),
  };
}

export function regionQuestion(caller: Caller): Optional {
  return {
    option: "--region",
    about: ["The region of your clusters: kops, kubectl and the AWS CLI get it with the session."],
    prompt: "Region",
    read: (answer) => readRegion(answer, caller),
  };
}

export const stateStoreQuestion: Optional = {
  option: "--state-store",
  about: [
    "The bucket in which kops keeps its state, like s3://clusters.example.com: kops then needs no --state.",
  ],
  prompt: "State store",
  read: readStateStore,
};

export const clusterQuestion: Optional = {
  option: "--cluster",
  about: ["The cluster you work with, like one.example.com: kops then needs no --name."],
  prompt: "Cluster",
  read: readCluster,
};
