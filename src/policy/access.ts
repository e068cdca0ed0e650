/** Who may use which role on which state store, and how: what the policies say, each part checked. */
export interface Access {
  /** `aws`, `aws-cn`, `aws-us-gov`, … */
  readonly partition: string;
  readonly role: Role;
  readonly store: StateStore;
  readonly people: People;
  /** Seconds since the code; null where any MFA will do. */
  readonly mfaAge: number | null;
  /** Whether the session has to be named like the user. */
  readonly sessionNameRule: boolean;
  /** Whether users may change their own MFA devices. */
  readonly manageMfa: boolean;
  /** Whether the role may do what kops does besides the state store. */
  readonly manageClusters: boolean;
  /** Who besides the role keeps the access that their own policies give; null for no bucket policy. */
  readonly bucketPolicy: BucketExceptions | null;
}

export interface Role {
  /** 12 digits. */
  readonly account: string;
  /** `/`, or a path that begins and ends with a slash. */
  readonly path: string;
  readonly name: string;
  /** Seconds. */
  readonly maxSessionDuration: number;
}

export interface StateStore {
  readonly bucket: string;
  /** Without a slash at either end; null where the store is the whole bucket. */
  readonly prefix: string | null;
}

/** The IAM users of one account. */
export interface People {
  readonly account: string;
  /** With their paths: `jon`, `team/jon`. Empty for whomever that account lets assume the role. */
  readonly users: readonly string[];
  readonly groups: readonly string[];
}

export interface BucketExceptions {
  /** Names of clusters; empty for every cluster in the account of the role. */
  readonly clusters: readonly string[];
  /** ARNs of others. */
  readonly allowed: readonly string[];
}

export function roleArn({ partition, role: { account, path, name } }: Access): string {
  return `arn:${partition}:iam::${account}:role${path}${name}`;
}

/** A user's name without its path. */
export function userName(user: string): string {
  return user.slice(user.lastIndexOf("/") + 1);
}
