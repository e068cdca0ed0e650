import { assumedRoleArn, rootArn, userArn } from "./arn.ts";
import type { Principal } from "./directory.ts";

/** The ARN that GetCallerIdentity reports and that refusals name. */
export function principalArn(principal: Principal): string {
  switch (principal.kind) {
    case "root":
      return rootArn(principal.account);
    case "user":
      return userArn(principal.account, principal.user);
    case "assumed-role":
      return assumedRoleArn(principal.account, principal.role, principal.sessionName);
  }
}

/**
 * The unique id that GetCallerIdentity reports: the account's own for root, `AROA…:session` for a role.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable
 */
export function principalId(principal: Principal): string {
  switch (principal.kind) {
    case "root":
      return principal.account.id;
    case "user":
      return principal.user.userId;
    case "assumed-role":
      return `${principal.role.roleId}:${principal.sessionName}`;
  }
}
