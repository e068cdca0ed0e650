import type { FileOwnership } from "../context/files.ts";
import type { ProfileValue } from "./profile.ts";

/** Where a value came from. */
export type Origin =
  | { readonly kind: "option"; readonly name: string }
  | { readonly kind: "variable"; readonly name: string }
  | {
      readonly kind: "file";
      /** As messages name it, which is not a path for the system. */
      readonly file: string;
      /** Of the very file that the value was read from; what has none is nobody's to trust. */
      readonly ownership?: FileOwnership | undefined;
      readonly line: number;
      readonly profile: string;
      readonly key: string;
    }
  | { readonly kind: "default"; readonly why: string };

/** A value that knows where it came from. */
export interface Setting<T = string> {
  readonly value: T;
  readonly origin: Origin;
}

export function fromFile(profile: string, key: string, found: ProfileValue): Setting {
  const { value, file, ownership, line } = found;
  return { value, origin: { kind: "file", file, ownership, line, profile, key } };
}

export function fromOption(name: string, value: string): Setting {
  return { value, origin: { kind: "option", name } };
}

export function fromDefault<T>(value: T, why: string): Setting<T> {
  return { value, origin: { kind: "default", why } };
}

/** The value of a setting that there may not be. */
export function valueOf<T>(setting: Setting<T> | null): T | null {
  return setting?.value ?? null;
}

/** The place as a person would name it: `--role-arn`, `KOPS_MFA_ROLE_ARN`, `~/.aws/config:12 (role_arn)`. */
export function describeOrigin(origin: Origin): string {
  switch (origin.kind) {
    case "option":
    case "variable":
      return origin.name;
    case "file":
      return `${origin.file}:${origin.line} (${origin.key})`;
    case "default":
      return origin.why;
  }
}
