import { type CacheEntry, cacheSuffix, decodeSession, encodeSession } from "./cache-entry.ts";
import type { Clock } from "../context.ts";
import type { StsSession } from "../context/sts.ts";
import type { Vault, VaultProblem } from "../context/files.ts";
import type { CacheKey } from "./cache-key.ts";
import { keyName } from "./key-name.ts";

/** Sessions that outlive a process. Whatever is wrong with a file makes it a miss and a word, never a credential. */
export interface SessionCache {
  get(key: CacheKey): StsSession | null;
  put(entry: CacheEntry): void;
  remove(key: CacheKey): boolean;
  /** All that can be read, the expired ones too. */
  entries(): readonly CacheEntry[];
  /** Forgets everything, what other versions of this program keep too; the number of sessions forgotten. */
  clear(): number;
}

/** The name of the file that a key's session is kept in. */
export function cacheName(key: CacheKey): string {
  return `${keyName(key)}${cacheSuffix}`;
}

/** Tells `warn` of each different problem once. */
export function eachOnce(
  warn: (problem: VaultProblem) => void,
): (problem: VaultProblem | null) => void {
  const said = new Set<VaultProblem>();
  return (problem) => {
    if (problem === null || said.has(problem)) return;
    said.add(problem);
    warn(problem);
  };
}

/** A cache in a vault; `warn` hears of each different problem once. */
export function openCache(vault: Vault, warn: (problem: VaultProblem) => void): SessionCache {
  const hear = eachOnce(warn);
  const read = (name: string): CacheEntry | null => {
    const { text, problem } = vault.read(name);
    hear(problem);
    if (text === null) return null;
    const entry = decodeSession(text);
    if (!entry) hear(`the cached session ${name} is not readable, and is ignored`);
    return entry;
  };
  const named = (end: string) => vault.names().filter((name) => name.endsWith(end));
  /** Answers that came from sessions (src/replay/recording.ts) have their secrets in them, and go where one of them does. */
  const dropMemos = () => named(".memo").forEach((name) => vault.remove(name));
  return {
    get(key) {
      const entry = read(cacheName(key));
      return entry?.key === key ? entry.session : null;
    },
    put(entry) {
      dropMemos();
      hear(vault.write(cacheName(entry.key), encodeSession(entry)));
    },
    remove(key) {
      const name = cacheName(key);
      if (!vault.names().includes(name)) return false;
      dropMemos();
      const problem = vault.remove(name);
      hear(problem);
      return problem === null;
    },
    entries: () =>
      named(cacheSuffix)
        .map(read)
        .filter((entry) => entry !== null),
    clear() {
      dropMemos();
      const problems = named(".json").map((name) => vault.remove(name));
      problems.forEach(hear);
      return problems.filter((problem) => problem === null).length;
    },
  };
}

/** A cache that keeps nothing, and says so for each session. */
export function unkept(say: () => void): SessionCache {
  return { get: () => null, put: say, remove: () => false, entries: () => [], clear: () => 0 };
}

/** The same cache, without the sessions that are over: for a place that nothing else tidies. */
export function tidied(cache: SessionCache, clock: Clock): SessionCache {
  return {
    ...cache,
    put(entry) {
      const over = cache.entries().filter(({ session }) => session.expiresAt < clock.now());
      for (const { key } of over) cache.remove(key);
      cache.put(entry);
    },
  };
}
