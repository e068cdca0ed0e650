import { connectionErrors } from "../../connection-errors.ts";
import type { ClientRequest, IncomingMessage } from "node:http";
import type { Agent, AgentOptions, RequestOptions } from "node:https";
import type { Duplex } from "node:stream";
import type { TLSSocket } from "node:tls";
import type { Environment } from "../../environment/environment.ts";
import { KopsMfaError } from "../../errors.ts";
import { errnoOf } from "../files/errno.ts";
import { chooseProxy, type Proxy } from "./proxy-choice.ts";

export interface Connecting {
  /** Certificate authorities to trust instead of Node's; null for those. */
  readonly ca: string | null;
  readonly timeoutMs: number;
}

type Connected = (error: Error | null, socket?: Duplex) => void;
type Connect = (options: RequestOptions, connected: Connected) => Duplex | null | undefined;

/** How the SDK's clients connect to https:// addresses: by {@link proxyAgent}, or as the SDK does. */
export function httpsAgent(how: Connecting): Agent | AgentOptions {
  return proxyAgent(how) ?? optionsOf(how);
}

function optionsOf({ ca }: Connecting): AgentOptions {
  return ca === null ? {} : { ca };
}

/** Connects through the proxy that the environment names for the host, if it names one; null where it names none at all. */
export function proxyAgent(how: Connecting, env: Environment = process.env): Agent | null {
  if (!env["HTTPS_PROXY"] && !env["https_proxy"]) return null;
  const { Agent: HttpsAgent } = process.getBuiltinModule("node:https");
  const agent = new HttpsAgent({ ...optionsOf(how), keepAlive: true, maxSockets: 50 });
  const direct = agent.createConnection.bind(agent);
  const connect: Connect = (request, connected) => {
    const host = request.host ?? "";
    const port = Number(request.port ?? 443);
    const proxy = orError(() => chooseProxy(env, host, port));
    if (proxy === null) return direct(request, connected);
    if (proxy instanceof Error) {
      connected(proxy);
      return undefined;
    }
    openTunnel(proxy, authority(host, port), how).then(
      (tunnel) => connected(null, overTunnel(tunnel, request)),
      (error: unknown) => connected(error as Error),
    );
    return undefined;
  };
  return Object.assign(agent, { createConnection: connect });
}

/** An error is handed on: thrown, it would leave the request waiting until its time is over. */
function orError<T>(work: () => T): T | KopsMfaError {
  try {
    return work();
  } catch (error) {
    if (error instanceof KopsMfaError) return error;
    throw error;
  }
}

function overTunnel(socket: Duplex, request: RequestOptions): TLSSocket {
  const { connect } = process.getBuiltinModule("node:tls");
  // The agent has set `servername`, and left it empty for an address, which TLS has no names for.
  return connect({ ...(request as object), socket });
}

/** RFC 9110, 9.3.6 */
function openTunnel(proxy: Proxy, target: string, how: Connecting): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const request = ask(proxy, target, how);
    const fail = (why: string) => {
      reject(new ProxyError(proxy, why));
      request.destroy();
    };
    request.on("connect", ({ statusCode = 0 }: IncomingMessage, socket: Duplex) => {
      if (statusCode >= 200 && statusCode < 300) resolve(socket);
      else {
        socket.destroy();
        fail(refusal(statusCode));
      }
    });
    request.on("timeout", () => fail("it did not answer in time"));
    // Once it has failed, what it says of being destroyed is not heard.
    request.on("error", (error) => fail(reasons[errnoOf(error) ?? ""] ?? error.message));
    request.end();
  });
}

const reasons: typeof connectionErrors = {
  ...connectionErrors,
  ENOTFOUND: "its name is not known",
};

function ask({ url }: Proxy, target: string, { ca, timeoutMs }: Connecting): ClientRequest {
  const isEncrypted = url.protocol === "https:";
  const { request } = process.getBuiltinModule(isEncrypted ? "node:https" : "node:http");
  return request({
    method: "CONNECT",
    host: url.hostname.replace(/^\[(.*)\]$/, "$1"),
    port: url.port || (isEncrypted ? 443 : 80),
    path: target,
    headers: { host: target, ...authorization(url) },
    agent: false,
    timeout: timeoutMs,
    ...(ca === null ? {} : { ca }),
  });
}

function authorization({ username, password }: URL) {
  if (username === "" && password === "") return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { "proxy-authorization": `Basic ${Buffer.from(pair).toString("base64")}` };
}

function refusal(status: number): string {
  return status === 407
    ? "it wants a user name and password (HTTP 407)"
    : `it refuses the way there (HTTP ${status})`;
}

function authority(host: string, port: number): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

/** A proxy that does not let one through; its code is told from those of Node's own errors. */
class ProxyError extends Error {
  readonly code = "EPROXY";

  constructor({ url, variable }: Proxy, why: string) {
    super(`the proxy ${url.host} (${variable}): ${why}`);
  }
}
