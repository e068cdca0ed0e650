import { createServer, get, type IncomingMessage } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ReadyAgents } from "../../../../src/platform/aws/preconnected-agents.ts";

const server = createServer((_, response) => response.end("answer"));
const sockets: Socket[] = [];
server.on("connection", (socket) => sockets.push(socket));
let url: URL;
let agents: ReadyAgents;

beforeEach(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  sockets.length = 0;
  agents = new ReadyAgents({});
});
afterEach(async () => {
  vi.restoreAllMocks();
  agents.http.destroy();
  server.close();
  server.closeAllConnections();
  await once(server, "close");
});

/** The status of one request, whose connection is then free for the next. */
function request(to = url): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const answered = (response: IncomingMessage) =>
      response.resume().on("end", () => setImmediate(resolve, response.statusCode));
    get(to, { agent: agents.http }, answered).on("error", reject);
  });
}

/** Until the server has seen so many connections. */
const connections = (count: number) => vi.waitFor(() => expect(sockets).toHaveLength(count));

test("a connection is there before the request, which takes it, as do those that follow", async () => {
  agents.connect(url);
  await connections(1);
  expect(await request()).toBe(200);
  agents.connect(url);
  expect(await request()).toBe(200);
  expect(sockets).toHaveLength(1);
});

test("asked for twice, it is one", async () => {
  agents.connect(url);
  agents.connect(url);
  expect(await request()).toBe(200);
  await sleep(20);
  expect(sockets).toHaveLength(1);
});

test("a connection that is still being made is taken too", async () => {
  agents.connect(url);
  expect(await request()).toBe(200);
  expect(sockets).toHaveLength(1);
});

test("a request for another place opens its own", async () => {
  agents.connect(url);
  await connections(1);
  const other = new URL(url);
  other.hostname = "localhost";
  expect(await request(other)).toBe(200);
  expect(sockets).toHaveLength(2);
});

test("one that the server has closed is not used", async () => {
  agents.connect(url);
  await connections(1);
  sockets[0]?.destroy();
  await sleep(50);
  expect(await request()).toBe(200);
  expect(sockets).toHaveLength(2);
});

test("one that has waited for 20 s is not used, and is closed", async () => {
  const start = performance.now();
  agents.connect(url);
  await connections(1);
  vi.spyOn(performance, "now").mockReturnValue(start + 20_100);
  expect(await request()).toBe(200);
  expect(sockets).toHaveLength(2);
  await vi.waitFor(() => expect(sockets[0]?.destroyed).toBe(true));
});

test("where nobody listens, only the request fails", async () => {
  const { port } = server.address() as AddressInfo;
  server.close();
  server.closeAllConnections();
  await once(server, "close");
  agents.connect(url);
  await sleep(50);
  await expect(request()).rejects.toThrow("ECONNREFUSED");
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  expect(await request()).toBe(200);
});
