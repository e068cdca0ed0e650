import type { CacheKind } from "../../config/request-values.ts";
import type { Context } from "../../context.ts";
import type { Vault } from "../../context/files.ts";
import type { CacheFacts, HeldLock } from "../facts.ts";
import { shortenHome } from "../../paths.ts";
import { cacheDirectory } from "../../session/cache-directory.ts";
import { openCache } from "../../session/cache.ts";
import { attempt } from "./attempt.ts";

/** A name that no session has: reading it tells whether the directory is used at all. */
const nobody = "doctor.none";

/** Looks at what is kept, and where; without `mayRun` the keyring, which is asked by a process, is left alone. */
export function examineCache(context: Context, kind: CacheKind, mayRun: boolean): CacheFacts {
  const directory = cacheDirectory(context);
  const vault = directory === null ? null : context.files.vault(directory);
  if (kind === "keyring")
    return {
      ...examineDirectory(context, directory, vault),
      ...examineKeyring(context, vault, mayRun),
    };
  return { kind, ...examineDirectory(context, directory, vault), ...noKeyring, ...count(vault) };
}

const noKeyring = { trouble: null, isUnasked: false };

function examineKeyring(context: Context, locks: Vault | null, mayRun: boolean) {
  const kind = "keyring" as const;
  if (!mayRun) return { kind, trouble: null, isUnasked: true, ...count(null) };
  const { value, trouble } = attempt(() => context.keyring(locks));
  return { kind, trouble, isUnasked: false, ...count(value) };
}

function examineDirectory(
  context: Context,
  directory: string | null,
  vault: Vault | null,
): Pick<CacheFacts, "directory" | "facts" | "problem" | "locks"> {
  if (directory === null || vault === null) {
    return { directory: null, facts: null, problem: null, locks: [] };
  }
  return {
    directory: shortenHome(directory, context.home),
    facts: context.files.look(directory),
    problem: vault.read(nobody).problem,
    locks: heldLocks(context, vault, directory),
  };
}

function count(vault: Vault | null): Pick<CacheFacts, "sessions" | "unreadable"> {
  const unreadable: string[] = [];
  if (vault?.read(nobody).problem !== null) return { sessions: 0, unreadable };
  const cache = openCache(vault, (problem) => void unreadable.push(problem));
  return { sessions: cache.entries().length, unreadable };
}

function heldLocks({ files, home }: Context, vault: Vault, directory: string): HeldLock[] {
  const paths = vault.names().filter((name) => name.endsWith(".lock"));
  return paths.flatMap((name) => {
    const path = `${directory}/${name}`;
    const holder = files.lockHolder(path);
    return holder ? [{ ...holder, path: shortenHome(path, home) }] : [];
  });
}
