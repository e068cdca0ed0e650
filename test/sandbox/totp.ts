import { createHmac } from "node:crypto";
import { decodeBase32 } from "./base32.ts";

/** How long one code stands, in milliseconds. */
export const STEP_MS = 30_000;

/** The number of the 30-second step that contains this moment. */
export function stepAt(timeMs: number): number {
  return Math.floor(timeMs / STEP_MS);
}

/** The six-digit code of one step: HOTP with SHA-1 (https://www.rfc-editor.org/rfc/rfc4226#section-5.3). */
export function codeOfStep(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac("sha1", decodeBase32(secret)).update(counter).digest();
  const offset = digest.readUInt8(digest.length - 1) & 0x0f;
  const number = digest.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

/**
 * The code that a virtual MFA device shows at a moment: RFC 6238 with the parameters that AWS uses
 * (SHA-1, 30 s, six digits).
 *
 * @param secret - the shared secret in base32
 */
export function totp(secret: string, timeMs: number): string {
  return codeOfStep(secret, stepAt(timeMs));
}
