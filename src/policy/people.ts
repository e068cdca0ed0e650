import { fromOption } from "../config/origin.ts";
import { UsageError } from "../errors.ts";
import type { People } from "./access.ts";
import { checkAccount } from "./names.ts";

/** What names the people on the command line. */
export interface PeopleOptions {
  readonly users: readonly string[];
  readonly groups: readonly string[];
  readonly userAccount: string | undefined;
}

interface User {
  /** Null where only the name is given. */
  readonly account: string | null;
  readonly partition: string | null;
  readonly name: string;
}

/** A name with a path, as IAM takes them: docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const pathAndName = /^(?:[\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/;

/**
 * The users and their account: `--user-account`, that of an ARN, or else `account`.
 * Throws {@link UsageError} for what can never assume a role with MFA, and for users of several accounts.
 */
export function readPeople(
  { users, groups, userAccount }: PeopleOptions,
  account: string,
  partition: string,
): People {
  const read = users.map(readUser);
  const stated =
    userAccount === undefined ? null : checkAccount(fromOption("--user-account", userAccount));
  const accounts = new Set([stated, ...read.map((user) => user.account)].filter(isKnown));
  if (accounts.size > 1) {
    throw new UsageError(`the users are of several accounts: ${[...accounts].join(", ")}`, {
      hint: "Name those of one account; the others' ARNs can be added to the trust policy that is printed.",
    });
  }
  const foreign = read.find((user) => user.partition !== null && user.partition !== partition);
  if (foreign) {
    throw new UsageError(`--user: "${foreign.name}" is of partition ${foreign.partition}`, {
      hint: `No user of another partition can assume a role of ${partition}; --partition says which one is meant.`,
    });
  }
  const [only = account] = accounts;
  return {
    account: only,
    users: [...new Set(read.map(({ name }) => name))],
    groups: [...new Set(groups.map(checkGroup))],
  };
}

/** The partition that the ARN of a user names. */
export function partitionOfUsers(users: readonly string[]): string | null {
  return users.map((user) => readUser(user).partition).find(isKnown) ?? null;
}

function readUser(text: string): User {
  const [, partition, account, kind, name] =
    /^arn:([a-z-]+):(?:iam|sts)::(\d{12}):([a-z-]+)\/?(.*)$/.exec(text) ?? [];
  if (kind === "role" || kind === "assumed-role") {
    throw new UsageError(`--user: "${text}" is a role, and no role can show MFA`, {
      hint: "Name IAM users: AWS takes a code from nobody else.",
    });
  }
  if (kind === "root") {
    throw new UsageError(`--user: "${text}" is an account's root, which may assume no role`, {
      hint: "Leave --user out to let the account decide who assumes the role: --user-account ID.",
    });
  }
  const user =
    kind === "user"
      ? { account: account ?? null, partition: partition ?? null, name: name ?? "" }
      : { account: null, partition: null, name: text };
  if (pathAndName.test(user.name)) return user;
  throw new UsageError(`--user: "${text}" is neither the name nor the ARN of an IAM user`, {
    hint: "It looks like jon or arn:aws:iam::111111111111:user/jon.",
  });
}

function checkGroup(name: string): string {
  if (/^[\w+=,.@-]{1,128}$/.test(name)) return name;
  throw new UsageError(`--group: "${name}" cannot be the name of an IAM group`, {
    hint: "It has letters, digits and any of +=,.@_-",
  });
}

function isKnown<T>(value: T | null): value is T {
  return value !== null;
}
