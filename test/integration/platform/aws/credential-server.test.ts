import { connect, type Socket } from "node:net";
import { fromHttp } from "@aws-sdk/credential-provider-http";
import { describe, expect, onTestFinished, test } from "vitest";
import type {
  CredentialAnswer,
  CredentialServer,
} from "../../../../src/context/credential-server.ts";
import { serveCredentials } from "../../../../src/platform/aws/credential-server.ts";
import { minute, stsSession } from "../../../support/session/build.ts";

const session = stsSession("WARM", Date.UTC(2126, 0, 2, 3, 4, 5) + 678);
const document = {
  AccessKeyId: session.credentials.accessKeyId,
  SecretAccessKey: session.credentials.secretAccessKey,
  Token: session.credentials.sessionToken,
  Expiration: "2126-01-02T03:04:05Z",
};

interface Serving extends CredentialServer {
  /** How often somebody got as far as the session. */
  readonly asked: () => number;
}

async function serve(
  answer: () => Promise<CredentialAnswer> = () => Promise.resolve(session),
): Promise<Serving> {
  let asked = 0;
  const server = await serveCredentials(() => {
    asked++;
    return answer();
  });
  onTestFinished(() => server.close());
  return { ...server, asked: () => asked };
}

/** A connection, and all that comes back on it until the server ends it. */
function open({ uri }: CredentialServer): { socket: Socket; ended: Promise<string> } {
  const { hostname, port } = new URL(uri);
  const socket = connect(Number(port), hostname);
  let received = "";
  socket.setEncoding("utf8").on("data", (text: string) => (received += text));
  // What the server has said before it cut a connection that was still sending is what counts.
  socket.on("error", () => undefined);
  const ended = new Promise<string>((resolve) => socket.on("close", () => resolve(received)));
  return { socket, ended };
}

function send(server: CredentialServer, text: string): Promise<string> {
  const { socket, ended } = open(server);
  socket.write(text);
  return ended;
}

/** A request as it should be, but for what a case changes. */
function request(server: CredentialServer, change: Readonly<Record<string, string | null>>) {
  const { host, pathname } = new URL(server.uri);
  const { line = `GET ${pathname} HTTP/1.1`, ...others } = change;
  const fields: Record<string, string | null> = {
    Host: host,
    Authorization: server.authorizationToken,
    Connection: "close",
    ...others,
  };
  const given = Object.entries(fields).filter(([, value]) => value !== null);
  return `${line ?? ""}\r\n${given.map(([name, value]) => `${name}: ${value ?? ""}\r\n`).join("")}\r\n`;
}

/** The status and the words of an answer. */
function read(answer: string): readonly [status: string, body: unknown] {
  const [head = "", body = ""] = answer.split("\r\n\r\n");
  return [head.split("\r\n")[0] ?? "", JSON.parse(body)];
}

const notForYou = [
  "HTTP/1.1 401 Unauthorized",
  { code: "Unauthorized", message: "kops-mfa gives credentials only to the command that it runs" },
];

describe("whoever has the token", () => {
  test("gets the session", async () => {
    const server = await serve();
    const answer = await send(server, request(server, {}));
    expect(read(answer)).toEqual(["HTTP/1.1 200 OK", document]);
    expect(answer).toMatch(/content-type: application\/json\r\n/);
    expect(answer).toMatch(/cache-control: no-store\r\n/);
  });

  test("gets it as often as it asks, on one connection", async () => {
    const server = await serve();
    const again = request(server, { Connection: null });
    const answers = await send(server, again + again + request(server, {}));
    expect(answers.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(3);
  });

  test("is told why there is no session", async () => {
    const server = await serve(() => Promise.resolve({ refusal: "the code was not typed" }));
    expect(read(await send(server, request(server, {})))).toEqual([
      "HTTP/1.1 503 Service Unavailable",
      { code: "SessionUnavailable", message: "the code was not typed" },
    ]);
  });

  test("hears nothing of what broke", async () => {
    const server = await serve(() => Promise.reject(new Error(document.SecretAccessKey)));
    expect(read(await send(server, request(server, {})))).toEqual([
      "HTTP/1.1 500 Internal Server Error",
      { code: "InternalError", message: "kops-mfa failed; this is a bug of it" },
    ]);
  });
});

test("the token has 256 bits, and each endpoint its own", async () => {
  const [one, two] = [await serve(), await serve()];
  expect(Buffer.from(one.authorizationToken, "base64url")).toHaveLength(32);
  expect(one.authorizationToken).not.toBe(two.authorizationToken);
  expect(one.uri).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/credentials$/);
  expect(one.uri).not.toBe(two.uri);
});

type Change = (server: CredentialServer) => Readonly<Record<string, string | null>>;

const strangers: readonly (readonly [string, Change])[] = [
  ["no token", () => ({ Authorization: null })],
  ["an empty token", () => ({ Authorization: "" })],
  ["another token", () => ({ Authorization: "x".repeat(43) })],
  [
    "the beginning of the token",
    ({ authorizationToken: token }) => ({ Authorization: token.slice(0, -1) }),
  ],
  ["more than the token", ({ authorizationToken: token }) => ({ Authorization: `${token}x` })],
  ["a scheme", ({ authorizationToken: token }) => ({ Authorization: `Bearer ${token}` })],
  ["the token in other letters", ({ authorizationToken: t }) => ({ Authorization: swapCase(t) })],
  ["no token and another path", () => ({ Authorization: null, line: "GET / HTTP/1.1" })],
  [
    "no token and another method",
    () => ({ Authorization: null, line: "PUT /credentials HTTP/1.1" }),
  ],
  ["another host, as a rebound name has", () => ({ Host: "attacker.example.com" })],
  ["the host without its port", () => ({ Host: "127.0.0.1" })],
  ["another name of this machine", ({ uri }) => ({ Host: `localhost:${new URL(uri).port}` })],
  ["no host", () => ({ Host: null, line: "GET /credentials HTTP/1.0" })],
];

