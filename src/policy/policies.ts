import { roleArn, type Access } from "./access.ts";
import { bucketPolicy } from "./bucket-policy.ts";
import type { PolicyDocument } from "./document.ts";
import { managedPolicies, rolePermissions } from "./role-permissions.ts";
import { trustPolicy } from "./trust-policy.ts";
import { userPolicy } from "./user-policy.ts";

/** All that is to be made of an access. */
export interface Policies {
  readonly roleArn: string;
  readonly trust: PolicyDocument;
  readonly permissions: PolicyDocument;
  readonly managedPolicies: readonly string[];
  readonly user: PolicyDocument;
  /** Null where the bucket keeps the policy that it has. */
  readonly bucket: PolicyDocument | null;
}

export function policiesOf(access: Access): Policies {
  return {
    roleArn: roleArn(access),
    trust: trustPolicy(access),
    permissions: rolePermissions(access),
    managedPolicies: managedPolicies(access),
    user: userPolicy(access),
    bucket: access.bucketPolicy && bucketPolicy(access, access.bucketPolicy),
  };
}

/** The name of the role's own policy. */
export const permissionsName = "kops-state-store";

/** The name of the users' policy. */
export function userPolicyName({ role }: Access): string {
  return `assume-${role.name}`;
}
