import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { connect, type AddressInfo, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import type { Authority } from "./authority.ts";

/** A server in front of the sandbox. */
export interface Front {
  readonly port: number;
  close(): Promise<void>;
}

/** Speaks TLS, and passes on what is inside to the sandbox. */
export function startTls({ key, cert }: Authority, sandboxUrl: string): Promise<Front> {
  const port = Number(new URL(sandboxUrl).port);
  return listen(createTlsServer({ key, cert }, (socket) => join(socket, connect(port))));
}

export interface ConnectProxy extends Front {
  /** Where it was asked to connect to: `sts.eu-west-1.amazonaws.com:443`. */
  readonly targets: string[];
}

/** What a proxy answers to CONNECT; null for the tunnel. */
export type Refusing = (request: IncomingMessage) => string | null;

/** An HTTP proxy, to which every name leads to the same port of this machine; with an authority, it is spoken to over TLS. */
export async function startProxy(
  port: number,
  refusing: Refusing = () => null,
  authority?: Authority,
): Promise<ConnectProxy> {
  const targets: string[] = [];
  const refuse: RequestListener = (_, response) => response.writeHead(405).end();
  const server = authority
    ? createHttpsServer({ key: authority.key, cert: authority.cert }, refuse)
    : createServer(refuse);
  server.on("connect", (request: IncomingMessage, socket: Socket) => {
    targets.push(request.url ?? "");
    const refusal = refusing(request);
    if (refusal !== null) {
      socket.end(`HTTP/1.1 ${refusal}\r\n\r\n`);
      return;
    }
    const onward = connect(port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      join(socket, onward);
    });
  });
  return { targets, ...(await listen(server)) };
}

function join(one: Socket, other: Socket): void {
  for (const socket of [one, other]) socket.on("error", () => socket.destroy());
  one.on("close", () => other.destroy());
  other.on("close", () => one.destroy());
  one.pipe(other).pipe(one);
}

async function listen(server: Server): Promise<Front> {
  const open = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of open) socket.destroy();
    });
  return { port: (server.address() as AddressInfo).port, close };
}
