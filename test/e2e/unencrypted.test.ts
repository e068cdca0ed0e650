import { createServer, connect, type AddressInfo, type Server } from "node:net";
import { networkInterfaces } from "node:os";
import { mkdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { makeAuthority, skipWithoutOpenssl, type Authority } from "../sandbox/authority.ts";
import { startTls } from "../sandbox/tunnel.ts";
import { Person } from "./person.ts";
import { StandIn } from "./stand-in.ts";
import { TestTerminal } from "./terminal.ts";

type Variables = Readonly<Record<string, string>>;

/** An address of this machine that others could reach, too. */
const address = Object.values(networkInterfaces())
  .flatMap((entries) => entries ?? [])
  .find(({ internal, family }) => !internal && family === "IPv4")?.address;

let person: Person;
let relay: Server;
let [host, connections] = ["192.0.2.1", 0];
beforeAll(async () => {
  person = await Person.arrive();
  // To the sandbox, without TLS.
  relay = createServer((socket) => {
    connections++;
    const onward = connect(Number(new URL(person.sandbox.url).port), "127.0.0.1");
    socket.on("error", () => onward.destroy()).pipe(onward);
    onward.on("error", () => socket.destroy()).pipe(socket);
  });
  await new Promise<void>((resolve) => relay.listen(0, address ?? "127.0.0.1", resolve));
  host = `${address ?? "192.0.2.1"}:${(relay.address() as AddressInfo).port}`;
});
afterAll(async () => {
  relay.close();
  await person.leave();
});
beforeEach(() => {
  person.forget();
  connections = 0;
});

const hint =
  "          Use https://, or set KOPS_MFA_ALLOW_HTTP=1 if everybody on the way to that host may read MFA codes and sessions.\n";
const refusal = (place: string) =>
  `kops-mfa: ${place}: http://${host} is not encrypted, so nothing is sent there\n${hint}`;
const allow = { KOPS_MFA_ALLOW_HTTP: "1" };

/** The AWS configuration with lines in profile prod, which start in line 8, and more at the end. */
function config(lines: string, more = ""): Variables {
  const text = readFileSync(person.path(".aws/config"), "utf8");
  const own = text.replace(/(mfa_serial = .*mfa\/jon\n)/, `$1${lines}\n`);
  return { AWS_CONFIG_FILE: person.write("config", `${own}\n${more}`), AWS_ENDPOINT_URL_STS: "" };
}

const places: readonly (readonly [place: string, env: () => Variables])[] = [
  ["AWS_ENDPOINT_URL_STS", () => ({ AWS_ENDPOINT_URL_STS: `http://${host}` })],
  ["AWS_ENDPOINT_URL", () => ({ AWS_ENDPOINT_URL_STS: "", AWS_ENDPOINT_URL: `http://${host}/` })],
  ["~/config:8 (endpoint_url)", () => config(`endpoint_url = http://${host}`)],
  [
    "endpoint_url of [services]",
    () => config("services = own", `[services own]\nsts =\n  endpoint_url = HTTP://${host}\n`),
  ],
];

describe("an endpoint of STS on another host, without TLS", () => {
  test.for(places)("%s: is refused, and nothing is sent", async ([place, env]) => {
    const all = { ...env(), KOPS_MFA_TOKEN_CODE: person.code() };
    const lines = await person.run(["env", "prod", "--shell", "sh"], { env: all });
    // The last line of the file is that of [services].
    const stderr = refusal(place.startsWith("endpoint_url") ? servicesLine() : place);
    expect(lines).toEqual({ exitCode: 1, stdout: "false;\n", stderr });
    for (const words of [
      ["login", "prod"],
      ["-p", "prod", "get", "clusters"],
    ]) {
      new StandIn(person, "kops");
      expect(await person.run(words, { env: all })).toEqual({ exitCode: 1, stdout: "", stderr });
    }
    expect([connections, person.sandbox.requests.length]).toEqual([0, 0]);
  });

  const servicesLine = () => {
    const lines = readFileSync(person.path("config"), "utf8").trimEnd().split("\n");
    return `~/config:${lines.length} (endpoint_url)`;
  };

  test("before anybody is asked for a code, and before a program of theirs is run", async () => {
    const tool = new StandIn(person, "tool");
    const env = { ...person.env, AWS_ENDPOINT_URL_STS: `http://${host}` };
    const terminal = new TestTerminal("kops-mfa", ["login", "prod"], env);
    expect(await terminal.ends()).toBe(1);
    expect(terminal.screen).not.toContain("MFA code of");
    const own = person.write("codes.ini", "[prod]\nmfa_process = tool\n");
    await person.run(["login", "prod"], { env: { ...env, KOPS_MFA_CONFIG: own } });
    expect(tool.starts()).toEqual([]);
  });

  test("through a proxy it is no other", async () => {
    const proxies = { HTTPS_PROXY: `http://${host}`, HTTP_PROXY: `http://${host}` };
    const env = { ...proxies, AWS_ENDPOINT_URL_STS: `http://${host}` };
    const { stderr } = await person.run(["login", "prod", "--token-code", person.code()], { env });
    expect([stderr, connections]).toEqual([refusal("AWS_ENDPOINT_URL_STS"), 0]);
  });

  test.skipIf(address === undefined)("is used where the user allows it", async () => {
    const env = { ...allow, AWS_ENDPOINT_URL_STS: `http://${host}` };
    const words = ["login", "prod", "--token-code", person.code()];
    const { exitCode, stderr } = await person.run(words, { env });
    expect(exitCode, stderr).toBe(0);
    expect(connections).toBeGreaterThan(0);
    // What is kept is no request.
    const kept = await person.run(["env", "prod", "--shell", "sh"], {
      env: { AWS_ENDPOINT_URL_STS: `http://${host}` },
    });
    expect(kept).toMatchObject({ exitCode: 0, stderr: "" });
  });

  test.each(["localhost", "127.1.2.3", "127.0.0.1"])(
    "http://%s needs no permission",
    async (name) => {
      const { port } = new URL(person.sandbox.url);
      const env = { AWS_ENDPOINT_URL_STS: `http://${name}:${port}` };
      const { stderr } = await person.run(["login", "prod", "--token-code", person.code()], {
        env,
      });
      expect(stderr).not.toContain("not encrypted");
    },
  );
});

describe("other services", () => {
  test("IAM, when it is asked for a device", async () => {
    const env = {
      AWS_ENDPOINT_URL_IAM: `http://${host}`,
      KOPS_MFA_ROLE_ARN: "arn:aws:iam::222222222222:role/kops-admin",
    };
    const { exitCode, stderr } = await person.run(["login"], { env });
    expect([exitCode, stderr, connections]).toEqual([1, refusal("AWS_ENDPOINT_URL_IAM"), 0]);
  });

  test.each(["AWS_ENDPOINT_URL_SSO", "AWS_ENDPOINT_URL_SSO_OIDC", "AWS_ENDPOINT_URL"])(
    "SSO: %s",
    async (name) => {
      mkdirSync(person.path(".aws/sso/cache"), { recursive: true });
      const lines = `[profile base]
sso_start_url = https://example.awsapps.com/start
sso_region = eu-west-1
sso_account_id = 222222222222
sso_role_name = developer
`;
      const env = { AWS_CONFIG_FILE: person.write("config", lines), [name]: `http://${host}` };
      const { stderr } = await person.run(["env", "base", "--shell", "sh"], { env });
      expect([stderr, connections]).toEqual([refusal(name), 0]);
    },
  );

  test("`aws login`", async () => {
    const lines = `[profile base]\nregion = eu-west-1\nlogin_session = arn:aws:iam::111111111111:user/jon\n`;
    const config = person.write("config", lines);
    const env = { AWS_CONFIG_FILE: config, AWS_ENDPOINT_URL_SIGNIN: `http://${host}` };
    const { stderr } = await person.run(["env", "base", "--shell", "sh"], { env });
    expect([stderr, connections]).toEqual([refusal("AWS_ENDPOINT_URL_SIGNIN"), 0]);
  });

  test("a web identity's token is not sent either", async () => {
    const lines = `[profile base]
role_arn = arn:aws:iam::222222222222:role/kops-admin
web_identity_token_file = ${person.write("token", "t0ken")}
`;
    const config = person.write("config", lines);
    const env = { AWS_CONFIG_FILE: config, AWS_ENDPOINT_URL_STS: `http://${host}` };
    const { stderr } = await person.run(["env", "base", "--shell", "sh"], { env });
    expect([stderr, connections]).toEqual([refusal("AWS_ENDPOINT_URL_STS"), 0]);
  });

  test.each<readonly [place: string, line: string, variables: Variables]>([
    ["AWS_EC2_METADATA_SERVICE_ENDPOINT", "", { AWS_EC2_METADATA_SERVICE_ENDPOINT: "HOST" }],
    ["~/config:2 (ec2_metadata_service_endpoint)", "ec2_metadata_service_endpoint = HOST", {}],
  ])("instance metadata: %s", async (place, line, variables) => {
    const lines = `[default]\n${line}\n[profile base]\nrole_arn = arn:aws:iam::222222222222:role/kops-admin\ncredential_source = Ec2InstanceMetadata\n`;
    const config = person.write("config", lines.replace("HOST", `http://${host}`));
    const own = Object.entries(variables).map(([name, value]) => [
      name,
      value.replace("HOST", `http://${host}`),
    ]);
    const env = { AWS_CONFIG_FILE: config, ...(Object.fromEntries(own) as Variables) };
    const { stderr } = await person.run(["env", "base", "--shell", "sh"], { env });
    expect([stderr, connections]).toEqual([refusal(place), 0]);
  });

  test("a container's endpoint", async () => {
    const lines = `[profile base]\nrole_arn = arn:aws:iam::222222222222:role/kops-admin\ncredential_source = EcsContainer\n`;
    const config = person.write("config", lines);
    const uri = `http://${host}/creds`;
    const env = { AWS_CONFIG_FILE: config, AWS_CONTAINER_CREDENTIALS_FULL_URI: uri };
    const { stderr } = await person.run(["env", "base", "--shell", "sh"], { env });
    expect([stderr, connections]).toEqual([refusal("AWS_CONTAINER_CREDENTIALS_FULL_URI"), 0]);
  });
});

interface Check {
  readonly check: string;
  readonly status: string;
  readonly message: string;
  readonly cure: string | null;
}

async function examined(env: Variables): Promise<readonly Check[]> {
  const { stdout } = await person.run(["doctor", "prod", "--json"], { env });
  return (JSON.parse(stdout) as readonly Check[]).filter(({ check }) => check === "encryption");
}

describe("doctor", () => {
  test.each(["AWS_ENDPOINT_URL_STS", "AWS_ENDPOINT_URL_IAM", "AWS_ENDPOINT_URL_S3", "S3_ENDPOINT"])(
    "%s is a failure, or a warning where it is allowed",
    async (name) => {
      await person.run(["login", "prod", "--token-code", person.code()]);
      const env = { KOPS_STATE_STORE: "s3://clusters.example.com", [name]: `http://${host}` };
      const [refused, ...more] = await examined(env);
      expect([refused?.status, more]).toEqual(["failure", []]);
      expect(refused?.message).toBe(
        `${name}: http://${host} is not encrypted, so nothing is sent there`,
      );
      expect(refused?.cure).toContain("https://");
      expect(connections).toBe(0);
      const [allowed] = await examined({ ...env, ...allow });
      expect(allowed?.status).toBe("warning");
      expect(allowed?.cure).toBe("Use https://, and unset KOPS_MFA_ALLOW_HTTP.");
    },
  );

  test("certificates that are not checked are a warning, with what to do instead", async () => {
    const [found] = await examined({ NODE_TLS_REJECT_UNAUTHORIZED: "0" });
    expect(found?.status).toBe("warning");
    expect(found?.cure).toMatch(/NODE_EXTRA_CA_CERTS or AWS_CA_BUNDLE/);
  });

  test("says nothing of it otherwise", async () => {
    expect(await examined({})).toEqual([]);
  });
});

describe.skipIf(skipWithoutOpenssl)("certificates that are not checked", () => {
  let authority: Authority;
  beforeAll(() => {
    authority = makeAuthority(person.home, ["localhost"]);
  });
  const unchecked = { NODE_TLS_REJECT_UNAUTHORIZED: "0" };
  const warning = /kops-mfa: WARNING: NODE_TLS_REJECT_UNAUTHORIZED=0 turns off/g;

  async function overTls(): Promise<Variables> {
    const front = await startTls(authority, person.sandbox.url);
    onTestFinished(() => front.close());
    return { ...unchecked, AWS_ENDPOINT_URL_STS: `https://localhost:${front.port}` };
  }

  test("are said once, before the code is asked for, and Node's own word is not", async () => {
    const env = { ...person.env, ...(await overTls()) };
    const terminal = new TestTerminal("kops-mfa", ["login", "prod"], env);
    await terminal.shows("MFA code of");
    expect(terminal.screen.indexOf("WARNING")).toBeLessThan(terminal.screen.indexOf("MFA code of"));
    terminal.type(`${person.code()}\r`);
    expect(await terminal.ends(), terminal.screen).toBe(0);
    expect(terminal.screen.match(warning)).toHaveLength(1);
    expect(terminal.screen).toContain("NODE_EXTRA_CA_CERTS or AWS_CA_BUNDLE");
    expect(terminal.screen).not.toContain("(node:");
  });

  test("are not said where nothing is called", async () => {
    const env = await overTls();
    const { stderr } = await person.run(["login", "prod", "--token-code", person.code()], { env });
    expect(stderr.match(warning)).toHaveLength(1);
    for (const words of [
      ["env", "prod", "--shell", "sh"],
      ["login", "prod"],
      ["status", "prod"],
    ]) {
      expect((await person.run(words, { env })).stderr).not.toMatch(warning);
    }
  });

  test("are nothing to an endpoint on this machine without TLS", async () => {
    const words = ["login", "prod", "--token-code", person.code()];
    expect((await person.run(words, { env: unchecked })).stderr).not.toMatch(warning);
  });
});
