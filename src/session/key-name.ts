import type { CacheKey } from "./cache-key.ts";

/**
 * A name for what belongs to a key. Not cryptographic, so that reading a session loads no crypto:
 * the file repeats the whole key, and one that another key wrote is a miss.
 */
export function keyName(key: CacheKey): string {
  return `${hash(key, 0x811c9dc5)}${hash(key, 0x9747b28c)}`;
}

/** FNV-1a (datatracker.ietf.org/doc/html/draft-eastlake-fnv), with a final mix that spreads short differences. */
function hash(text: string, seed: number): string {
  let h = seed;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0).toString(16).padStart(8, "0");
}
