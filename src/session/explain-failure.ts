import { formatDuration } from "../config/duration.ts";
import type { Explanation, StsFailureDetails } from "./sts-failure.ts";
import { explainTransport } from "./explain-transport.ts";

/** What was being done when STS failed. */
export interface Situation {
  readonly serialNumber: string | null;
  readonly roleArn: string | null;
  /** A serial that the configuration has elsewhere and that was not used. */
  readonly unusedSerialNumber: string | null;
  /** Where the keys came from: `profile "default" (~/.aws/credentials:2)`. */
  readonly source: string;
  /** ARN that the keys belong to, where STS told. */
  readonly callerArn: string | null;
  readonly region: string;
  readonly durationSeconds: number | null;
}

interface Rule {
  /** STS's error code; null for any. */
  readonly code: string | null;
  readonly text: RegExp;
  explain(situation: Situation, match: RegExpExecArray): Explanation;
}

/** STS's words and what they mean, most specific first. The texts are AWS's own; the issues where they were seen are in the tests. */
const rules: readonly Rule[] = [
  {
    code: "AccessDenied",
    text: /invalid MFA one time pass code/i,
    explain: (s) => ({
      message: `STS refused the code of ${s.serialNumber ?? "the MFA device"}`,
      hint: "Wait for the next code: each works once. If none works, the device's clock is off.",
      anotherCode: true,
    }),
  },
  {
    code: "AccessDenied",
    text: /unable to validate MFA code/i,
    explain: (s) => ({
      message: `${s.serialNumber ?? "the MFA serial"} is not a working MFA device of ${caller(s)}`,
      hint: "Compare mfa_serial (KOPS_MFA_ARN) with `aws iam list-mfa-devices`; if it is right, resynchronise the device in the IAM console.",
    }),
  },
  {
    code: "AccessDenied",
    text: /must provide both MFA serial number and one time pass code/i,
    explain: () => ({
      message: "STS got only one of MFA serial and code",
      hint: "Set mfa_serial in the profile (or KOPS_MFA_ARN), so that both go together.",
    }),
  },
  {
    code: "ValidationError",
    text: /'tokenCode' failed to satisfy constraint/i,
    explain: () => ({
      message: "STS takes a code of six digits, and this one is not",
      hint: "Give the six digits that the MFA device shows now.",
      anotherCode: true,
    }),
  },
  {
    code: "AccessDenied",
    text: /Roles may not be assumed by root accounts/i,
    explain: (s) => ({
      message: `${s.source} has the keys of the account's root user, who cannot assume roles`,
      hint: "Use the access keys of an IAM user, and delete the root user's.",
    }),
  },
  {
    code: "AccessDenied",
    text: /not authorized to perform: sts:AssumeRole/i,
    explain: explainAssumeRoleDenied,
  },
  {
    code: "AccessDenied",
    text: /Cannot call GetSessionToken with session credentials/i,
    explain: (s) => ({
      message: `${s.source} has temporary keys, which cannot make an MFA session`,
      hint: "Start from the long-lived access keys of the IAM user (AKIA…); unset AWS_SESSION_TOKEN if it is left over.",
    }),
  },
  {
    code: "AccessDenied",
    text: /not authorized to perform: sts:GetSessionToken/i,
    explain: (s) => ({
      message: `a policy does not allow ${caller(s)} to call sts:GetSessionToken`,
      hint: "Ask for sts:GetSessionToken to be left out of the policy's Deny.",
    }),
  },
  {
    code: "ValidationError",
    text: /exceeds the MaxSessionDuration set for this role/i,
    explain: (s) => ({
      message: `${s.roleArn ?? "the role"} gives no sessions as long as ${formatDuration(s.durationSeconds ?? 0)}`,
      hint: "Ask for less (--duration 1h), or raise the role's maximum session duration in IAM.",
    }),
  },
  {
    code: "ValidationError",
    text: /1 hour session limit for roles assumed by role chaining/i,
    explain: (s) => ({
      message: `${s.roleArn ?? "the role"} is assumed with temporary credentials, for which AWS gives at most 1h`,
      hint: "Ask for --duration 1h.",
    }),
  },
  {
    code: "ValidationError",
    text: /'durationSeconds' failed to satisfy constraint/i,
    explain: (s) => ({
      message: `STS gives no session of ${formatDuration(s.durationSeconds ?? 0)}`,
      hint: `Ask for 15m to ${s.roleArn === null ? "36h" : "12h"} (--duration).`,
    }),
  },
  {
    code: "InvalidClientTokenId",
    text: /./,
    explain: (s) => ({
      message: `AWS does not know the access key of ${s.source} (region ${s.region})`,
      hint: "The key may be deleted, inactive or of another partition (China, GovCloud); check it in the IAM console, or the region.",
    }),
  },
  {
    code: "RegionDisabledException",
    text: /./,
    explain: (s) => ({
      message: `STS is switched off in region ${s.region} for this account`,
      hint: "Use another region (--region us-east-1), or have STS activated there in the IAM console.",
    }),
  },
  {
    code: null,
    text: /token included in the request is expired|provided token has expired|Request has expired/i,
    explain: (s) => ({
      message: `the temporary keys of ${s.source} have expired`,
      hint: "Renew them where they come from, or start from long-lived access keys.",
    }),
  },
  {
    code: null,
    text: /provided token is malformed or otherwise invalid/i,
    explain: (s) => ({
      message: `the session token of ${s.source} is damaged`,
      hint: "Renew it where it comes from, or unset AWS_SESSION_TOKEN if it is left over.",
    }),
  },
  {
    code: "SignatureDoesNotMatch",
    text: /Signature (?:expired|not yet current)/i,
    explain: () => ({
      message: "this machine's clock is wrong: AWS takes requests of the last 5 to 15 minutes only",
      hint: "Set the clock (timedatectl set-ntp true; in WSL: sudo hwclock -s), then try again.",
    }),
  },
  {
    code: "SignatureDoesNotMatch",
    text: /Credential should be scoped to a valid region, not '?([^'.]*)/i,
    explain: (s) => ({
      message: `this STS endpoint does not belong to region ${s.region}`,
      hint: "Set the region that the endpoint is in (--region), or unset AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_STS.",
    }),
  },
  {
    code: "SignatureDoesNotMatch",
    text: /./,
    explain: (s) => ({
      message: `the secret access key of ${s.source} does not belong to its access key id`,
      hint: "Copy both again from where they were made; a lost secret means making a new access key.",
    }),
  },
  {
    code: null,
    text: /Rate exceeded|Throttling|Too Many Requests/i,
    explain: () => ({
      message: "STS has had too many requests from this account",
      hint: "Wait a minute and try again.",
    }),
  },
];

