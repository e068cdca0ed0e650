import { createHash, generateKeyPairSync } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { rootArn } from "../sandbox/arn.ts";
import { addRole, trust } from "../sandbox/build.ts";
import { startContainerEndpoint } from "../sandbox/container-endpoint.ts";
import { startInstanceMetadata } from "../sandbox/instance-metadata.ts";
import { makeAuthority, skipWithoutOpenssl } from "../sandbox/authority.ts";
import { json, startLoopback, type Loopback } from "../sandbox/loopback.ts";
import { mintRole, type Minted } from "../sandbox/minted.ts";
import { startSsoPortal } from "../sandbox/sso-portal.ts";
import { startProxy, startTls } from "../sandbox/tunnel.ts";
import { startWebIdentity } from "../sandbox/web-identity.ts";
import { Person, type Result } from "./person.ts";
import { TestTerminal } from "./terminal.ts";

let person: Person;
/** What AWS's other services hand out: sessions of a role that may assume `target`. */
let mint: () => Promise<Minted>;
const developer = "arn:aws:iam::222222222222:role/kops-developer";
const target = "arn:aws:iam::222222222222:role/kops-target";

beforeAll(async () => {
  person = await Person.arrive();
  const { people, clusters, jon } = person.world;
  addRole(clusters, "kops-developer", trust(rootArn(people)), { mayAssume: [target] });
  addRole(clusters, "kops-target", trust([developer, rootArn(people)]));
  mint = () => mintRole(person.sandbox, jon.accessKeys[0]!, developer);
  for (const name of ["sso", "login"]) {
    mkdirSync(person.path(`.aws/${name}/cache`), { recursive: true });
  }
});
afterAll(() => person.leave());
beforeEach(() => person.forget());

/** A profile that gets its credentials by these lines, and one whose role is assumed with them. */
function configure(lines: string, more = ""): void {
  const role = `[profile prod]\nregion = eu-west-1\nrole_arn = ${target}\nsource_profile = base\n`;
  person.write(".aws/config", `[profile base]\nregion = eu-west-1\n${lines}\n\n${role}\n${more}`);
  person.write(".aws/credentials", "");
}

/** For one test. */
async function during(starting: Promise<Loopback>): Promise<Loopback> {
  const server = await starting;
  onTestFinished(() => server.close());
  return server;
}

const print = (profile: string, env: Record<string, string> = {}) =>
  person.run(["env", profile, "--format", "process"], { env });

/** The role was assumed, with nothing else to be said. */
function expectTarget({ exitCode, stdout, stderr }: Result): void {
  expect(stderr).toBe("");
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    AccessKeyId: expect.stringMatching(/^ASIA/) as string,
  });
  expect(person.sandbox.requests.at(-1)).toMatchObject({
    action: "AssumeRole",
    outcome: "OK",
    params: { RoleArn: target },
  });
}

/** Exactly two lines, and nothing for the shell but its failure. */
function expectRefusal({ exitCode, stdout, stderr }: Result, what: string, hint: string): void {
  expect(stderr).toBe(`kops-mfa: ${what}\n          ${hint}\n`);
  expect([exitCode, stdout]).toEqual([1, ""]);
}

