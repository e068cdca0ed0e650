import type { IncomingMessage, ServerResponse } from "node:http";
import type { Answer } from "./answer.ts";
import { AwsError } from "./errors.ts";
import { type HttpRequest, headerOf } from "./sigv4/request.ts";
import type { Params } from "./sts.ts";

const MAX_BODY_BYTES = 64 * 1024;

/** Reads a request whole; a body over the bound is drained, not kept, so that the refusal gets through. */
export function receive(message: IncomingMessage): Promise<HttpRequest> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    message.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_BODY_BYTES) chunks.push(chunk);
    });
    message.on("error", reject);
    message.on("end", () => {
      if (size > MAX_BODY_BYTES) {
        reject(new AwsError(413, "RequestEntityTooLarge", "The request body is too large."));
        return;
      }
      const { method = "", url = "", headersDistinct } = message;
      const body = Buffer.concat(chunks);
      resolve({ method, target: url, headers: headersDistinct, body });
    });
  });
}

/** The form fields; none when the body says it is something else. */
export function formOf(request: HttpRequest): Params {
  const type = headerOf(request, "content-type") ?? "";
  if (!/^application\/x-www-form-urlencoded\b/i.test(type)) return {};
  return Object.fromEntries(new URLSearchParams(request.body.toString("utf8")));
}

export function sendAnswer(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, headers).end(body);
}
