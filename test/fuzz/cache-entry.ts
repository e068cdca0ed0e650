import assert from "node:assert/strict";
import { decodeSession, encodeSession } from "../../src/session/cache-entry.ts";

/** What holds of whatever is read out of a cache file: no file can put anything but keys into a shell, and it is written as it was read. */
export function checkCacheEntry(text: string): void {
  const entry = decodeSession(text);
  if (entry === null) return;
  const { credentials, expiresAt } = entry.session;
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  for (const value of [accessKeyId, secretAccessKey, sessionToken]) {
    assert.match(value, /^[\w+/=.:@%-]{1,16384}$/);
  }
  assert.ok(!Number.isNaN(new Date(expiresAt).getTime()));
  assert.deepEqual(decodeSession(encodeSession(entry)), entry);
}
