import { addAbortSignal, type Readable } from "node:stream";

type Sdk = typeof import("./sdk-entry.ts");
export type Client = InstanceType<Sdk["STSClient"]>;

export interface SignedRequest {
  readonly method: "GET" | "POST";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** What the request is signed for. */
  readonly service: string;
  readonly region: string;
}

export interface Answer {
  readonly status: number;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

interface Handled {
  readonly response: {
    readonly statusCode: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Readable;
  };
}

/**
 * Sends one request to another service than STS, signed with the client's keys: with the parts of the STS client, since the clients of
 * other services are larger than all of this program. Throws Node's errors, or one by which {@link isTimeout} knows the signal.
 */
export async function sendSigned(
  { config }: Client,
  request: SignedRequest,
  abortSignal: AbortSignal,
): Promise<Answer> {
  const { requestHandler, streamCollector, utf8Encoder } = config;
  const signed = await sign(config, request);
  const handled = (await requestHandler.handle(signed, { abortSignal })) as Handled;
  const { statusCode, headers, body } = handled.response;
  const bytes = await streamCollector(addAbortSignal(abortSignal, body));
  return { status: statusCode, headers, text: utf8Encoder(bytes) };
}

async function sign(config: Client["config"], { method, url, ...request }: SignedRequest) {
  const { protocol, hostname, host, port, pathname, searchParams } = url;
  const query = Object.fromEntries(searchParams);
  const unsigned = {
    ...{ method, protocol, hostname, path: pathname, query, body: request.body },
    ...(port === "" ? {} : { port: Number(port) }),
    headers: { host, ...request.headers },
  };
  // It keeps the region and service that it was first used with, so both are said again.
  const signer = await config.signer();
  // STS's answers have told the client how far this machine's clock is off.
  const signingDate = new Date(Date.now() + config.systemClockOffset);
  const { region: signingRegion, service: signingService } = request;
  return signer.sign(unsigned, { signingDate, signingRegion, signingService });
}

export function isTimeout(error: unknown): boolean {
  return error instanceof Error && /^(Abort|Timeout)Error$/.test(error.name);
}