/** Says what a failed call means and what cures it. */
export function explainFailure(failure: StsFailureDetails, situation: Situation): Explanation {
  if (failure.kind !== "refused") return explainTransport(failure);
  for (const rule of rules) {
    if (rule.code !== null && rule.code !== failure.code) continue;
    const match = rule.text.exec(failure.text);
    if (match) return rule.explain(situation, match);
  }
  return explainUnknown(failure);
}

function caller({ callerArn, source }: Situation): string {
  return callerArn ?? `the owner of the keys of ${source}`;
}

/** One text for many causes: no MFA, not trusted, not permitted, no such role. */
function explainAssumeRoleDenied(s: Situation): Explanation {
  const message = `${caller(s)} may not assume ${s.roleArn ?? "the role"}`;
  if (s.serialNumber !== null) {
    return {
      message,
      hint: "Check the ARN, the role's trust policy (does it name you? an external id, a session name, an MFA age?), and your own permission for sts:AssumeRole.",
    };
  }
  const missing = `${message}; no MFA code was sent, and a role that wants one answers just this`;
  return s.unusedSerialNumber === null
    ? {
        message: missing,
        hint: "Set mfa_serial in the profile, or KOPS_MFA_ARN, to the ARN of your MFA device.",
      }
    : {
        message: missing,
        hint: `The profile with the keys has mfa_serial = ${s.unusedSerialNumber}: write that into the role's profile too, or give --serial-number.`,
      };
}

function explainUnknown({ action, code, text, httpStatus }: StsFailureDetails): Explanation {
  const server = httpStatus !== null && httpStatus >= 500;
  return {
    message: `STS answered ${action} with ${code ?? "an error"}${httpStatus === null ? "" : ` (HTTP ${httpStatus})`}: ${text}`,
    hint: server
      ? "That is a fault on STS's side; try again in a moment."
      : "Nothing was changed. If the words above do not help, `aws sts get-caller-identity` with the same keys may.",
  };
}
