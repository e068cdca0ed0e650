import { createServer, type AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { containerCredentials } from "../../../../src/platform/providers/container.ts";
import { containerUrl } from "../../../../src/platform/providers/container-url.ts";
import { linesOf, source } from "../../../support/credential-source.ts";

const relative = { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "/v2/credentials/id?a=b" };
const full = (uri: string) => ({ AWS_CONTAINER_CREDENTIALS_FULL_URI: uri });

test("the relative address is that of the agent of ECS, and goes first", () => {
  const expected = "http://169.254.170.2/v2/credentials/id?a=b";
  expect(containerUrl(source, relative).href).toBe(expected);
  expect(containerUrl(source, { ...relative, ...full("http://127.0.0.1/") }).href).toBe(expected);
});

test.each([
  "https://credentials.example/creds",
  "http://127.0.0.1:8080/creds",
  "http://127.1.2.3/",
  "http://localhost:8080/",
  "http://[::1]:8080/",
  "http://169.254.170.2/",
  "http://169.254.170.23/v1/credentials",
  "http://[fd00:ec2::23]/v1/credentials",
])("%s may be asked", (uri) => {
  expect(containerUrl(source, full(uri)).href).toBe(new URL(uri).href);
});

test.each([
  ["http://169.254.169.254/", "169.254.169.254"],
  ["http://192.0.2.1/creds", "192.0.2.1"],
  ["http://localhost.example/", "localhost.example"],
  ["http://127.0.0.1.example/", "127.0.0.1.example"],
  ["http://127.0.0.1@192.0.2.1:8080/", "192.0.2.1:8080"],
])("%s may not, unless the user allows it", async (uri, host) => {
  const [message] = await linesOf(() => containerUrl(source, full(uri)));
  expect(message).toBe(
    `${source.where}: AWS_CONTAINER_CREDENTIALS_FULL_URI: http://${host} is not encrypted, so nothing is sent there`,
  );
  const allowed = { ...full(uri), KOPS_MFA_ALLOW_HTTP: "1" };
  expect(containerUrl(source, allowed).href).toBe(new URL(uri).href);
});

test("a relative address does not lead to another host", async () => {
  const env = { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "@192.0.2.1/creds" };
  const [message] = await linesOf(() => containerUrl(source, env));
  expect(message).toContain("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: http://192.0.2.1 is not");
});

test.each(["file:///etc/passwd", "127.0.0.1:8080", "nonsense"])("%s may not", async (uri) => {
  const [message] = await linesOf(() => containerUrl(source, full(uri)));
  expect(message).toBe(
    `${source.where}: AWS_CONTAINER_CREDENTIALS_FULL_URI is not an address that credentials may come from`,
  );
});

test("no address at all", async () => {
  const [message] = await linesOf(() => containerUrl(source, {}));
  expect(message).toContain("neither AWS_CONTAINER_CREDENTIALS_FULL_URI nor");
});

test("a token that could break out of its header is not sent, nor shown", async () => {
  const env = {
    ...full("http://127.0.0.1:9/"),
    AWS_CONTAINER_AUTHORIZATION_TOKEN: "secret\r\nx: y",
  };
  const [message] = await linesOf(() => containerCredentials(source, env));
  expect(message).toBe(
    `${source.where}: the token of AWS_CONTAINER_AUTHORIZATION_TOKEN has characters that no token has`,
  );
});

test("a token file that is not there", async () => {
  const env = {
    ...full("http://127.0.0.1:9/"),
    AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: "/nowhere",
  };
  const [message] = await linesOf(() => containerCredentials(source, env));
  expect(message).toBe(
    `${source.where}: AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: /nowhere cannot be read (no such file or directory)`,
  );
});

test("something that does not speak HTTP", async () => {
  const server = createServer((socket) => socket.end("220 mail.example ESMTP\r\n"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const lines = await linesOf(() => containerCredentials(source, full(`http://${host}/`)));
  expect(lines).toEqual([
    `${source.where}: what answers at ${host} does not speak HTTP`,
    "Check AWS_CONTAINER_CREDENTIALS_FULL_URI or _RELATIVE_URI: something else may answer there.",
  ]);
});
