import type { Access } from "./access.ts";
import { userPolicyName, type Policies } from "./policies.ts";

/** One object, in which each policy is a document as AWS takes it. */
export function renderJson(access: Access, policies: Policies): string {
  const { role, people } = access;
  const text = JSON.stringify(
    {
      role_arn: policies.roleArn,
      max_session_duration: role.maxSessionDuration,
      trust_policy: policies.trust,
      permissions_policy: policies.permissions,
      managed_policies: policies.managedPolicies,
      user_account: people.account,
      users: people.users,
      groups: people.groups,
      user_policy_name: userPolicyName(access),
      user_policy: policies.user,
      ...(policies.bucket === null ? {} : { bucket_policy: policies.bucket }),
    },
    null,
    2,
  );
  return `${text}\n`;
}
