import type { Problem } from "../errors.ts";
import type { S3Answer } from "../context/s3-ec2.ts";
import { timeInWords } from "../expiry.ts";
import { customS3 } from "./store-access.ts";
import type { StateStore } from "./state-store.ts";

/** The session that kops ran with. */
export interface KopsSession {
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  /** ARN of the role that it is of; null for a user's own. */
  readonly roleArn: string | null;
}

/** What S3 said about the state store when asked as kops asks. */
export interface StoreCheck {
  readonly store: StateStore;
  readonly bucket: string;
  readonly answer: S3Answer;
  /** What sends kops elsewhere than to AWS's own S3. */
  readonly detour: string | null;
  /** The host that it is sent to. */
  readonly host: string | null;
}

/**
 * Why a command failed, where the session tells without asking anybody: it was over by the end. kops shows that as `BadRequest`, and its
 * loops go on with it for minutes (github.com/kubernetes/kops/issues/14176). Null where it was not.
 */
export function explainExpiry(
  { expiresAt }: Pick<KopsSession, "expiresAt">,
  endedAt: number,
  command = "kops",
): Problem | null {
  if (endedAt < expiresAt) return null;
  const ago = timeInWords(endedAt - expiresAt);
  const shown =
    command === "kops" ? ", which kops shows as BadRequest, Forbidden or a time-out" : "";
  const again = command === "kops" ? "kops-mfa --server" : "kops-mfa exec --server";
  return {
    message: `the session expired ${ago} before ${command} ended${shown}`,
    hint: `Run it again, with a new session; \`${again}\` renews it meanwhile.`,
  };
}

/** Why kops failed, by what S3 said; null where S3 had no objection, or nothing is known. */
export function explainStore(check: StoreCheck, session: KopsSession): Problem | null {
  const { answer, detour, bucket } = check;
  if (answer.kind === "listed") return null;
  if (detour === customS3) return explainCustomS3(check);
  if (answer.kind === "unreachable") return detour === null ? null : explainDetour(check, detour);
  switch (answer.code) {
    case "AccessDenied":
    case "AllAccessDisabled":
      return explainForbidden(check, answer.text, session);
    case "NoSuchBucket":
    case "InvalidBucketName":
      return {
        message: `there is no bucket "${bucket}"${detour === null ? "" : ` where ${detour} sends kops`} (${check.store.from})`,
        hint: "Correct the name of the state store, or make the bucket first: kops makes none.",
      };
    default:
      return explainRefusedSession(answer.code);
  }
}

/** Why kops failed, by the code with which AWS refused the session; null for a code that says nothing about it. */
export function explainRefusedSession(code: string): Problem | null {
  if (code === "RequestTimeTooSkewed") {
    return {
      message: "this machine's clock is wrong: AWS takes requests of the last 15 minutes only",
      hint: "Set the clock (timedatectl set-ntp true; in WSL: sudo hwclock -s), then try again.",
    };
  }
  const isOver = code === "ExpiredToken" || code === "ExpiredTokenException";
  const isUnknown = /^Invalid(Token|AccessKeyId|ClientTokenId)$/.test(code);
  if (!isOver && !isUnknown) return null;
  return {
    message: `AWS does not accept this session any more (${code}), which kops shows as BadRequest or Forbidden`,
    hint: isOver
      ? "Run `kops-mfa logout`, then this again. If that does not last either, this machine's clock is slow."
      : "Its role or user may have been deleted. Run `kops-mfa logout`, then this again: a new session tells.",
  };
}

const needed = "s3:ListBucket, s3:GetBucketLocation and s3:GetObject";
/** docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html */
const mfaOfRoles =
  "If a policy there asks for MFA, no session of a role can meet it: use a profile without role_arn, or ask for MFA in the role's trust policy instead.";

/** S3 says why only to callers of the bucket's own account: docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html */
function explainForbidden(
  { store, bucket }: StoreCheck,
  text: string,
  { roleArn }: KopsSession,
): Problem {
  const who = roleArn ?? "your user";
  const [, policy = null] = /explicit deny in an? ([\w -]+ policy)/.exec(text) ?? [];
  if (policy === null) {
    const needs = `${roleArn === null ? "You need" : "The role needs"} ${needed} there.`;
    return {
      message: `${who} may not read the state store ${store.value} (${store.from})`,
      hint: roleArn === null ? needs : `${needs} ${mfaOfRoles}`,
    };
  }
  return {
    message: `${denying(policy, bucket)} denies ${who} the state store ${store.value}`,
    hint: denialHint(policy, roleArn !== null),
  };
}

function denying(policy: string, bucket: string): string {
  if (policy === "resource-based policy") return `the policy of bucket "${bucket}"`;
  return policy === "identity-based policy" ? "an IAM policy" : `a ${policy}`;
}

function denialHint(policy: string, isRole: boolean): string {
  const revoked = "If the session was revoked: `kops-mfa logout`, then this again.";
  switch (policy) {
    case "resource-based policy":
      return isRole
        ? mfaOfRoles
        : "Read its Deny statements: does one ask for an address, a network, an MFA age, that you have not?";
    case "identity-based policy":
      return isRole ? `${revoked} ${mfaOfRoles}` : `${revoked} Else read the Deny statements.`;
    default:
      return "Ask those who look after the organisation's accounts or its network (VPC endpoints).";
  }
}

function explainCustomS3({ host }: StoreCheck): Problem {
  return {
    message: `${customS3} sends kops to ${host ?? "nowhere"} for the state store, with S3_ACCESS_KEY_ID and not with this session; that fails`,
    hint: "If the state store is in AWS: unset S3_ENDPOINT S3_REGION S3_ACCESS_KEY_ID S3_SECRET_ACCESS_KEY",
  };
}

function explainDetour({ host }: StoreCheck, detour: string): Problem {
  return {
    message: `${detour} sends kops to ${host ?? "nowhere"} for the state store, and no S3 answers there`,
    hint: "Correct it, or take it out if the state store is in AWS.",
  };
}
