import type { Account, Bucket } from "../directory.ts";
import { accessDenied, type AwsError } from "../errors.ts";
import { requestContext } from "../policy/context.ts";
import { deniedWithoutMfa, mayRead } from "../policy/permissions.ts";
import { evaluateTrust } from "../policy/trust.ts";
import { principalArn } from "../principal.ts";
import type { Call } from "../sts.ts";

/**
 * Both sides have to agree, but within one account either suffices. A session of a role carries no MFA into this:
 * docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html
 */
export function authorizeS3(call: Call, account: Account, bucket: Bucket, action: string): void {
  const { principal } = call.caller;
  const context = requestContext(call, false);
  const refusal = (why: string) => denied(call, account, bucket, action, why);
  if (deniedWithoutMfa(principal, context)) {
    throw refusal("with an explicit deny in an identity-based policy");
  }
  const policy = bucket.policy && evaluateTrust(bucket.policy, principal, action, context);
  if (policy === "denied") throw refusal("with an explicit deny in a resource-based policy");
  const isAllowedByPolicy = policy === "directly" || policy === "by-account";
  const isOwn = principal.account.id === account.id;
  const isAllowed = isOwn
    ? isAllowedByPolicy || mayRead(principal, bucket.name)
    : isAllowedByPolicy && mayRead(principal, bucket.name);
  if (!isAllowed) throw refusal(`because no identity-based policy allows the ${action} action`);
}

/** Only inside of an account S3 says why: github.com/noobaa/noobaa-core/issues/10060, github.com/aws/aws-cli/issues/8506 */
function denied(
  { caller: { principal } }: Call,
  account: Account,
  { name }: Bucket,
  action: string,
  why: string,
): AwsError {
  if (principal.account.id !== account.id) return accessDenied("Access Denied");
  return accessDenied(
    `User: ${principalArn(principal)} is not authorized to perform: ${action} on resource: "arn:aws:s3:::${name}" ${why}`,
  );
}
