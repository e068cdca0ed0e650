import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { type IncomingHttpHeaders, request as httpRequest } from "node:http";
import type { Launched } from "./support.ts";

/** A request as bytes on the wire: what no SDK would send. */
export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface RawResponse {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What the real SDK signs for GetCallerIdentity, caught before it is sent. */
export async function signedByTheSdk({ client, world }: Launched): Promise<RawRequest> {
  const caught: RawRequest[] = [];
  const sts = client(world.jon.accessKeys[0], {
    requestHandler: {
      handle: ({ method, path, headers, body }: RawRequest) => {
        caught.push({ method, path, headers, body });
        return Promise.reject(new Error("caught"));
      },
    },
  });
  await sts.send(new GetCallerIdentityCommand({})).catch(() => null);
  const [request] = caught;
  if (request === undefined) throw new Error("the SDK sent nothing");
  return request;
}

/** Sends it as it is, with the length that its body has by now. */
export function sendRaw(
  url: string,
  { method, path, headers, body }: RawRequest,
): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    const all = { ...headers, "content-length": Buffer.byteLength(body) };
    const sending = httpRequest(url + path, { method, headers: all }, (response) => {
      const chunks: Buffer[] = [];
      response.on("error", reject);
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode, headers: response.headers, body: text });
      });
    });
    sending.on("error", reject);
    sending.end(body);
  });
}

/** The headers but one. */
export function without(
  name: string,
  headers: RawRequest["headers"],
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).filter(([each]) => each !== name));
}

/** The error of an answer, as the tables write it. */
export function errorIn({ status, body }: RawResponse): string {
  const [code, message] = ["Code", "Message"].map(
    (tag) => new RegExp(`<${tag}>(.*)</${tag}>`, "s").exec(body)?.[1],
  );
  return `${status} ${code}: ${message?.replaceAll("&#39;", "'")}`;
}
