import { expiryMarginMs } from "../session/expiry-margin.ts";
import type { StsSession } from "../context/sts.ts";
import { isoSeconds } from "../environment/instant.ts";
import { renderProcess } from "../shell/process-format.ts";
import { withLeft, type Intent } from "./resolve-session.ts";

/** The session for an SDK: what is reported shall be good for something, so twice as much must be left. */
export function forAnSdk(intent: Intent): Intent {
  return withLeft(intent, 2 * expiryMarginMs);
}

/** What an SDK reads, `now` being milliseconds since the epoch. */
export function processText({ credentials, expiresAt }: StsSession, now: number): string {
  // The Go SDK uses credentials up to the last moment that is reported.
  const early = expiresAt - expiryMarginMs;
  // A moment that is past would let the SDK start us for every request.
  const reported = early - now > expiryMarginMs / 5 ? early : expiresAt;
  return renderProcess({ ...credentials, expiration: isoSeconds(reported) });
}
