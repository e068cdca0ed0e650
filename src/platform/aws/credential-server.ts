import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { CredentialAnswer, CredentialServer } from "../../context/credential-server.ts";
import { isoSeconds } from "../../environment/instant.ts";
import { KopsMfaError } from "../../errors.ts";
import { describeErrno, errnoOf } from "../files/errno.ts";

/** Some SDKs want a path (github.com/99designs/aws-vault/issues/1229). */
const path = "/credentials";

/** What a client may take of this process: SDKs send one small request at once. */
const limits = {
  maxHeaderSize: 8192,
  headersTimeout: 5000,
  requestTimeout: 5000,
  connectionsCheckingInterval: 1000,
  // Longer than Go keeps an idle connection, so that no request meets one that is being closed.
  keepAliveTimeout: 120_000,
};
const mostConnections = 256;

/** What everybody gets who is not the command that has the token; it tells nothing about what was wrong. */
const notForYou = refuse(
  401,
  "Unauthorized",
  "kops-mfa gives credentials only to the command that it runs",
);

/**
 * Serves credentials on the loopback interface as the agents of containers do:
 * docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html. Whoever has the token, which only the command's
 * environment carries, gets what `answer` says. Throws {@link KopsMfaError} where no port can be had.
 */
export async function serveCredentials(
  answer: () => Promise<CredentialAnswer>,
): Promise<CredentialServer> {
  // Not imported: that costs each start of the program 6 ms.
  const { createServer } = process.getBuiltinModule("node:http");
  const { randomBytes } = process.getBuiltinModule("node:crypto");
  const authorizationToken = randomBytes(32).toString("base64url");
  let host = "";
  const server = createServer(limits, (request, response) => {
    void respond(request, { host, authorizationToken }, answer).then((reply) =>
      send(response, reply),
    );
  });
  server.maxConnections = mostConnections;
  server.on("clientError", dismiss);
  host = await listen(server);
  // Too many open files, say: those who are connected are still served.
  server.on("error", () => undefined);
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { uri: `http://${host}${path}`, authorizationToken, close };
}

/** Takes a free port of the loopback interface; as `127.0.0.1:PORT`, or `[::1]:PORT` on a machine without IPv4. */
async function listen(server: Server): Promise<string> {
  const listening = (address: string) =>
    new Promise<void>((resolve, reject) => {
      server.once("error", reject).listen(0, address, () => {
        server.removeListener("error", reject);
        resolve();
      });
    });
  try {
    await listening("127.0.0.1").catch((error: unknown) => {
      if (!/^(EADDRNOTAVAIL|EAFNOSUPPORT|EINVAL)$/.test(errnoOf(error) ?? "")) throw error;
      return listening("::1");
    });
  } catch (cause) {
    const why = describeErrno(cause);
    throw new KopsMfaError(`no port of the loopback interface could be opened (${why})`, {
      hint: "--no-server gives the command keys that are not renewed.",
      cause,
    });
  }
  const { address, port, family } = server.address() as AddressInfo;
  return family === "IPv6" ? `[${address}]:${port}` : `${address}:${port}`;
}

interface Reply {
  readonly status: number;
  readonly body: object;
}

/** `code` and `message` are the words that the Go SDK, and so kops, shows. */
function refuse(status: number, code: string, message: string): Reply {
  return { status, body: { code, message } };
}

async function respond(
  request: IncomingMessage,
  expected: { readonly host: string; readonly authorizationToken: string },
  answer: () => Promise<CredentialAnswer>,
): Promise<Reply> {
  const { method, url, headers } = request;
  // A page in a browser can be made to call this port, under another name.
  const isOurs = headers.host === expected.host;
  if (!isSame(headers.authorization ?? "", expected.authorizationToken) || !isOurs) {
    return notForYou;
  }
  if (url !== path) return refuse(404, "NotFound", "there is nothing of that name");
  if (method !== "GET") return refuse(405, "MethodNotAllowed", "credentials can only be read");
  if (hasBody(request)) return refuse(400, "BadRequest", "a request for credentials has no body");
  try {
    return reply(await answer());
  } catch {
    return refuse(500, "InternalError", "kops-mfa failed; this is a bug of it");
  }
}

function reply(answer: CredentialAnswer): Reply {
  if ("refusal" in answer) return refuse(503, "SessionUnavailable", answer.refusal);
  const { accessKeyId, secretAccessKey, sessionToken } = answer.credentials;
  const body = {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    Token: sessionToken,
    Expiration: isoSeconds(answer.expiresAt),
  };
  return { status: 200, body };
}

/** Takes the same time wherever two texts differ: their hashes are compared, which are of one length. */
function isSame(given: string, expected: string): boolean {
  const { createHash, timingSafeEqual } = process.getBuiltinModule("node:crypto");
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(given), hash(expected));
}

function hasBody({ headers }: IncomingMessage): boolean {
  const length = headers["content-length"] ?? "0";
  return length !== "0" || headers["transfer-encoding"] !== undefined;
}

/** A connection is kept only for those who got what they came for. */
function send(response: ServerResponse, { status, body }: Reply): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
    "cache-control": "no-store",
    ...(status === 200 || status === 503 ? {} : { connection: "close" }),
  });
  response.end(text);
}

/** Ends a connection on which something came that is no request, or none in time. */
function dismiss(error: Error, socket: Socket): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const text = JSON.stringify({
    code: "BadRequest",
    message: "that is no request for credentials",
  });
  const line = statusLines[errnoOf(error) ?? ""] ?? "400 Bad Request";
  const head = `HTTP/1.1 ${line}\r\ncontent-type: application/json\r\ncontent-length: ${text.length}\r\nconnection: close`;
  socket.end(`${head}\r\n\r\n${text}`, () => socket.destroy());
}

const statusLines: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
};
