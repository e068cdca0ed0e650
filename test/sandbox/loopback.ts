import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export interface LoopbackRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

export interface LoopbackAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a server answers: null for never. */
export type Answering = (
  request: LoopbackRequest,
) => LoopbackAnswer | null | Promise<LoopbackAnswer | null>;

/** A running HTTP server on 127.0.0.1. */
export interface Loopback {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** What has arrived, oldest first; a test may empty it. */
  readonly requests: LoopbackRequest[];
  close(): Promise<void>;
}

export async function startLoopback(answering: Answering): Promise<Loopback> {
  const requests: LoopbackRequest[] = [];
  const server = createServer((message, response) => {
    const serve = async () => {
      const { method = "", url = "", headers } = message;
      const request = { method, target: url, headers, body: await text(message) };
      requests.push(request);
      const answer = await answering(request);
      if (answer) response.writeHead(answer.status, answer.headers).end(answer.body);
    };
    serve().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}`, requests, close };
}

export function json(status: number, body: object): LoopbackAnswer {
  return {
    status,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  };
}
