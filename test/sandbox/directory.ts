import { roleArn } from "./arn.ts";
import type { PolicyDocument } from "./policy/document.ts";

/** What STS knows: everything in it may be changed by a test while the sandbox runs. */
export interface World {
  readonly accounts: Account[];
}

/** An S3 bucket. */
export interface Bucket {
  readonly name: string;
  readonly region: string;
  /** The keys of its objects. */
  readonly keys: string[];
  /** The bucket policy. */
  policy: PolicyDocument | null;
}

export interface Account {
  readonly id: string;
  readonly partition: Partition;
  readonly root: Root;
  readonly users: User[];
  readonly roles: Role[];
  readonly buckets: Bucket[];
  /** The regions in which this account has turned STS off. */
  readonly regionsDisabled: string[];
}

export type Partition = "aws" | "aws-cn" | "aws-us-gov";

export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  active: boolean;
}

export interface MfaDevice {
  readonly serial: string;
  /** The shared secret in base32, as authenticator apps take it. */
  readonly secret: string;
}

/** The root user of an account. */
interface Root {
  readonly accessKeys: AccessKey[];
  readonly mfaDevices: MfaDevice[];
}

export interface User extends Root {
  readonly name: string;
  /** `/`, or a path that begins and ends with a slash. */
  readonly path: string;
  readonly userId: string;
  /** Role ARNs that the user's own policies allow to assume; `*` stands for any text. */
  mayAssume: string[];
  /** The buckets that the user's own policies allow to read; `*` stands for any text. */
  mayRead: string[];
  /** A policy denies sts:GetSessionToken. */
  denyGetSessionToken: boolean;
  /** A policy denies iam:ListMFADevices, which users may call for themselves otherwise. */
  denyListMfaDevices: boolean;
  /** A policy denies ec2:DescribeRegions. */
  denyDescribeRegions: boolean;
  /** The "force MFA" group policy: everything but GetSessionToken and ListMFADevices is denied without MFA. */
  denyWithoutMfa: boolean;
}

export interface Role {
  readonly name: string;
  /** `/`, or a path that begins and ends with a slash. */
  readonly path: string;
  readonly roleId: string;
  trustPolicy: PolicyDocument;
  /** Seconds. */
  maxSessionDuration: number;
  /** Role ARNs that the role's own policies allow to assume; `*` stands for any text. */
  mayAssume: string[];
  /** The buckets that the role's own policies allow to read; `*` stands for any text. */
  mayRead: string[];
  /** A policy denies ec2:DescribeRegions. */
  denyDescribeRegions: boolean;
}

/** Who a request speaks for. */
export type Principal =
  | { readonly kind: "root"; readonly account: Account }
  | { readonly kind: "user"; readonly account: Account; readonly user: User }
  | {
      readonly kind: "assumed-role";
      readonly account: Account;
      readonly role: Role;
      readonly sessionName: string;
    };

/** The active long-lived key of that id, and whose it is. */
export function findAccessKey(
  world: World,
  accessKeyId: string,
): { readonly key: AccessKey; readonly principal: Principal } | null {
  for (const account of world.accounts) {
    const holders: readonly Principal[] = [
      { kind: "root", account },
      ...account.users.map((user) => ({ kind: "user", account, user }) as const),
    ];
    for (const principal of holders) {
      const { accessKeys } = principal.kind === "user" ? principal.user : account.root;
      const key = accessKeys.find((each) => each.active && each.accessKeyId === accessKeyId);
      if (key !== undefined) return { key, principal };
    }
  }
  return null;
}

export function findRole(
  world: World,
  arn: string,
): { readonly account: Account; readonly role: Role } | null {
  for (const account of world.accounts) {
    const role = account.roles.find((each) => roleArn(account, each) === arn);
    if (role !== undefined) return { account, role };
  }
  return null;
}

export function findBucket(
  world: World,
  name: string,
): { readonly account: Account; readonly bucket: Bucket } | null {
  for (const account of world.accounts) {
    const bucket = account.buckets.find((each) => each.name === name);
    if (bucket !== undefined) return { account, bucket };
  }
  return null;
}

/** The devices that this principal can present: a role session has none of its own. */
export function devicesOf(principal: Principal): readonly MfaDevice[] {
  if (principal.kind === "assumed-role") return [];
  return principal.kind === "user" ? principal.user.mfaDevices : principal.account.root.mfaDevices;
}

/** The device of that serial, whoever owns it. */
export function findDevice(world: World, serial: string): MfaDevice | null {
  const devices = world.accounts.flatMap(({ root, users }) =>
    [root, ...users].flatMap(({ mfaDevices }) => mfaDevices),
  );
  return devices.find((device) => device.serial === serial) ?? null;
}
