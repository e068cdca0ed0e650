import { expect } from "vitest";
import { decodeSession, encodeSession } from "../../src/session/cache-entry.ts";

/** What holds of whatever is read out of a cache file: no file can put anything but keys into a shell, and it is written as it was read. */
export function checkCacheEntry(text: string): void {
  const entry = decodeSession(text);
  if (entry === null) return;
  const { credentials, expiresAt } = entry.session;
  for (const value of Object.values(credentials)) expect(value).toMatch(/^[\w+/=.:@%-]{1,16384}$/);
  expect(Number.isNaN(new Date(expiresAt).getTime())).toBe(false);
  expect(decodeSession(encodeSession(entry))).toEqual(entry);
}
