import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { type Answer, answerError } from "./answer.ts";
import { AwsError } from "./errors.ts";
import { sendAnswer } from "./http.ts";

/** What goes wrong with one request; with `action`, with the next request for that action. */
export type Fault = FaultKind & { readonly action?: string };

type FaultKind =
  /** Answered as usual, but late. */
  | { readonly kind: "delay"; readonly ms: number }
  /** Never answered. */
  | { readonly kind: "hang" }
  /** The connection breaks before STS has seen the request. */
  | { readonly kind: "reset" }
  /** STS has done what was asked, the code is used up, and the connection breaks. */
  | { readonly kind: "lost-answer" }
  | { readonly kind: "status"; readonly status: number; readonly retryAfterSeconds?: number }
  /** Any body at all; truncated: the response announces more than it has. */
  | {
      readonly kind: "body";
      readonly body: string;
      readonly status?: number;
      readonly contentType?: string;
      readonly truncated?: boolean;
    };

/** https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html */
const STATUS_ERRORS: Readonly<Record<number, readonly [code: string, message: string]>> = {
  429: ["Throttling", "Rate exceeded"],
  503: ["ServiceUnavailable", "The request has failed due to a temporary failure of the server."],
};

const OTHER_ERROR = [
  "InternalFailure",
  "The request processing has failed because of an unknown error, exception or failure.",
] as const;

/** Removes and returns the first fault that is meant for this action. */
export function takeFault(queue: Fault[], action: string | null): Fault | null {
  const index = queue.findIndex((fault) => fault.action === undefined || fault.action === action);
  return queue.splice(index, index < 0 ? 0 : 1)[0] ?? null;
}

/** @param answer - lets STS process the request */
export async function applyFault(
  fault: Fault,
  response: ServerResponse,
  answer: () => Answer,
): Promise<void> {
  switch (fault.kind) {
    case "delay":
      await sleep(fault.ms, undefined, { ref: false });
      sendAnswer(response, answer());
      return;
    case "hang":
      return;
    case "reset":
      response.socket?.resetAndDestroy();
      return;
    case "lost-answer":
      answer();
      response.socket?.resetAndDestroy();
      return;
    case "status":
      sendAnswer(response, statusAnswer(fault.status, fault.retryAfterSeconds));
      return;
    case "body":
      sendBody(response, fault);
      return;
  }
}

function statusAnswer(status: number, retryAfterSeconds: number | undefined): Answer {
  const answer = answerError(new AwsError(status, ...(STATUS_ERRORS[status] ?? OTHER_ERROR)));
  if (retryAfterSeconds === undefined) return answer;
  return { ...answer, headers: { ...answer.headers, "retry-after": String(retryAfterSeconds) } };
}

function sendBody(response: ServerResponse, fault: Extract<Fault, { kind: "body" }>): void {
  const missing = fault.truncated === true ? 100 : 0;
  response.writeHead(fault.status ?? 200, {
    "content-type": fault.contentType ?? "text/xml",
    "content-length": Buffer.byteLength(fault.body) + missing,
  });
  if (missing === 0) {
    response.end(fault.body);
    return;
  }
  response.write(fault.body);
  response.socket?.end();
}
