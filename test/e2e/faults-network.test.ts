import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { mkdirSync } from "node:fs";
import { type Authority, makeAuthority, skipWithoutOpenssl } from "../sandbox/authority.ts";
import { type Front, type Refusing, startProxy, startTls } from "../sandbox/tunnel.ts";
import { Person } from "./person.ts";

const host = "sts.eu-west-1.amazonaws.com";

const others = [
  "iam.amazonaws.com",
  "clusters-example-com.s3.eu-west-1.amazonaws.com",
  "ec2.eu-west-1.amazonaws.com",
];

let person: Person;
let authority: Authority;
let tls: Front;
beforeAll(async () => {
  person = await Person.arrive();
  if (skipWithoutOpenssl) return;
  mkdirSync(person.path("authority"));
  authority = makeAuthority(person.path("authority"), [host, ...others, "localhost"]);
  tls = await startTls(authority, person.sandbox.url);
});
afterAll(async () => {
  await (tls as Front | undefined)?.close();
  await person.leave();
});
beforeEach(() => person.forget());

/** A login with AWS's own endpoint, as far as the environment lets it get there. */
async function login(env: Readonly<Record<string, string>>) {
  const { exitCode, stdout, stderr } = await person.run(
    ["login", "prod", "--token-code", person.code()],
    {
      env: {
        AWS_ENDPOINT_URL_STS: "",
        AWS_REGION: "eu-west-1",
        AWS_CA_BUNDLE: authority.bundle,
        ...env,
      },
    },
  );
  expect(stdout).toBe("");
  return { exitCode, stderr };
}

async function proxy(refusing?: Refusing, speaking?: Authority) {
  const started = await startProxy(tls.port, refusing, speaking);
  onTestFinished(() => started.close());
  return started;
}

const failed = (what: string, cure: string) => ({
  exitCode: 1,
  stderr: `kops-mfa: STS (${host}) cannot be reached: ${what}\n          ${cure}\n`,
});
const correct =
  "Correct the variable, or list the host in NO_PROXY if there is a direct way to it.";

describe.skipIf(skipWithoutOpenssl)("a proxy", () => {
  test.for([
    ["HTTPS_PROXY", (port: number) => `http://127.0.0.1:${port}`],
    ["https_proxy", (port: number) => `http://localhost:${port}/`],
    ["HTTPS_PROXY", (port: number) => `127.0.0.1:${port}`],
  ] as const)("%s is the way to STS", async ([variable, url]) => {
    const { targets, port } = await proxy();
    expect((await login({ [variable]: url(port) })).exitCode).toBe(0);
    expect(new Set(targets)).toEqual(new Set([`${host}:443`]));
    expect(person.sandbox.requests.map(({ action }) => action)).toEqual([
      "GetSessionToken",
      "AssumeRole",
    ]);
  });

  test("that wants a name and a password gets those of its URL, which no word repeats", async () => {
    const { port } = await proxy(({ headers }) => {
      const isKnown =
        headers["proxy-authorization"] ===
        `Basic ${Buffer.from("jon:pass/word").toString("base64")}`;
      return isKnown ? null : "407 Proxy Authentication Required";
    });
    const right = await login({ HTTPS_PROXY: `http://jon:pass%2Fword@127.0.0.1:${port}` });
    expect(right).toMatchObject({ exitCode: 0 });
    person.forget();
    expect(await login({ HTTPS_PROXY: `http://jon:wrong@127.0.0.1:${port}` })).toEqual(
      failed(
        `the proxy 127.0.0.1:${port} (HTTPS_PROXY): it wants a user name and password (HTTP 407)`,
        correct,
      ),
    );
  });

  test("that refuses, is not there, or never answers", async () => {
    const { port } = await proxy(() => "403 Forbidden");
    expect(await login({ HTTPS_PROXY: `http://127.0.0.1:${port}` })).toEqual(
      failed(
        `the proxy 127.0.0.1:${port} (HTTPS_PROXY): it refuses the way there (HTTP 403)`,
        correct,
      ),
    );
    expect(await login({ HTTPS_PROXY: "http://127.0.0.1:9" })).toEqual(
      failed("the proxy 127.0.0.1:9 (HTTPS_PROXY): nothing answers there", correct),
    );
    const silent = await startSilent();
    const { exitCode, stderr } = await login({
      HTTPS_PROXY: `http://127.0.0.1:${silent}`,
      KOPS_MFA_TIMEOUT: "2",
    });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/did not answer in time/);
  });

  test("that is none: the value is not repeated, since it may have a password in it", async () => {
    expect(await login({ HTTPS_PROXY: "socks5://jon:secret@127.0.0.1:1080" })).toEqual({
      exitCode: 1,
      stderr:
        "kops-mfa: HTTPS_PROXY: it does not name an HTTP proxy\n" +
        "          Name an HTTP proxy, as http://proxy.example.com:3128, or list the host in NO_PROXY.\n",
    });
  });

  test("that speaks TLS itself is trusted as STS is", async () => {
    const { targets, port } = await proxy(undefined, authority);
    const HTTPS_PROXY = `https://localhost:${port}`;
    expect((await login({ HTTPS_PROXY })).exitCode).toBe(0);
    expect(targets).toContain(`${host}:443`);
    person.forget();
    const { exitCode, stderr } = await login({ HTTPS_PROXY, AWS_CA_BUNDLE: "" });
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`the proxy localhost:${port} (HTTPS_PROXY): `);
    expect(stderr).toContain("certificate");
  });

  test("is the way to IAM, S3 and EC2, too", async () => {
    const { targets, port } = await proxy();
    const { clusters, stateStore } = person.world;
    for (const role of clusters.roles) role.mayRead.push(stateStore.name);
    const env = { HTTPS_PROXY: `http://127.0.0.1:${port}` };
    expect((await login(env)).exitCode).toBe(0);
    const { stdout } = await person.run(["doctor", "prod", "--json"], {
      env: {
        ...{ AWS_ENDPOINT_URL_STS: "", AWS_REGION: "eu-west-1", AWS_CA_BUNDLE: authority.bundle },
        KOPS_STATE_STORE: "s3://clusters-example-com",
        ...env,
      },
    });
    const checks = JSON.parse(stdout) as { readonly check: string; readonly status: string }[];
    const asked = checks.filter(({ check }) => /^(?:device|state-store|ec2)$/.test(check));
    expect(asked.map(({ status }) => status)).toEqual(["ok", "ok", "ok"]);
    expect([...new Set(targets)].sort()).toEqual(
      [host, ...others].map((one) => `${one}:443`).sort(),
    );
  });

  test("NO_PROXY, and this machine itself, are reached without it", async () => {
    const { targets, port } = await proxy();
    const AWS_ENDPOINT_URL_STS = `https://localhost:${tls.port}`;
    const HTTPS_PROXY = `http://127.0.0.1:${port}`;
    expect((await login({ HTTPS_PROXY, AWS_ENDPOINT_URL_STS })).exitCode).toBe(0);
    person.forget();
    const invalid = await login({
      HTTPS_PROXY,
      AWS_ENDPOINT_URL_STS: "https://sts.invalid",
      NO_PROXY: ".invalid",
    });
    expect(invalid.stderr).toContain("STS (sts.invalid) cannot be reached: the name");
    expect(targets).toEqual([]);
  });
});