describe("credential_process", () => {
  const where = 'credential_process of profile "base" (~/.aws/config:3)';

  function script(body: string): void {
    person.write("give", `#!/bin/sh\n${body}\n`, 0o755);
    configure(`credential_process = "${person.path("give")}" --account 'a b'`);
  }

  const longLived = () => {
    const { accessKeyId, secretAccessKey } = person.world.jon.accessKeys[0]!;
    return JSON.stringify({
      Version: 1,
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
    });
  };

  const temporary = async (expiration?: string) => {
    const { accessKeyId, secretAccessKey, sessionToken, expiration: end } = await mint();
    return JSON.stringify({
      Version: 1,
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      SessionToken: sessionToken,
      Expiration: expiration ?? end.toISOString(),
    });
  };

  test("its temporary credentials assume the role", async () => {
    script(`[ "$2" = "a b" ] && echo '${await temporary()}'`);
    expectTarget(await print("prod"));
  });

  test("a profile of its own gives them as they are", async () => {
    const document = await temporary();
    script(`echo '${document}'`);
    const { stdout, stderr } = await print("base");
    expect(stderr).toBe("");
    const { AccessKeyId, SessionToken } = JSON.parse(document) as Record<string, string>;
    expect(JSON.parse(stdout)).toMatchObject({ AccessKeyId, SessionToken });
  });

  test("its long-lived keys take an MFA code, as those of a password manager", async () => {
    script(`echo '${longLived()}'`);
    const admin = "arn:aws:iam::222222222222:role/kops-admin";
    const options = ["--role-arn", admin, "--serial-number", person.serial];
    const { exitCode, stderr } = await person.run([
      ...["login", "base", ...options],
      ...["--token-code", person.code()],
    ]);
    expect(stderr).toContain("session of arn:aws:sts::222222222222:assumed-role/kops-admin/jon");
    expect(exitCode).toBe(0);
  });

  test("its temporary credentials do not", async () => {
    script(`echo '${await temporary()}'`);
    const { exitCode, stderr } = await person.run([
      ...["login", "prod", "--serial-number", person.serial],
      ...["--token-code", person.code()],
    ]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/gave temporary keys, and AWS takes an MFA code only with long-lived/);
  });

  test("it can ask on the terminal, and read what is typed there", async () => {
    script(`printf 'vault passphrase: ' >&2; read -r word; [ "$word" = sesame ] || exit 3
echo '${await temporary()}'`);
    const line = 'eval "$(kops-mfa env prod)"; echo "got ${AWS_ACCESS_KEY_ID%%[!A]*}"';
    const terminal = new TestTerminal("/bin/bash", ["--norc", "--noprofile", "-c", line], {
      ...person.env,
    });
    await terminal.shows("vault passphrase:");
    terminal.type("sesame\r");
    await terminal.shows("got A");
    expect(await terminal.ends()).toBe(0);
  });

  test.each([
    ["fails", "echo 'vault is locked' >&2; exit 4", "it failed (exit code 4)"],
    ["is not there", "exec /nonexistent/tool", "the command was not found (exit code 127)"],
  ])("one that %s", async (_, body, what) => {
    script(body);
    const { exitCode, stdout, stderr } = await print("prod");
    const hint = "What it says stands above; run the command by itself to see more.";
    expect(stderr).toContain(`kops-mfa: ${where}: ${what}\n          ${hint}\n`);
    expect([exitCode, stdout]).toEqual([1, ""]);
  });

  test("what it says on standard error comes through", async () => {
    script("echo 'vault is locked' >&2; exit 4");
    expect((await print("prod")).stderr).toMatch(/^vault is locked\n/);
  });

  test.each([
    ["text", "echo secret-secret-secret", "is not a JSON object"],
    ["no version", `echo '{"AccessKeyId":"secret-id"}'`, 'has no "Version": 1'],
    ["half a key", `echo '{"Version":1,"SecretAccessKey":"secret-secret"}'`, "has no AccessKeyId"],
  ])("one that prints %s, which is not shown", async (_, body, what) => {
    script(body);
    const result = await print("prod");
    expectRefusal(
      result,
      `${where}: what it printed ${what}`,
      'It must print {"Version": 1, "AccessKeyId": …, "SecretAccessKey": …, "SessionToken": …} and nothing else.',
    );
    expect(result.stderr).not.toContain("secret-");
  });

  test("one that prints nothing", async () => {
    script("true");
    expectRefusal(
      await print("prod"),
      `${where}: it printed nothing`,
      "Run the command by itself to see what it does.",
    );
  });

  test("one that prints what has expired", async () => {
    script(`echo '${await temporary("2020-01-01T00:00:00Z")}'`);
    expectRefusal(
      await print("prod"),
      `${where}: the credentials that it gave have expired`,
      "Renew them where they come from; if they are new, this machine's clock is wrong.",
    );
  });

  test("one that runs kops-mfa for the same profile", async () => {
    script(`kops-mfa env base --format process`);
    const { exitCode, stdout, stderr } = await print("base");
    expect([exitCode, stdout]).toEqual([1, ""]);
    expect(stderr.split("\n")).toEqual([
      `kops-mfa: ${where}: it runs kops-mfa for the same profile again, round in a circle`,
      "          Let kops-mfa in credential_process name a profile that has its credentials from elsewhere.",
      `kops-mfa: ${where}: it failed (exit code 1)`,
      "          What it says stands above; run the command by itself to see more.",
      "",
    ]);
  });

  test("one that runs kops-mfa for another profile", async () => {
    configure(
      "credential_process = kops-mfa env other --format process",
      `[profile other]\ncredential_process = ${person.write("give", `#!/bin/sh\necho '${await temporary()}'`, 0o755)}\n`,
    );
    expectTarget(await print("prod"));
  });

  test("in a shell that carries a session it sees the environment of before", async () => {
    script(`env >"$HOME/seen"; echo '${await temporary()}'`);
    const line = `eval "$(kops-mfa env prod)"; rm -rf "$HOME/.cache"; kops-mfa env prod >/dev/null`;
    const terminal = new TestTerminal("/bin/bash", ["--norc", "--noprofile", "-c", line], {
      ...person.env,
      AWS_PROFILE: "base",
      AWS_ACCESS_KEY_ID: "AKIATESTTESTTESTOLD0",
      AWS_SECRET_ACCESS_KEY: "old",
    });
    expect(await terminal.ends(), terminal.screen).toBe(0);
    const seen = readFileSync(person.path("seen"), "utf8");
    expect(seen).toContain("AWS_PROFILE=base\n");
    expect(seen).not.toMatch(/^AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)=/m);
  });
});

