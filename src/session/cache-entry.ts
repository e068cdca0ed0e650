import type { StsSession } from "../context/sts.ts";
import type { CacheKey } from "./cache-key.ts";
/** A cached session in its file: which key it is for, and for which profile it was made. */
export interface CacheEntry {
  readonly key: CacheKey;
  readonly profile: string | null;
  readonly session: StsSession;
}

const version = 1;
const format = `kops-mfa session ${version}`;

/** How the names of its files end: versions of the program whose sessions have another form leave each other's alone. */
export const cacheSuffix = `.${version}.json`;

/** A session as the text of its cache file. */
export function encodeSession({ key, profile, session }: CacheEntry): string {
  const { credentials, expiresAt, arn } = session;
  return `${JSON.stringify({ format, key, profile, arn, expiresAt, ...credentials })}\n`;
}

/** The reverse; null for a text that is anything else, also one that was cut off or comes from another version. */
export function decodeSession(text: string): CacheEntry | null {
  const record = parseRecord(text);
  if (record?.["format"] !== format) return null;
  const { key, profile, arn, expiresAt } = record;
  const credentials = decodeCredentials(record);
  const isKept = isText(key) && isTextOrNull(profile) && isTextOrNull(arn) && isInstant(expiresAt);
  if (!isKept || !credentials) return null;
  return { key, profile, session: { credentials, expiresAt, arn } };
}

/** Keys and token as a file has them; null when they are of other characters than AWS's. */
export function decodeCredentials({
  accessKeyId,
  secretAccessKey,
  sessionToken,
}: Record<string, unknown>) {
  if (!isKey(accessKeyId) || !isKey(secretAccessKey) || !isKey(sessionToken)) return null;
  return { accessKeyId, secretAccessKey, sessionToken };
}

/** The members of a JSON object; null for a text that is none. */
export function parseRecord(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || isText(value);
}

/** Milliseconds that a Date can say (ECMA-262, 21.4.1.1). */
function isInstant(value: unknown): value is number {
  return Number.isSafeInteger(value) && Math.abs(value as number) <= 8.64e15;
}

/** Characters that AWS makes keys and tokens of; with no others, no file can put a second line into a shell. */
function isKey(value: unknown): value is string {
  return isText(value) && /^[A-Za-z0-9+/=_.:@%-]{1,16384}$/.test(value);
}
