import type { CacheEntry } from "./cache-entry.ts";
import type { SessionCache } from "./cache.ts";
import type { CacheKey } from "./cache-key.ts";

/** A cache that one process has for itself, and that ends with it. */
export function memoryCache(): SessionCache {
  const entries = new Map<CacheKey, CacheEntry>();
  return {
    get: (key) => entries.get(key)?.session ?? null,
    put: (entry) => void entries.set(entry.key, entry),
    remove: (key) => entries.delete(key),
    entries: () => [...entries.values()],
    clear() {
      const count = entries.size;
      entries.clear();
      return count;
    },
  };
}