describe("SSO", () => {
  const account = "sso_account_id = 222222222222\nsso_role_name = Developer";
  const url = "sso_start_url = https://d-1234567890.awsapps.com/start#/";
  const older = `${url}\nsso_region = eu-west-1\n${account}`;
  const session = ["sso_session = my.corp", account].join("\n");
  const section = `[sso-session my.corp]\n${url}\nsso_region = eu-west-1\n`;
  const where = 'SSO of profile "base" (~/.aws/config:3)';
  const again = "Run `aws sso login --profile base`, then try again.";
  const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();

  /** As `aws sso login` writes it: the file is named after the sso-session, or in the older form after the start URL. */
  function cacheToken(name: string, token: object): string {
    const file = `.aws/sso/cache/${createHash("sha1").update(name).digest("hex")}.json`;
    return person.write(file, JSON.stringify(token));
  }

  async function portal(options: { readonly refreshToken?: string } = {}) {
    const server = await during(
      startSsoPortal({
        accessToken: "sso-token",
        accountId: "222222222222",
        roleName: "Developer",
        mint,
        ...options,
      }),
    );
    return { AWS_ENDPOINT_URL_SSO: server.url, AWS_ENDPOINT_URL_SSO_OIDC: server.url };
  }

  beforeEach(() => {
    configure(session, section);
    const token = { accessToken: "sso-token", expiresAt: inAnHour() };
    cacheToken("my.corp", token);
    cacheToken("https://d-1234567890.awsapps.com/start#/", token);
  });

  test("an sso-session's token gets the role that assumes the target", async () => {
    expectTarget(await print("prod", await portal()));
  });

  test("so does a token of the older form", async () => {
    configure(older);
    expectTarget(await print("prod", await portal()));
  });

  test("a profile of its own gives the credentials as they are", async () => {
    const { exitCode, stdout, stderr } = await print("base", await portal());
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/"AccessKeyId": ?"ASIA/);
  });

  const overToken = {
    accessToken: "old",
    expiresAt: "2020-01-01T00:00:00Z",
    refreshToken: "refresh",
    clientId: "client",
    clientSecret: "client-secret",
  };

  test.skipIf(skipWithoutOpenssl)("a proxy is the way there, and to the renewal", async () => {
    const hosts = ["oidc.eu-west-1.amazonaws.com", "portal.sso.eu-west-1.amazonaws.com"];
    mkdirSync(person.path("authority"));
    const authority = makeAuthority(person.path("authority"), hosts);
    cacheToken("my.corp", overToken);
    const { AWS_ENDPOINT_URL_SSO: url } = await portal({ refreshToken: "refresh" });
    const tls = await startTls(authority, url);
    onTestFinished(() => tls.close());
    const proxy = await startProxy(tls.port);
    onTestFinished(() => proxy.close());
    const HTTPS_PROXY = `http://127.0.0.1:${proxy.port}`;
    expectTarget(await print("prod", { HTTPS_PROXY, AWS_CA_BUNDLE: authority.bundle }));
    expect(proxy.targets).toEqual(hosts.map((host) => `${host}:443`));
  });

  test("a token that has run out is renewed, and kept", async () => {
    const file = cacheToken("my.corp", overToken);
    expectTarget(await print("prod", await portal({ refreshToken: "refresh" })));
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ accessToken: "sso-token" });
  });

  test.each([
    ["an sso-session", session],
    ["the older form", older],
  ])("a token of %s that has run out for good", async (_, lines) => {
    configure(lines, section);
    const token = { accessToken: "sso-token", expiresAt: "2020-01-01T00:00:00Z" };
    cacheToken("my.corp", token);
    cacheToken("https://d-1234567890.awsapps.com/start#/", token);
    expectRefusal(await print("prod", await portal()), `${where}: the login has expired`, again);
  });

  test.each([
    ["an sso-session", session],
    ["the older form", older],
  ])("no token of %s, or one that cannot be read", async (_, lines) => {
    configure(lines, section);
    for (const name of ["my.corp", "https://d-1234567890.awsapps.com/start#/"]) {
      person.write(cacheToken(name, {}).slice(person.home.length + 1), "sso-tok");
    }
    const { stderr, ...rest } = await print("prod", await portal());
    expectRefusal({ stderr, ...rest }, `${where}: there is no login`, again);
    expect(stderr).not.toContain("sso-tok");
  });

  test("a login that was ended", async () => {
    cacheToken("my.corp", { accessToken: "ended", expiresAt: inAnHour() });
    expectRefusal(
      await print("prod", await portal()),
      `${where}: AWS does not accept the login any more`,
      again,
    );
  });

  test("a role that is not assigned", async () => {
    configure(session.replace("Developer", "Admin"), section);
    expectRefusal(
      await print("prod", await portal()),
      `${where}: AWS gives you no access to role Admin of account 222222222222`,
      "Compare sso_role_name and sso_account_id with what https://d-1234567890.awsapps.com/start#/ lists.",
    );
  });

  test("no answer", async () => {
    const silent = await during(startLoopback(() => null));
    const closed = await startLoopback(() => null);
    await closed.close();
    expectRefusal(
      await print("prod", { AWS_ENDPOINT_URL_SSO: closed.url }),
      `${where}: SSO in eu-west-1 cannot be reached: nothing answers there`,
      "Check the network, a proxy or VPN; then try again.",
    );
    expectRefusal(
      await print("prod", { AWS_ENDPOINT_URL_SSO: silent.url, KOPS_MFA_TIMEOUT: "1" }),
      `${where}: SSO in eu-west-1 cannot be reached: no answer in time`,
      "Check the network, a proxy or VPN; then try again.",
    );
  });

  test("a name that AWS's SDKs cannot read", async () => {
    configure(session.replace("my.corp", "my corp"), section.replace("my.corp", '"my corp"'));
    const { stderr } = await print("prod", await portal());
    expect(stderr).toContain(`AWS's SDKs cannot read the name of sso-session "my corp"`);
  });
});

