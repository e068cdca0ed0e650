import { roleArn } from "./arn.ts";
import type { Account, Role } from "./directory.ts";
import { type AwsError, accessDenied, notAuthorized } from "./errors.ts";
import type { RequestContext } from "./policy/conditions.ts";
import { deniedWithoutMfa, mayAssume } from "./policy/permissions.ts";
import { evaluateTrust } from "./policy/trust.ts";
import { principalArn } from "./principal.ts";
import type { Call } from "./sts.ts";

export interface Target {
  readonly account: Account;
  readonly role: Role;
}

/**
 * Both sides have to agree: the role's trust policy, and the caller's own permissions unless the
 * trust policy names a caller of its own account directly.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 */
export function authorizeAssumeRole(
  call: Call,
  target: Target | null,
  context: RequestContext,
): Target {
  const { principal } = call.caller;
  const resource = call.params["RoleArn"] ?? "";
  for (const action of actionsOf(call)) {
    const refusal = notAuthorized(principalArn(principal), action, resource);
    if (deniedWithoutMfa(principal, context)) throw explicitly(refusal, "an identity-based");
    if (target === null) throw refusal;
    const { account, role } = target;
    const trust = evaluateTrust(role.trustPolicy, principal, action, context);
    if (trust === "denied") throw explicitly(refusal, "a resource-based");
    if (trust === "not") throw refusal;
    const trustSuffices = trust === "directly" && principal.account.id === account.id;
    if (!trustSuffices && !mayAssume(principal, roleArn(account, role))) throw refusal;
  }
  if (target === null) throw new Error("unreachable: a missing role is refused above");
  return target;
}

/** Tags and a source identity each take a permission of their own. */
function actionsOf({ params }: Call): readonly string[] {
  const actions = ["sts:AssumeRole"];
  if (Object.keys(params).some((name) => name.startsWith("Tags."))) actions.push("sts:TagSession");
  if (params["SourceIdentity"] !== undefined) actions.push("sts:SetSourceIdentity");
  return actions;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
function explicitly(refusal: AwsError, policy: string): AwsError {
  return accessDenied(`${refusal.message} with an explicit deny in ${policy} policy`);
}
