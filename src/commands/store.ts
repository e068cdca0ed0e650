import type { CacheKind } from "../config/request-values.ts";
import type { Context, Vault } from "../context.ts";
import { openCache, unkept, type SessionCache } from "../session/cache.ts";
import { cacheDirectory } from "../session/cache-directory.ts";
import { forgetfulGuard, openCodeGuard, type CodeGuard } from "../session/code-guard.ts";

/** What outlives a process: sessions, used codes, and the locks of those who make new ones. */
export interface Store {
  readonly cache: SessionCache;
  readonly guard: CodeGuard;
  /** Null where there is no place for one. */
  readonly vault: Vault | null;
}

/** Opens this person's store, with the sessions where the settings want them. */
export function openStore(context: Context, kind: CacheKind = "files"): Store {
  const { env, platform, home, files, terminal, clock } = context;
  const directory = cacheDirectory({ env, platform, home });
  const warn = (problem: string) => terminal.note(problem);
  if (directory === null) {
    const why = "the session is not kept: there is no home directory (HOME)";
    return { cache: unkept(() => warn(why)), guard: forgetfulGuard(clock), vault: null };
  }
  const vault = files.vault(directory);
  const cache = kind === "none" ? unkept(() => undefined) : openCache(vault, warn);
  return { cache, guard: openCodeGuard(vault, clock), vault };
}
