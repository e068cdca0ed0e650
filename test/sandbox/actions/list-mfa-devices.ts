import { devicesOf } from "../directory.ts";
import { notAuthorized, unknownAccessKey, validationError } from "../errors.ts";
import { principalArn } from "../principal.ts";
import type { Action, Call } from "../sts.ts";

/**
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListMFADevices.html, for the caller's own devices: nobody here
 * has permission to see another user's.
 */
export const listMfaDevices: Action = (call) => {
  const { principal } = call.caller;
  refuseSessionWithoutMfa(call);
  if (principal.kind === "assumed-role") {
    throw validationError("Must specify userName when calling with non-User credentials");
  }
  const own = principal.kind === "user" ? principal.user.name : "root-account";
  const name = call.params["UserName"] ?? own;
  if (name !== own || (principal.kind === "user" && principal.user.denyListMfaDevices)) {
    // The resource's form: https://github.com/terraform-aws-modules/terraform-aws-iam/issues/43
    throw notAuthorized(principalArn(principal), "iam:ListMFADevices", `user ${name}`);
  }
  const devices = devicesOf(principal).map(({ serial }) => ({
    UserName: name,
    SerialNumber: serial,
    EnableDate: "2026-01-02T03:04:05Z",
  }));
  return { IsTruncated: "false", MFADevices: { member: devices } };
};

/** A session of GetSessionToken calls IAM only with MFA in it: https://github.com/99designs/aws-vault/issues/328 */
function refuseSessionWithoutMfa({ caller: { session } }: Call): void {
  const isPlain = session?.kind === "session-token" && session.mfaAuthenticatedAt === null;
  if (isPlain) throw unknownAccessKey();
}
