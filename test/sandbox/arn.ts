import type { Account, Role, User } from "./directory.ts";

/** `arn:aws:iam::111111111111:root`: the account as a principal, and its root user as a caller. */
export function rootArn({ partition, id }: Account): string {
  return `arn:${partition}:iam::${id}:root`;
}

/** `arn:aws:iam::111111111111:user/jon`, with the path where the user has one. */
export function userArn({ partition, id }: Account, user: User): string {
  return `arn:${partition}:iam::${id}:user${user.path}${user.name}`;
}

/** `arn:aws:iam::222222222222:role/kops-admin`, with the path where the role has one. */
export function roleArn({ partition, id }: Account, role: Role): string {
  return `arn:${partition}:iam::${id}:role${role.path}${role.name}`;
}

/** `arn:aws:sts::222222222222:assumed-role/kops-admin/jon`: a session never shows its role's path. */
export function assumedRoleArn({ partition, id }: Account, role: Role, session: string): string {
  return `arn:${partition}:sts::${id}:assumed-role/${role.name}/${session}`;
}
