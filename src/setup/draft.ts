import type { Source } from "../config/source.ts";

/** Access keys that a profile can start from. */
export interface Keys {
  /** The profile that has them; null for those of the environment. */
  readonly profile: string | null;
  readonly source: Source;
}

/** The IAM user that keys belong to. */
export interface Caller {
  readonly partition: string;
  readonly account: string;
  readonly user: string;
}

/** A profile as the person wants it. */
export interface Draft {
  readonly profile: string;
  readonly keys: Keys;
  readonly serialNumber: string;
  /** Null for the user's own session. */
  readonly roleArn: string | null;
  readonly externalId: string | null;
  readonly region: string | null;
  readonly stateStore: string | null;
  readonly cluster: string | null;
  /** Whether it is the profile where none is named. */
  readonly isDefault: boolean;
}

/** What questions offer as their answers: what the files say, or what was answered before. Null where there is to be none. */
export interface Known {
  readonly sourceProfile?: string | null;
  readonly serialNumber?: string | null;
  readonly roleArn?: string | null;
  readonly externalId?: string | null;
  readonly region?: string | null;
  readonly stateStore?: string | null;
  readonly cluster?: string | null;
}
