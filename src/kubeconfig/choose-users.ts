import { ConfigError } from "../errors.ts";
import { nearest } from "../nearest.ts";
import type { Kubeconfig, KubeContext, KubeUser } from "./kubeconfig.ts";
import { programName, readPlugin, type KopsPlugin } from "./stanza.ts";

/** A user, and the file that it is in. */
interface Found {
  readonly file: Kubeconfig;
  readonly user: KubeUser;
}

/** A user for whom kops prints the credentials. */
export interface KopsUser extends Found {
  readonly plugin: KopsPlugin;
}

export interface Wish {
  /** Of a context, cluster or user. */
  readonly name: string | undefined;
  readonly all: boolean;
}

/**
 * The users that are meant: all of kops, or the one that a name leads to, else that of the current context, else the only one.
 * What two files name alike counts in the first, as for kubectl. Throws {@link ConfigError}.
 */
export function chooseUsers(files: readonly Kubeconfig[], wish: Wish): readonly KopsUser[] {
  const everybody = files.flatMap((file) => file.users.map((user) => ({ file, user })));
  const ofKops = everybody.flatMap(toKopsUser);
  if (wish.all) {
    if (ofKops.length === 0) throw noKopsUser(files);
    return ofKops;
  }
  const effective = firstOfEachName(ofKops, everybody);
  if (wish.name !== undefined) return [named(files, wish.name, everybody, effective)];
  const current = currentUser(files, everybody);
  const found = current && effective.find(({ user }) => user === current.user);
  if (found) return [found];
  const [only, ...others] = effective;
  if (only && others.length === 0) return [only];
  if (!only) throw current ? notOfKops(current, []) : noKopsUser(files);
  throw new ConfigError(
    `${shownPaths(files)}: several users log in with kops, and none is current`,
    {
      hint: `Name one (${names(effective)}), or give --all.`,
    },
  );
}

function toKopsUser(found: Found): KopsUser[] {
  const { login } = found.user;
  const plugin = login.kind === "exec" ? readPlugin(login.stanza.command, login.stanza.args) : null;
  return plugin ? [{ ...found, plugin }] : [];
}

function firstOfEachName(ofKops: readonly KopsUser[], everybody: readonly Found[]) {
  return ofKops.filter(
    ({ user }) => everybody.find((other) => other.user.name === user.name)?.user === user,
  );
}

/** A context before a cluster before a user, should they be named alike and differ. */
function named(
  files: readonly Kubeconfig[],
  name: string,
  everybody: readonly Found[],
  ofKops: readonly KopsUser[],
): KopsUser {
  const contexts = files.flatMap((file) => file.contexts);
  const users = [
    contexts.find((context) => context.name === name)?.user,
    ...contexts.filter(({ cluster }) => cluster === name).map(({ user }) => user),
    name,
  ];
  const found = users.flatMap((wanted) => ofKops.find(({ user }) => user.name === wanted) ?? []);
  if (found[0]) return found[0];
  const other = users.flatMap((wanted) => everybody.find(({ user }) => user.name === wanted) ?? []);
  throw other[0] ? notOfKops(other[0], ofKops) : unknownName(files, name, contexts, everybody);
}

function currentUser(files: readonly Kubeconfig[], everybody: readonly Found[]): Found | undefined {
  const current = files.find(({ currentContext }) => currentContext !== null)?.currentContext;
  const contexts = files.flatMap((file) => file.contexts);
  const context = contexts.find(({ name }) => name === current);
  return context && everybody.find(({ user }) => user.name === context.user);
}

function noKopsUser(files: readonly Kubeconfig[]): ConfigError {
  return new ConfigError(`${shownPaths(files)}: no user logs in with kops`, {
    hint: "`kops export kubeconfig` (without --admin) writes one.",
  });
}

function notOfKops({ file, user }: Found, ofKops: readonly KopsUser[]): ConfigError {
  const { login } = user;
  const how =
    login.kind === "exec"
      ? `runs ${programName(login.stanza.command)}, which is not kops's login`
      : `logs in with ${login.by}, and runs no kops`;
  const isAdmin = login.kind === "other" && login.by === "a client certificate";
  const cure = isAdmin
    ? "A certificate (kops export kubeconfig --admin) needs no AWS session; without --admin kops writes a user that does."
    : "`kops export kubeconfig` (without --admin) writes a user for kops's login.";
  const hint = ofKops.length > 0 ? `With kops log in: ${names(ofKops)}.` : cure;
  return new ConfigError(`${file.shown}: user "${user.name}" ${how}`, { hint });
}

function unknownName(
  files: readonly Kubeconfig[],
  name: string,
  contexts: readonly KubeContext[],
  everybody: readonly Found[],
): ConfigError {
  const context = contexts.find((one) => one.name === name || one.cluster === name);
  if (context) {
    return new ConfigError(
      `${shownPaths(files)}: context "${context.name}" names user "${context.user ?? ""}", who is nowhere`,
      { hint: "`kops export kubeconfig` writes the user." },
    );
  }
  const known = [
    ...contexts.flatMap((context) => [context.name, context.cluster ?? ""]),
    ...everybody.map(({ user }) => user.name),
  ];
  const guess = nearest(name, known);
  const hint =
    guess === null
      ? "`kubectl config get-contexts` lists what there is."
      : `Did you mean "${guess}"?`;
  return new ConfigError(`${shownPaths(files)}: there is no context, cluster or user "${name}"`, {
    hint,
  });
}

function names(users: readonly KopsUser[]): string {
  return users.map(({ user }) => user.name).join(", ");
}

function shownPaths(files: readonly Kubeconfig[]): string {
  return files.map(({ shown }) => shown).join(", ");
}