describe.skipIf(skipWithoutOpenssl)("an authority of one's own", () => {
  const at = (port: number) => ({ AWS_ENDPOINT_URL_STS: `https://localhost:${port}` });

  test.for(["AWS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS"])("%s names it", async (variable) => {
    const env = { AWS_CA_BUNDLE: "", [variable]: authority.bundle };
    expect((await login({ ...at(tls.port), ...env })).exitCode).toBe(0);
  });

  test("ca_bundle in the profile names it", async () => {
    const text = `[profile prod]\nrole_arn = arn:aws:iam::222222222222:role/kops-admin\nsource_profile = default\nmfa_serial = ${person.serial}\nca_bundle = ${authority.bundle}\n`;
    const AWS_CONFIG_FILE = person.write("ca-config", text);
    expect((await login({ ...at(tls.port), AWS_CA_BUNDLE: "", AWS_CONFIG_FILE })).exitCode).toBe(0);
  });

  test("that nobody named: said, with the variables, and no code is sent", async () => {
    const { exitCode, stderr } = await login({ ...at(tls.port), AWS_CA_BUNDLE: "" });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /^kops-mfa: STS \(localhost:\d+\) shows a certificate that is not trusted here: .*\n {10}.*AWS_CA_BUNDLE or NODE_EXTRA_CA_CERTS\.\n$/,
    );
    expect(person.sandbox.requests).toHaveLength(0);
  });

  test("in a file that has none, or is not there", async () => {
    const none = person.write("none.pem", "no certificate\n");
    expect((await login({ ...at(tls.port), AWS_CA_BUNDLE: none })).stderr).toBe(
      `kops-mfa: AWS_CA_BUNDLE: ${none} has no certificate in it\n` +
        "          Name a PEM file with the certificate authorities to trust (also as ca_bundle in the profile).\n",
    );
    const { stderr } = await login({ ...at(tls.port), AWS_CA_BUNDLE: "/nonexistent.pem" });
    expect(stderr).toContain("kops-mfa: AWS_CA_BUNDLE: /nonexistent.pem cannot be read\n");
  });
});

/** The port of a server that takes connections and says nothing. */
async function startSilent(): Promise<number> {
  const { createServer } = await import("node:net");
  const server = createServer(() => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return (server.address() as { port: number }).port;
}
