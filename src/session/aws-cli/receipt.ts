import { type CacheEntry, parseRecord } from "../cache-entry.ts";

const format = "kops-mfa receipt 1";

/** What is remembered of a session that went into the AWS CLI's cache, which has no place for it; no secret. */
export interface AwsCliReceipt extends Pick<CacheEntry, "key" | "profile"> {
  /** Of the session itself: another one in the file's place has another. */
  readonly accessKeyId: string;
}

/** A receipt as the text of its file. */
export function encodeReceipt({ key, profile, accessKeyId }: AwsCliReceipt): string {
  return `${JSON.stringify({ format, key, profile, accessKeyId })}\n`;
}

/** The reverse; null for a text that is anything else. */
export function decodeReceipt(text: string | null): AwsCliReceipt | null {
  const record = parseRecord(text ?? "");
  if (record?.["format"] !== format) return null;
  const { key, profile, accessKeyId } = record;
  const isKept = typeof key === "string" && typeof accessKeyId === "string";
  if (!isKept || (profile !== null && typeof profile !== "string")) return null;
  return { key, profile, accessKeyId };
}
