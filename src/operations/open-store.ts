import type { CacheKind } from "../config/request-values.ts";
import type { Context } from "../context.ts";
import type { Vault, VaultProblem } from "../context/files.ts";
import { openAwsCliCache } from "../session/aws-cli/cache.ts";
import type { AwsCliSession } from "../session/aws-cli/key.ts";
import { openCache, tidied, unkept, type SessionCache } from "../session/cache.ts";
import { cacheDirectory } from "../session/cache-directory.ts";
import { forgetfulGuard, openCodeGuard, type CodeGuard } from "../session/mfa/used-codes.ts";

/** What outlives a process: sessions, used codes, and the locks of those who make new ones. */
export interface Store {
  readonly cache: SessionCache;
  readonly guard: CodeGuard;
  /** Whose locks are taken. Null where there is no place for one. */
  readonly vault: Vault | null;
}

/** What a store is made of. */
export type StoreContext = Pick<
  Context,
  "env" | "platform" | "home" | "clock" | "keyring" | "sha1"
> & {
  readonly files: Pick<Context["files"], "read" | "open" | "vault" | "foreignVault">;
  readonly terminal: Pick<Context["terminal"], "note">;
};

/**
 * Opens this person's store, with the sessions where the settings want them. `shared` is the one that the AWS CLI could have made.
 * Throws {@link KopsMfaError} when the keyring is wanted and cannot be used.
 */
export function openStore(
  context: StoreContext,
  kind: CacheKind = "files",
  shared: AwsCliSession | null = null,
): Store {
  const { env, platform, home, files, terminal, clock } = context;
  const directory = cacheDirectory({ env, platform, home });
  const warn = (problem: VaultProblem) => terminal.note(problem);
  const vault = directory === null ? null : files.vault(directory);
  const guard = vault ? openCodeGuard(vault, clock) : forgetfulGuard(clock);
  if (kind === "keyring") {
    const keyring = context.keyring(vault);
    return { cache: tidied(openCache(keyring, warn), clock), guard, vault: keyring };
  }
  if (kind === "none") return { cache: unkept(() => undefined), guard, vault };
  if (vault === null) {
    const why = "the session is not kept: there is no home directory (HOME)";
    return { cache: unkept(() => warn(why)), guard, vault };
  }
  const own = openCache(vault, warn);
  const cache = kind === "aws-cli" ? sharedCache(context, own, vault, shared) : own;
  return { cache, guard, vault };
}

/** Where the AWS CLI keeps its sessions: github.com/aws/aws-cli, awscli/customizations/assumerole.py (CACHE_DIR). */
function sharedCache(
  { files, home, terminal, sha1 }: StoreContext,
  own: SessionCache,
  receipts: Vault,
  session: AwsCliSession | null,
): SessionCache {
  if (home === null) return own;
  const shared = files.foreignVault(`${home}/.aws/cli/cache`);
  const warn = (problem: VaultProblem) => terminal.note(problem);
  return openAwsCliCache({ own, shared, receipts, sha1, warn }, session);
}
