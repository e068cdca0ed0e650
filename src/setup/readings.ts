import { isCodeDevice, partitionOfRegion, readRoleArn } from "../config/arn.ts";
import type { Caller } from "./draft.ts";

/** What an answer says, or one line about why it says nothing that can be used. */
export type Reading<T> = { readonly value: T } | { readonly wrong: string };

/** The word for "none", where Enter means something else. */
export const none = "-";

/** What readers of the AWS files take, and no word of ours. */
export function readProfileName(answer: string): Reading<string> {
  if (!/^[\w@+.%:/][\w@+.%:/-]*$/.test(answer)) {
    return { wrong: "a profile's name has letters, digits and any of _@+.%:/- (not first) in it" };
  }
  if (answer === "default" || answer === "defaults") {
    return { wrong: `"${answer}" is taken: it counts for all profiles; choose another name` };
  }
  return { value: answer };
}

/** The ARN of a role, or the name of one in the caller's account. */
export function readRole(answer: string, caller: Caller): Reading<string | null> {
  if (answer === "" || answer === none) return { value: null };
  const isArn = answer.startsWith("arn:");
  const name = answer.replace(/^role\//, "");
  const arn = isArn ? answer : `arn:${caller.partition}:iam::${caller.account}:role/${name}`;
  const role = name.startsWith("/") ? null : readRoleArn(arn);
  if (!role) return { wrong: wrongRole(answer) };
  if (role.partition === caller.partition) return { value: arn };
  return {
    wrong: `keys of ${caller.partition} cannot assume a role of ${role.partition}: they are worlds apart`,
  };
}

function wrongRole(answer: string): string {
  if (/:sts:.*:assumed-role\//.test(answer)) {
    return "that is the ARN of a session; the role's own looks like arn:aws:iam::123456789012:role/NAME";
  }
  if (/:(?:user|mfa)\//.test(answer)) return "that is the ARN of a user or device, not of a role";
  return "a role is its name, or an ARN like arn:aws:iam::123456789012:role/NAME (IAM console: Roles)";
}

/** A device that shows codes, of the caller's account. */
export function readDevice(answer: string, { partition, account, user }: Caller): Reading<string> {
  const home = `arn:${partition}:iam::${account}:`;
  const example = `${home}mfa/${user}`;
  if (answer.includes(":u2f/")) {
    return { wrong: "that is a security key or passkey, and AWS STS accepts only codes" };
  }
  if (answer.includes(":user/")) {
    return { wrong: `that is the user; the device has ":mfa/" there: ${example}` };
  }
  if (!isCodeDevice(answer) || answer.includes("${")) {
    return {
      wrong: `a device is an ARN like ${example}, or the number on a hardware token (IAM console: Users, ${user}, Security credentials)`,
    };
  }
  if (answer.startsWith("arn:") && !answer.startsWith(home)) {
    return { wrong: `that device is of another account than ${user}, who is in ${account}` };
  }
  return { value: answer };
}

export function readRegion(answer: string, { partition }: Caller): Reading<string | null> {
  if (answer === "" || answer === none) return { value: null };
  if (!/^[a-z]{2,5}(?:-[a-z]+)+-\d{1,2}$/.test(answer)) {
    return { wrong: "a region looks like eu-west-1" };
  }
  if (partitionOfRegion(answer) === partition) return { value: answer };
  return { wrong: `the keys are of ${partition}, and ${answer} is in another partition` };
}

/** As kops reads it, which takes a slash at the end away. */
export function readStateStore(answer: string): Reading<string | null> {
  if (answer === "" || answer === none) return { value: null };
  const bucket = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:\/[\w.!*()/-]*)?$/;
  const [, place = ""] = /^s3:\/\/(.*)$/.exec(answer.replace(/(?<!\/)\/+$/, "")) ?? [];
  if (bucket.test(place)) return { value: `s3://${place}` };
  if (bucket.test(answer)) return { wrong: `did you mean s3://${answer}?` };
  return { wrong: "a state store looks like s3://clusters.example.com" };
}

export function readCluster(answer: string): Reading<string | null> {
  if (answer === "" || answer === none) return { value: null };
  const label = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
  if (new RegExp(`^${label}(?:\\.${label})+$`).test(answer)) return { value: answer };
  return { wrong: "a cluster's name is a full domain name like one.example.com" };
}

/** Form: docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export function readExternalId(answer: string): Reading<string | null> {
  if (answer === "" || answer === none) return { value: null };
  if (/^[\w+=,.@:/-]{2,1224}$/.test(answer)) return { value: answer };
  return { wrong: "an external id has 2 to 1224 letters, digits and any of _+=,.@:/-" };
}

/** One of a list: by its number, or by its name. */
export function readChoice<T>(
  answer: string,
  items: readonly T[],
  nameOf: (item: T) => string | null,
): Reading<T> {
  const byName = items.find((item) => nameOf(item) === answer);
  const item = byName ?? (/^\d{1,3}$/.test(answer) ? items[Number(answer) - 1] : undefined);
  if (item !== undefined) return { value: item };
  return { wrong: `answer with a number from 1 to ${items.length}` };
}

/** What is to happen with what was shown. */
export type Verdict = "yes" | "no" | "change";

export function readVerdict(answer: string): Reading<Verdict> {
  const word = answer.toLowerCase();
  const verdict = (["yes", "no", "change"] as const).find((each) => isShort(word, each));
  return verdict === undefined ? { wrong: "answer y, n or c" } : { value: verdict };
}

export function readYesNo(answer: string): Reading<boolean> {
  const word = answer.toLowerCase();
  if (isShort(word, "yes")) return { value: true };
  return isShort(word, "no") ? { value: false } : { wrong: "answer y or n" };
}

function isShort(word: string, whole: string): boolean {
  return word === whole || word === whole.charAt(0);
}
