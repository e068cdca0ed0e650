import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { Scope } from "./scope.ts";

/**
 * The signature that these parts should carry.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function signatureOf(
  canonicalRequest: string,
  scope: Scope,
  signedAt: string,
  secretAccessKey: string,
): string {
  const { date, region, service, terminator } = scope;
  const hash = createHash("sha256").update(canonicalRequest).digest("hex");
  const scopeText = [date, region, service, terminator].join("/");
  const text = ["AWS4-HMAC-SHA256", signedAt, scopeText, hash].join("\n");
  const seed = Buffer.from(`AWS4${secretAccessKey}`);
  const signingKey = [date, region, service, terminator].reduce(hmac, seed);
  return hmac(signingKey, text).toString("hex");
}

/** Compares without telling by its timing where two secrets differ. */
export function sameSecret(one: string, other: string): boolean {
  const [left, right] = [one, other].map((text) => createHash("sha256").update(text).digest());
  return left !== undefined && right !== undefined && timingSafeEqual(left, right);
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
