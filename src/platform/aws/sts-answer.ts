import {
  StsFailure,
  type StsFailureDetails,
  type StsFailureKind,
} from "../../session/sts-failure.ts";

/** A request that was sent. */
export interface Sent {
  readonly action: StsFailureDetails["action"];
  readonly host: string;
  /** Whether it carried an MFA code. */
  readonly usesCode: boolean;
  /** What of it must not be repeated to the person, whatever the answer says. */
  readonly secrets: readonly string[];
}

/** What of an answer is looked at. */
export interface AnsweredResponse {
  readonly statusCode?: number;
  readonly headers?: Record<string, string>;
}

/** What of the SDK's and Node's errors is looked at. */
interface ThrownError {
  readonly name?: string;
  readonly code?: unknown;
  readonly message?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly clockSkewCorrected?: boolean };
  readonly $response?: AnsweredResponse;
  readonly $fault?: string;
}

interface ReadFailure {
  readonly failure: Error;
  /** How long to wait before the same request may be sent again; null when it may not. */
  readonly retryAfterMs: number | null;
}

/** Sorts what a call threw; an error that is not about the call is given back as it is. */
export function readFailure(sent: Sent, error: unknown): ReadFailure {
  if (error instanceof StsFailure) return { failure: error, retryAfterMs: null };
  const thrown = (error ?? {}) as ThrownError;
  const httpStatus = thrown.$metadata?.httpStatusCode ?? thrown.$response?.statusCode ?? null;
  const kind = kindOf(thrown, httpStatus);
  if (kind === null) return { failure: error as Error, retryAfterMs: null };
  const code = kind === "refused" ? without(sent.secrets, thrown.name ?? "") : errorCode(thrown);
  const details: StsFailureDetails = {
    kind,
    action: sent.action,
    code,
    text: without(sent.secrets, thrown.message ?? ""),
    httpStatus,
    host: sent.host,
    clockOffsetMs: clockOffset(thrown.$response),
  };
  return { failure: new StsFailure(details), retryAfterMs: retryAfter(sent, thrown, details) };
}

/** AWS repeats requests: with SignatureDoesNotMatch comes the canonical one, session token and all (github.com/aws/aws-sdk-cpp/issues/17). */
function without(secrets: readonly string[], text: string): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, "…"), text);
}

function kindOf(thrown: ThrownError, httpStatus: number | null): StsFailureKind | null {
  // The SDK says TimeoutError to a broken connection too, and keeps Node's code.
  const isTimeout = thrown.name === "AbortError" || thrown.name === "TimeoutError";
  if (isTimeout && errorCode(thrown) === null) return "timeout";
  if (httpStatus !== null) return isStsError(thrown) ? "refused" : "unintelligible";
  return typeof thrown.code === "string" ? "unreachable" : null;
}

/** STS names its errors; the SDK calls one that it could not read Unknown, or after what its parser threw. */
function isStsError({ name, $fault }: ThrownError): boolean {
  return $fault !== undefined && name !== undefined && !/^(Unknown|UnknownError|Error)$/.test(name);
}

function errorCode({ code }: ThrownError): string | null {
  return typeof code === "string" ? code : null;
}

/** RFC 9110, 5.6.7. `Date.parse` alone takes "1" for a time in 2001, and the machine's clock for 25 years fast. */
const httpDate = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;

/** The server's clock minus ours, in milliseconds, by the Date header; null where there is none. */
export function clockOffset(response: AnsweredResponse | undefined): number | null {
  const text = response?.headers?.["date"] ?? "";
  const date = httpDate.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? null : date - Date.now();
}

/** A code works once, so what carries one is sent again only where STS cannot have looked at it. */
function retryAfter(sent: Sent, thrown: ThrownError, details: StsFailureDetails): number | null {
  const { kind, httpStatus, code } = details;
  // The SDK has corrected its clock by the answer's Date, and the signature was refused before anything else was read.
  if (thrown.$metadata?.clockSkewCorrected === true) return 0;
  if (isTurnedAway(details)) return serversWish(thrown);
  if (sent.usesCode) return null;
  if (kind === "unreachable") return code === "ECONNRESET" || code === "EPIPE" ? 200 : null;
  return (httpStatus ?? 0) >= 500 ? 500 : null;
}

function isTurnedAway({ httpStatus, code }: StsFailureDetails): boolean {
  return httpStatus === 429 || httpStatus === 503 || code?.startsWith("Throttl") === true;
}

/** The Retry-After header in milliseconds, within reason; 1 s without one. */
function serversWish({ $response }: ThrownError): number {
  const seconds = Number($response?.headers?.["retry-after"] ?? "1");
  return Math.min(seconds >= 0 ? seconds : 1, 5) * 1000;
}