describe("aws login", () => {
  const arn = "arn:aws:iam::111111111111:user/jon";
  const where = '`aws login` of profile "base" (~/.aws/config:3)';
  const again = "Run `aws login --profile base`, then try again.";
  const file = `.aws/login/cache/${createHash("sha256").update(arn).digest("hex")}.json`;

  /** As `aws login` writes it. */
  async function cacheLogin(expiresAt?: string): Promise<string> {
    const { expiration, ...credentials } = await mint();
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const login = {
      accessToken: {
        ...credentials,
        accountId: "111111111111",
        expiresAt: expiresAt ?? expiration.toISOString(),
      },
      tokenType: "aws_sigv4",
      clientId: "arn:aws:signin:::devtools/same-device",
      refreshToken: "refresh",
      idToken: "id",
      dpopKey: privateKey.export({ type: "sec1", format: "pem" }),
    };
    return person.write(file, JSON.stringify(login));
  }

  beforeEach(() => configure(`login_session = ${arn}`));

  test("its credentials assume the role", async () => {
    await cacheLogin();
    expectTarget(await print("prod"));
  });

  test("they are renewed when they have run out, and kept", async () => {
    const path = await cacheLogin("2020-01-01T00:00:00Z");
    const fresh = await mint();
    const { accessKeyId, secretAccessKey, sessionToken } = fresh;
    const signIn = await during(
      startLoopback(({ target: path, headers }) =>
        path === "/v1/token" && headers["dpop"] !== undefined
          ? json(200, {
              accessToken: { accessKeyId, secretAccessKey, sessionToken },
              tokenType: "aws_sigv4",
              expiresIn: 900,
              refreshToken: "next",
            })
          : json(404, {}),
      ),
    );
    expectTarget(await print("prod", { AWS_ENDPOINT_URL_SIGNIN: signIn.url }));
    expect(person.sandbox.requests.at(-1)?.accessKeyId).toBe(accessKeyId);
    expect(JSON.parse(readFileSync(path, "utf8"))).toMatchObject({ refreshToken: "next" });
  });

  test.each([
    ["TOKEN_EXPIRED", "the login has expired", again],
    ["USER_CREDENTIALS_CHANGED", "the login ended when the password was changed", again],
    [
      "INSUFFICIENT_PERMISSIONS",
      "your policies do not let the login be renewed",
      "Ask for signin:CreateOAuth2Token (the policy SignInLocalDevelopmentAccess has it).",
    ],
  ])("a renewal that AWS refuses: %s", async (error, what, hint) => {
    await cacheLogin("2020-01-01T00:00:00Z");
    const signIn = await during(
      startLoopback(() =>
        json(403, { __type: "AccessDeniedException", error, message: "refused" }),
      ),
    );
    const result = await print("prod", { AWS_ENDPOINT_URL_SIGNIN: signIn.url });
    expectRefusal(result, `${where}: ${what}`, hint);
  });

  test("a renewal that nobody answers", async () => {
    await cacheLogin("2020-01-01T00:00:00Z");
    const closed = await startLoopback(() => null);
    await closed.close();
    expectRefusal(
      await print("prod", { AWS_ENDPOINT_URL_SIGNIN: closed.url }),
      `${where}: AWS Sign-In cannot be reached: nothing answers there`,
      "Check the network, a proxy or VPN; then try again.",
    );
  });

  test("no login, and one that cannot be read", async () => {
    person.write(file, '{"accessToken": "login-secret');
    const result = await print("prod");
    expectRefusal(result, `${where}: the login that is kept cannot be read`, again);
    expect(result.stderr).not.toContain("login-secret");
    configure(`login_session = ${arn}-of-nobody`);
    expectRefusal(await print("prod"), `${where}: there is no login`, again);
  });
});

