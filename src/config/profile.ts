import type { FileOwnership } from "../context/files.ts";

export interface ProfileValue {
  readonly value: string;
  /** As messages name it. */
  readonly file: string;
  readonly ownership?: FileOwnership | undefined;
  /** 1-based. */
  readonly line: number;
}

/** Indented blocks: by the key above them (`s3`), then by their own keys. */
export type NestedValues = ReadonlyMap<string, ReadonlyMap<string, ProfileValue>>;

/** A profile or sso-session, with what both files say of it, read when first asked for. Keys are lower-case; a value may be empty. */
export interface Profile {
  readonly name: string;
  readonly values: ReadonlyMap<string, ProfileValue>;
  readonly nested: NestedValues;
}

export interface FileNote {
  /** The profile that it is about; null for a section that is none. */
  readonly profile: string | null;
  /** One line, for the person. */
  readonly text: string;
}
