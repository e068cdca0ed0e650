import { readDurationBetween } from "./durations.ts";
import { describeOrigin, fromOption, type Setting } from "../config/origin.ts";
import { UsageError } from "../errors.ts";
import type { Role } from "./access.ts";
import { checkAccount, parseRoleName } from "./names.ts";

/** What names the role on the command line. */
export interface RoleOptions {
  readonly account: string | undefined;
  readonly roleName: string | undefined;
  readonly maxSessionDuration: string | undefined;
}

/** A role, and where it comes from if not from the command line alone. */
export interface FoundRole {
  readonly role: Role;
  /** That of the ARN in the configuration; null where that is not used. */
  readonly partition: string | null;
  /** Null where the configuration says nothing about it. */
  readonly from: string | null;
}

const defaultName = "kops-admin";

/** The role of the options; what they leave out is that of the configuration, unless they mean another account. */
export function readRole(options: RoleOptions, configured: Setting | null): FoundRole {
  const stated =
    options.account === undefined ? null : checkAccount(fromOption("--account", options.account));
  const found = configured && parseRoleArn(configured);
  const fits = stated === null || stated === found?.account;
  const base = found && fits ? found : unknownRole(stated);
  const { path, name } = parseRoleName(options.roleName ?? base.name);
  const maxSessionDuration = readMaxSessionDuration(options);
  return {
    role: { account: base.account, path, name, maxSessionDuration },
    partition: base.partition,
    from: base.from,
  };
}

function unknownRole(account: string | null) {
  if (account !== null) return { account, name: defaultName, partition: null, from: null };
  throw new UsageError("which account the role is for is not known", {
    hint: "--account 222222222222 says it, or --profile with a profile that has a role_arn.",
  });
}

/** An hour where nothing is said, as with AWS; it takes 12 at most. */
function readMaxSessionDuration({ maxSessionDuration }: RoleOptions): number {
  return readDurationBetween("--max-session-duration", maxSessionDuration, "1h", "12h") ?? 3600;
}

/** The parts of a role ARN; the name has its path before it. */
function parseRoleArn({ value, origin }: Setting) {
  const [, partition = "", account = "", name = ""] =
    /^arn:([a-z-]+):iam::(\d{12}):role\/(.+)$/.exec(value) ?? [];
  return { partition, account, name, from: describeOrigin(origin) };
}