describe("web identity", () => {
  const lines = () => `role_arn = ${developer}\nweb_identity_token_file = ${person.path("token")}`;
  const where = 'the web identity of profile "base" (~/.aws/config:4)';

  async function sts() {
    const options = { sandbox: person.sandbox, token: "a.b.c", roleArn: developer, mint };
    return { AWS_ENDPOINT_URL_STS: (await during(startWebIdentity(options))).url };
  }

  beforeEach(() => {
    configure(lines());
    person.write("token", "a.b.c\n");
  });

  test("its role assumes the next, at the same endpoint", async () => {
    expectTarget(await print("prod", await sts()));
  });

  test("a profile of its own gives its role's credentials", async () => {
    const { exitCode, stdout, stderr } = await print("base", await sts());
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/"AccessKeyId": ?"ASIA/);
  });

  test("the variables of a pod do the same", async () => {
    person.write(".aws/config", "");
    const { exitCode, stderr } = await person.run(["env", "--format", "process"], {
      env: {
        ...(await sts()),
        AWS_ROLE_ARN: developer,
        AWS_WEB_IDENTITY_TOKEN_FILE: person.path("token"),
      },
    });
    expect([exitCode, stderr]).toEqual([0, ""]);
  });

  test.each([
    [
      "expired-token",
      "its token has expired: Token expired: current date/time 1731098245 must be before the expiration date/time 1731095240",
      "What writes the token file must renew it: a pod's is renewed by itself, a CI job asks for a new one.",
    ],
    [
      "foreign-token",
      "STS does not accept its token: No OpenIDConnect provider found in your account for https://issuer.example/",
      "The role's account needs an OIDC provider for the token's issuer, and that provider the token's audience.",
    ],
    [
      "other-token",
      "its token may not assume the role: Not authorized to perform sts:AssumeRoleWithWebIdentity",
      "Check the role's ARN and its trust policy: the provider, and the conditions on the token's sub and aud.",
    ],
  ])("%s", async (token, what, hint) => {
    person.write("token", token);
    expectRefusal(await print("prod", await sts()), `${where}: ${what}`, hint);
  });

  test("no token file", async () => {
    configure(lines().replace(/token$/, "nowhere"));
    expectRefusal(
      await print("prod", await sts()),
      `${where}: the token file ${person.path("nowhere")} cannot be read (no such file or directory)`,
      "Correct web_identity_token_file or AWS_WEB_IDENTITY_TOKEN_FILE, or have the file written first.",
    );
  });

  test("no answer", async () => {
    const closed = await startLoopback(() => null);
    await closed.close();
    expectRefusal(
      await print("prod", { AWS_ENDPOINT_URL_STS: closed.url }),
      `${where}: STS cannot be reached: nothing answers there`,
      "Check the network, a proxy or VPN; then try again.",
    );
  });
});

