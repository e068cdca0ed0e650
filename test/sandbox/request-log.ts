import { type HttpRequest, headerOf } from "./sigv4/request.ts";
import type { Params } from "./sts.ts";

/** What arrived, as far as it is no secret: no signature, no session token; codes are spent anyway. */
export interface RecordedRequest {
  /** Null when the body named none. */
  action: string | null;
  readonly params: Params;
  /** As claimed: nothing is verified yet. */
  readonly accessKeyId: string | null;
  readonly region: string | null;
  readonly userAgent: string | null;
  /** The sandbox's clock, in milliseconds. */
  readonly receivedAt: number;
  /** `OK` or the error code of the answer; null while there is none, and when a fault took its place. */
  outcome: string | null;
}

export function recordRequest(
  request: HttpRequest,
  params: Params,
  receivedAt: number,
): RecordedRequest {
  const credential = /Credential=([^/,\s]*)\/[^/,]*\/([^/,]*)/;
  const claimed = credential.exec(headerOf(request, "authorization") ?? "");
  return {
    action: params["Action"] ?? null,
    params,
    accessKeyId: claimed?.[1] ?? null,
    region: claimed?.[2] ?? null,
    userAgent: headerOf(request, "user-agent") ?? null,
    receivedAt,
    outcome: null,
  };
}
