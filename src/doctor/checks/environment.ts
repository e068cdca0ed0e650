import type { Environment } from "../../environment/environment.ts";
import { conflictingVariables } from "../../environment/variables.ts";
import { doubtful, fine, named, type Check } from "../check.ts";
import type { ProfileFacts, ShellFacts } from "../facts.ts";

/** What the leftovers are judged against. */
interface Setup {
  /** As it is: what a session of ours has taken out of it does no harm. */
  readonly env: Environment;
  /** The profiles of the AWS files; null where those cannot be read. */
  readonly profiles: readonly string[] | null;
  /** Whether the session starts from the environment itself: then what is there is meant. */
  readonly startsThere: boolean;
  /** Whether there are keys, or a session of ours, which win over whatever else there is to sign with. */
  readonly hasKeys: boolean;
  /** Whether a session of ours is active. */
  readonly isActive: boolean;
  /** Exported universal variables of fish. */
  readonly universal: readonly string[];
}

interface Leftover {
  readonly message: string;
  readonly cure: string;
}

type Rule = (setup: Setup) => readonly Leftover[];

/** What `env` and `exec` take out anyhow is trouble only for programs that run without them. */
const byItself = "kops by itself";

const rules: readonly Rule[] = [
  elsewhere,
  assumedOnTop,
  copiedToMachines,
  missingProfile,
  profileBesideSession,
  securityToken,
  otherSigners,
  oldCode,
  universals,
];

/** Variables that would win over the session or break it, each with what happens and what to do. */
export function judgeEnvironment(profile: ProfileFacts, shell: ShellFacts): readonly Check[] {
  const { resolution, brokenFile, names } = profile;
  const { env, carried } = shell;
  const setup: Setup = {
    env,
    profiles: brokenFile === null ? names : null,
    startsThere: resolution !== null && resolution.source.profile === null,
    hasKeys: carried !== null || Boolean(env["AWS_ACCESS_KEY_ID"]),
    isActive: carried !== null,
    universal: shell.universal,
  };
  const leftovers = rules.flatMap((rule) => rule(setup));
  if (leftovers.length === 0) {
    return [named("environment", fine("no variable that would win over a session, or break it"))];
  }
  return leftovers.map(({ message, cure }) => named("environment", doubtful(message, cure)));
}

/** Services of kops that are not asked here; of those that are, the answer tells. */
const otherServices = [
  ...["AUTO_SCALING", "ELASTIC_LOAD_BALANCING", "ELASTIC_LOAD_BALANCING_V2", "EVENTBRIDGE"],
  ...["ROUTE_53", "SQS", "SSM"],
];

/** docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html */
function elsewhere({ env }: Setup): readonly Leftover[] {
  if (env["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"]?.toLowerCase() === "true") return [];
  const names = ["AWS_ENDPOINT_URL", ...otherServices.map((name) => `AWS_ENDPOINT_URL_${name}`)];
  return names
    .filter((name) => env[name])
    .map((name) => ({
      message: `${name} sends kops to ${hostOf(env[name] ?? "")} for ${name === "AWS_ENDPOINT_URL" ? "all of AWS" : "that service"}`,
      cure: `unset ${name}, unless you mean it`,
    }));
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

/** kops, upup/pkg/fi/cloudup/awsup/aws_cloud.go (loadAWSConfig); github.com/kubernetes/kops/issues/16124 */
function assumedOnTop({ env }: Setup): readonly Leftover[] {
  if (!env["KOPS_AWS_ROLE_ARN"]) return [];
  return [
    {
      message: `KOPS_AWS_ROLE_ARN makes ${byItself} assume that role too, for EC2 and IAM but not for the state store`,
      cure: "unset KOPS_AWS_ROLE_ARN (kops-mfa env and exec do)",
    },
  ];
}

/** kops, pkg/model/resources/nodeup.go: for a store in an S3 of one's own that is meant. */
function copiedToMachines({ env }: Setup): readonly Leftover[] {
  if (!env["S3_SECRET_ACCESS_KEY"] || env["S3_ENDPOINT"]) return [];
  return [
    {
      message: "S3_SECRET_ACCESS_KEY: kops copies it into the user data of the cluster's machines",
      cure: "unset S3_ACCESS_KEY_ID S3_SECRET_ACCESS_KEY S3_REGION",
    },
  ];
}

/** The Go SDK and botocore fail on a profile that does not exist, even with keys in the environment. */
function missingProfile({ env, profiles }: Setup): readonly Leftover[] {
  return ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"]
    .filter((name) => env[name] && profiles?.includes(env[name]) === false)
    .map((name) => ({
      message: `${name} names "${env[name] ?? ""}", which is not in the AWS files: ${byItself} stops there`,
      cure: `unset ${name} (kops-mfa env and exec do)`,
    }));
}

/**
 * Set after the session, which unsets it. The SDK for JavaScript then takes the profile and skips the keys in the environment
 * (defaultProvider of @aws-sdk/credential-provider-node); the Go SDK and botocore take the keys.
 */
function profileBesideSession({ env, profiles, isActive, universal }: Setup): readonly Leftover[] {
  const profile = env["AWS_PROFILE"];
  if (!isActive || !profile || universal.includes("AWS_PROFILE")) return [];
  if (profiles?.includes(profile) === false) return [];
  return [
    {
      message: `AWS_PROFILE names "${profile}" beside the session: programs on the AWS SDK for JavaScript sign with that profile`,
      cure: "unset AWS_PROFILE",
    },
  ];
}

function securityToken({ env }: Setup): readonly Leftover[] {
  if (!env["AWS_SECURITY_TOKEN"]) return [];
  return [
    {
      message:
        "AWS_SECURITY_TOKEN: the AWS CLI and Python programs take it instead of the session's token",
      cure: "unset AWS_SECURITY_TOKEN (kops-mfa env and exec do)",
    },
  ];
}

/** In the order in which SDKs look; keys in the environment come before all of them. */
const signers: readonly (readonly [name: string, whose: string])[] = [
  ["AWS_WEB_IDENTITY_TOKEN_FILE", "with that web identity"],
  ["AWS_CONTAINER_CREDENTIALS_FULL_URI", "with a container's role, or with [default]"],
  ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "with a container's role, or with [default]"],
];

function otherSigners({ env, startsThere, hasKeys }: Setup): readonly Leftover[] {
  if (startsThere || hasKeys) return [];
  return signers
    .filter(([name]) => env[name])
    .map(([name, whose]) => ({
      message: `${name}: ${byItself} signs ${whose}, and not with a session of yours`,
      cure: `unset ${name} (kops-mfa env and exec do)`,
    }));
}

function oldCode({ env }: Setup): readonly Leftover[] {
  if (!env["KOPS_MFA_TOKEN_CODE"]) return [];
  return [
    {
      message: "KOPS_MFA_TOKEN_CODE: each code works once, so the next login with it fails",
      cure: "unset KOPS_MFA_TOKEN_CODE; set it for one command only",
    },
  ];
}

/** `set -eg` leaves them: fishshell.com/docs/current/language.html#variables-universal */
function universals({ universal }: Setup): readonly Leftover[] {
  return conflictingVariables
    .filter(({ name }) => universal.includes(name))
    .map(({ name }) => ({
      message: `${name} is a universal variable of fish: no session can unset it, so kops-mfa env and use refuse`,
      cure: `set -eU ${name}`,
    }));
}
