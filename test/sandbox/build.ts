import type { Account, Partition, Role, User } from "./directory.ts";
import type { Conditions, OneOrMore, PolicyDocument } from "./policy/document.ts";

/** An account with root keys and nobody else in it. */
export function makeAccount(id: string, partition: Partition = "aws"): Account {
  const serial = `arn:${partition}:iam::${id}:mfa/root-account-mfa-device`;
  return {
    id,
    partition,
    root: { accessKeys: [], mfaDevices: [{ serial, secret: testMfaSecret("ROOT") }] },
    users: [],
    roles: [],
    buckets: [],
    regionsDisabled: [],
  };
}

/** Adds a user with keys `AKIATESTTESTTEST` + tag and a device named after the user. */
export function addUser(
  account: Account,
  name: string,
  tag: string,
  extra: Partial<User> = {},
): User {
  const serial = `arn:${account.partition}:iam::${account.id}:mfa/${name}`;
  const user: User = {
    name,
    path: "/",
    userId: testId("AIDA", name),
    accessKeys: [testAccessKey(name, tag)],
    mfaDevices: [{ serial, secret: testMfaSecret(tag) }],
    mayAssume: [],
    mayRead: [],
    denyGetSessionToken: false,
    denyListMfaDevices: false,
    denyDescribeRegions: false,
    denyWithoutMfa: false,
    ...extra,
  };
  account.users.push(user);
  return user;
}

/** Adds a role that may last the 12 hours that AWS allows at most, and may assume nothing itself. */
export function addRole(
  account: Account,
  name: string,
  trustPolicy: PolicyDocument,
  extra: Partial<Role> = {},
): Role {
  const role: Role = {
    name,
    path: "/",
    roleId: testId("AROA", name),
    trustPolicy,
    maxSessionDuration: 43_200,
    mayAssume: [],
    mayRead: [],
    denyDescribeRegions: false,
    ...extra,
  };
  account.roles.push(role);
  return role;
}

/** A trust policy: these principals may assume the role when these conditions hold. */
export function trust(principals: OneOrMore, conditions?: Conditions): PolicyDocument {
  const statement = {
    Effect: "Allow",
    Principal: { AWS: principals },
    Action: "sts:AssumeRole",
  } as const;
  return {
    Version: "2012-10-17",
    Statement: [conditions === undefined ? statement : { ...statement, Condition: conditions }],
  };
}

/** Keys that nobody can take for real ones, with the characters that real secrets have. */
export function testAccessKey(name: string, tag: string): User["accessKeys"][number] {
  return {
    accessKeyId: `AKIATESTTESTTEST${tag}`,
    secretAccessKey: `test/secret+${name}/not/a/real/key/`.padEnd(40, "0"),
    active: true,
  };
}

function testMfaSecret(tag: string): string {
  return `${"TEST".repeat(7)}${tag.replaceAll("0", "2")}`;
}

/** 21 characters, as AWS's unique ids have. */
function testId(prefix: string, name: string): string {
  const letters = name.toUpperCase().replace(/[^A-Z]/g, "");
  return prefix + `TESTTEST${letters}`.padEnd(17, "0").slice(0, 17);
}