test.for(strangers)("refused, without a hint: %s", async ([, change]) => {
  const server = await serve();
  const answer = await send(server, request(server, change(server)));
  expect(read(answer)).toEqual(notForYou);
  expect(server.asked()).toBe(0);
  expectNoSecret(answer, server);
});

const mistakes: readonly (readonly [string, Change, string])[] = [
  ["another path", () => ({ line: "GET / HTTP/1.1" }), "404 Not Found"],
  ["a longer path", () => ({ line: "GET /credentials/x HTTP/1.1" }), "404 Not Found"],
  ["a query", () => ({ line: "GET /credentials?x HTTP/1.1" }), "404 Not Found"],
  ["HEAD", () => ({ line: "HEAD /credentials HTTP/1.1" }), "405 Method Not Allowed"],
  ["POST", () => ({ line: "POST /credentials HTTP/1.1" }), "405 Method Not Allowed"],
  ["OPTIONS", () => ({ line: "OPTIONS /credentials HTTP/1.1" }), "405 Method Not Allowed"],
  ["a body", () => ({ "Content-Length": "1000000000" }), "400 Bad Request"],
  ["a body of any length", () => ({ "Transfer-Encoding": "chunked" }), "400 Bad Request"],
  ["no request line", () => ({ line: "credentials, please" }), "400 Bad Request"],
  ["TLS", () => ({ line: "\x16\x03\x01\x02\x00" }), "400 Bad Request"],
  ["a header of 9000 letters", () => ({ Extra: "x".repeat(9000) }), "431 Request Header Fields"],
  ["a path of 9000 letters", () => ({ line: `GET /${"x".repeat(9000)} HTTP/1.1` }), "431 Request"],
];

test.for(mistakes)("refused: %s", async ([, change, status]) => {
  const server = await serve();
  const answer = await send(server, request(server, change(server)));
  expect(answer).toContain(`HTTP/1.1 ${status}`);
  expect(answer.toLowerCase()).toContain("connection: close\r\n");
  expect(server.asked()).toBe(0);
  expectNoSecret(answer, server);
});

test("whoever does not come to the point is cut off", async () => {
  const server = await serve();
  const { socket, ended } = open(server);
  socket.write(`GET /credentials HTTP/1.1\r\n`);
  const drip = setInterval(() => socket.write("X-Drip: 1\r\n"), 300);
  const silent = open(server);
  const answers = await Promise.all([ended, silent.ended]).finally(() => clearInterval(drip));
  for (const answer of answers) {
    expect(answer).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
    expectNoSecret(answer, server);
  }
});

test("a crowd is turned away at the door, and keeps nobody out for long", async () => {
  const server = await serve();
  const crowd = Array.from({ length: 300 }, () => open(server));
  const answers = await Promise.all(crowd.map(({ ended }) => ended));
  expect(answers.filter((answer) => answer === "").length).toBeGreaterThanOrEqual(300 - 256);
  expect(read(await send(server, request(server, {})))[0]).toBe("HTTP/1.1 200 OK");
});

test("closed, it is gone, with the connections that were open", async () => {
  const server = await serveCredentials(() => Promise.resolve(session));
  const { socket, ended } = open(server);
  socket.write(request(server, { Connection: null }));
  await new Promise((resolve) => socket.once("data", resolve));
  await server.close();
  await ended;
  const late = open(server);
  const refusal = new Promise<NodeJS.ErrnoException>((resolve) =>
    late.socket.once("error", resolve),
  );
  expect((await refusal).code).toBe("ECONNREFUSED");
});

describe("the AWS SDK for JavaScript", () => {
  const provider = ({ uri, authorizationToken }: CredentialServer) =>
    fromHttp({
      awsContainerCredentialsFullUri: uri,
      awsContainerAuthorizationToken: authorizationToken,
    });

  test("takes it for a container's endpoint", async () => {
    expect(await provider(await serve())()).toMatchObject({
      accessKeyId: document.AccessKeyId,
      secretAccessKey: document.SecretAccessKey,
      sessionToken: document.Token,
      expiration: new Date(document.Expiration),
    });
  });

  test("bridges a renewal that takes a while", async () => {
    const answers: CredentialAnswer[] = [{ refusal: "the session is being renewed" }];
    const server = await serve(() => Promise.resolve(answers.shift() ?? session));
    expect(await provider(server)()).toMatchObject({ accessKeyId: document.AccessKeyId });
    expect(server.asked()).toBe(2);
  });

  test("ten at once", async () => {
    const server = await serve(async () => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      return { ...session, expiresAt: Date.now() + 60 * minute };
    });
    const found = await Promise.all(Array.from({ length: 10 }, () => provider(server)()));
    expect(new Set(found.map(({ accessKeyId }) => accessKeyId)).size).toBe(1);
    expect(server.asked()).toBe(10);
  });
});

function swapCase(text: string): string {
  return text === text.toLowerCase() ? text.toUpperCase() : text.toLowerCase();
}

function expectNoSecret(answer: string, { authorizationToken }: CredentialServer): void {
  expect(answer).not.toBe("");
  for (const secret of [authorizationToken, ...Object.values(document)]) {
    expect(answer).not.toContain(secret);
  }
}