describe("an EC2 instance", () => {
  const where = "the role of this EC2 instance";
  const endpoint = (server: Loopback) => ({ AWS_EC2_METADATA_SERVICE_ENDPOINT: server.url });

  beforeEach(() => {
    const role = `role_arn = ${target}\ncredential_source = Ec2InstanceMetadata`;
    person.write(".aws/config", `[profile prod]\nregion = eu-west-1\n${role}\n`);
  });

  test("its role assumes the next", async () => {
    const service = await during(startInstanceMetadata("node", mint));
    expectTarget(await print("prod", endpoint(service)));
  });

  test("credentials that the service has not renewed in time are tried all the same, in silence", async () => {
    const late = async () => ({ ...(await mint()), expiration: new Date(0) });
    const service = await during(startInstanceMetadata("node", late));
    expectTarget(await print("prod", endpoint(service)));
  });

  test("none is attached", async () => {
    const service = await during(startInstanceMetadata(null, mint));
    expectRefusal(
      await print("prod", endpoint(service)),
      `${where}: no role is attached to the instance`,
      "Attach an instance profile, or name a source_profile with access keys.",
    );
  });

  test("it is forbidden to ask", async () => {
    const service = await during(startInstanceMetadata("node", mint));
    const env = { ...endpoint(service), AWS_EC2_METADATA_DISABLED: "true" };
    expectRefusal(
      await print("prod", env),
      `${where}: AWS_EC2_METADATA_DISABLED forbids to ask for it`,
      "Unset the variable, or name a source_profile with access keys instead.",
    );
    expect(service.requests).toEqual([]);
  });

  test.each([
    { AWS_EC2_METADATA_SERVICE_ENDPOINT: "nonsense" },
    { AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE: "IPv5" },
  ])("an address that is none: %j", async (env) => {
    expectRefusal(
      await print("prod", env),
      `${where}: AWS_EC2_METADATA_SERVICE_ENDPOINT or its _MODE is not what it must be`,
      "The one is a URL, the other IPv4 or IPv6; without them the service is found by itself.",
    );
  });

  test("away from EC2 the wait is short", async () => {
    const silent = await during(startLoopback(() => null));
    const start = Date.now();
    const result = await print("prod", endpoint(silent));
    expect(Date.now() - start).toBeLessThan(5000);
    expectRefusal(
      result,
      `${where}: the instance metadata service cannot be reached: no answer in time`,
      "It works on an EC2 instance only; elsewhere name a source_profile with access keys.",
    );
  });
});

