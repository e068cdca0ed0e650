import type { Problem } from "../errors.ts";
/** How a call failed, before anybody has said what that means. */
export type StsFailureKind =
  /** STS answered with an error of its own. */
  | "refused"
  /** No connection, or it broke. */
  | "unreachable"
  /** No answer in time. */
  | "timeout"
  /** An answer that STS does not give. */
  | "unintelligible";

export interface StsFailureDetails {
  readonly kind: StsFailureKind;
  readonly action: "AssumeRole" | "GetSessionToken" | "GetCallerIdentity";
  /** STS's error code (`AccessDenied`), or Node's (`ECONNREFUSED`); null when there is none. */
  readonly code: string | null;
  /** STS's or Node's own words. */
  readonly text: string;
  readonly httpStatus: number | null;
  /** Host and port that were called. */
  readonly host: string;
  /** STS's clock minus ours, in milliseconds, where its answer tells. */
  readonly clockOffsetMs: number | null;
}

/** Node's codes for a connection that never came to be, and that of a proxy which does not let one through. */
const unconnected =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|EPROXY|.*CERT.*|UNABLE_TO_.*|ERR_TLS_.*)$/;

/** Whether STS cannot have got the request, so that the code in it is as good as before. */
export function wasNotSent({ kind, code }: StsFailureDetails): boolean {
  return kind === "unreachable" && code !== null && unconnected.test(code);
}

/** A call to STS that failed: facts for {@link explainFailure}, not words for a person. */
export class StsFailure extends Error {
  override readonly name = "StsFailure";
  readonly details: StsFailureDetails;

  constructor(details: StsFailureDetails) {
    super(details.text);
    this.details = details;
  }
}

/** What a failure of STS means. */
export interface Explanation extends Problem {
  /** Whether another code may succeed where this one did not. */
  readonly anotherCode?: true;
}