describe("a container", () => {
  const where = "the role of this container";
  const check =
    "Check AWS_CONTAINER_CREDENTIALS_FULL_URI or _RELATIVE_URI: something else may answer there.";
  const at = (server: Loopback, more: Record<string, string> = {}) => ({
    AWS_CONTAINER_CREDENTIALS_FULL_URI: `${server.url}/creds`,
    ...more,
  });

  beforeEach(() => {
    const role = `role_arn = ${target}\ncredential_source = EcsContainer`;
    person.write(".aws/config", `[profile prod]\nregion = eu-west-1\n${role}\n`);
  });

  test("its role assumes the next, with a token or without", async () => {
    const open = await during(startContainerEndpoint(null, mint));
    expectTarget(await print("prod", at(open)));
    person.forget();
    const guarded = await during(startContainerEndpoint("guard", mint));
    expectTarget(await print("prod", at(guarded, { AWS_CONTAINER_AUTHORIZATION_TOKEN: "guard" })));
    person.forget();
    const file = { AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: person.write("pod-token", "guard\n") };
    const both = { ...file, AWS_CONTAINER_AUTHORIZATION_TOKEN: "stale" };
    expectTarget(await print("prod", at(guarded, both)));
  });

  test("a role alone is assumed with it, as kops does", async () => {
    person.write(".aws/config", `[profile prod]\nregion = eu-west-1\nrole_arn = ${target}\n`);
    expectTarget(await print("prod", at(await during(startContainerEndpoint(null, mint)))));
  });

  test("a token that is not taken, or missing", async () => {
    const guarded = await during(startContainerEndpoint("guard", mint));
    const host = guarded.url.replace("http://", "");
    const answered = `${where}: its endpoint (${host}) answered with HTTP 403`;
    const wrong = await print(
      "prod",
      at(guarded, { AWS_CONTAINER_AUTHORIZATION_TOKEN: "secret-guess" }),
    );
    expectRefusal(wrong, answered, check);
    expectRefusal(
      await print("prod", at(guarded)),
      `${answered}, and no AWS_CONTAINER_AUTHORIZATION_TOKEN is set`,
      "Set it; where a session of kops-mfa is in this shell, which unset it, open a new shell.",
    );
  });

  test("an endpoint that never answers, and one that is something else", async () => {
    const silent = await during(startLoopback(() => null));
    const start = Date.now();
    const late = await print("prod", at(silent));
    expect(Date.now() - start).toBeLessThan(8000);
    expectRefusal(
      late,
      `${where}: its endpoint (${silent.url.replace("http://", "")}) cannot be reached: no answer in time`,
      check,
    );
    const page = await during(startLoopback(() => ({ status: 200, body: "<html>secret" })));
    expectRefusal(
      await print("prod", at(page)),
      `${where}: what ${page.url.replace("http://", "")} answered is not a JSON object`,
      check,
    );
  });

  test("one that is far away and not encrypted", async () => {
    const far = { AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://192.0.2.1/creds" };
    expectRefusal(
      await print("prod", far),
      "AWS_CONTAINER_CREDENTIALS_FULL_URI: http://192.0.2.1 is not encrypted, so nothing is sent there",
      "Use https://, or set KOPS_MFA_ALLOW_HTTP=1 if everybody on the way to that host may read MFA codes and sessions.",
    );
  });
});
