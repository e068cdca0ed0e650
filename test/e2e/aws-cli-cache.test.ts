import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { addUser } from "../sandbox/build.ts";
import { EXTERNAL_ID } from "../sandbox/world.ts";
import { AwsCli, skipWithoutAws } from "./aws-cli.ts";
import { Person } from "./person.ts";

let person: Person;
let cli: AwsCli;
let shared: string;
let own: string;

beforeAll(async () => {
  person = await Person.arrive();
  cli = new AwsCli(person);
  shared = person.path(".aws/cli/cache");
  own = person.path(".cache/kops-mfa");
  const ann = addUser(person.world.people, "ann", "ANN0", {
    mayAssume: ["arn:aws:iam::222222222222:role/kops-*"],
  });
  mkdirSync(person.path(".config/kops-mfa"), { recursive: true });
  person.write(".config/kops-mfa/config.ini", "[defaults]\ncache = aws-cli\n");
  const { accessKeyId, secretAccessKey } = ann.accessKeys[0]!;
  const keys = `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}`;
  const before = readFileSync(person.path(".aws/config"), "utf8");
  person.write(".aws/config", `${before}\n[profile ann]\n${keys}\n\n${profiles}`);
});
afterAll(() => person.leave());
beforeEach(() => {
  person.forget();
  rmSync(person.path(".aws/cli"), { recursive: true, force: true });
});

const role = (name: string, ...lines: readonly string[]) =>
  [`role_arn = arn:aws:iam::222222222222:role/${name}`, ...lines].join("\n");
const jon = "source_profile = default";
const device = "mfa_serial = arn:aws:iam::111111111111:mfa/jon";

const profiles = `
[profile named]
${role("kops-admin", jon, device, "role_session_name = jon")}

[profile long]
${role("kops-admin", jon, device, "duration_seconds = 7200")}

[profile brief]
${role("kops-admin", jon, device, "duration_seconds = 900")}

[profile external]
${role("kops-external", jon, device, `external_id = ${EXTERNAL_ID}`)}

[profile open]
${role("kops-open", jon)}

[profile open-to-ann]
${role("kops-open", "source_profile = ann")}
`;

const kopsMfa = (...args: readonly string[]) => person.run(args);
const login = (profile = "prod") => kopsMfa("login", profile, "--token-code", person.code());
const env = (profile = "prod") => kopsMfa("env", profile, "--shell", "sh");
const calls = () => person.sandbox.requests.map(({ params }) => params["Action"]);
const sharedFiles = () => (existsSync(shared) ? readdirSync(shared) : []);
const ownFiles = () => readdirSync(own).filter((name) => name.endsWith(".json"));
const sharedFile = () => join(shared, sharedFiles()[0]!);
const sharedText = () => readFileSync(sharedFile(), "utf8");

/** The AWS CLI makes the session: it asks for the code on its terminal. */
async function awsLogin(profile = "prod"): Promise<void> {
  const terminal = cli.askWhoAmI(profile);
  await terminal.shows("Enter MFA code for");
  terminal.type(`${person.code()}\n`);
  expect(await terminal.ends()).toBe(0);
}

describe.skipIf(skipWithoutAws)("with the AWS CLI", () => {
  test.for(["prod", "named", "long", "external"])(
    "after a login to %s it asks for no code and calls no AssumeRole",
    async (profile) => {
      await login(profile);
      const { exitCode, stdout, stderr } = await cli.whoAmI(profile);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
      expect((JSON.parse(stdout) as { Arn: string }).Arn).toMatch(/:assumed-role\/kops-.*\/jon$/);
      expect(calls()).toEqual(["AssumeRole", "GetCallerIdentity"]);
      expect(sharedFiles()).toHaveLength(1);
    },
  );

  test.for(["prod", "named", "long", "external"])(
    "after its own session for %s we ask for no code",
    async (profile) => {
      await awsLogin(profile);
      const { exitCode, stdout, stderr } = await env(profile);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
      const { AccessKeyId } = (JSON.parse(sharedText()) as Shared).Credentials;
      expect(stdout).toContain(`export AWS_ACCESS_KEY_ID='${AccessKeyId}';`);
      expect(calls()).toEqual(["AssumeRole", "GetCallerIdentity"]);
      expect((await kopsMfa("status", profile)).exitCode).toBe(0);
    },
  );

  test("a role without a code is shared both ways", async () => {
    await env("open");
    expect((await cli.whoAmI("open")).exitCode).toBe(0);
    expect(calls()).toEqual(["AssumeRole", "GetCallerIdentity"]);
    rmSync(sharedFile());
    await cli.whoAmI("open");
    expect((await env("open")).exitCode).toBe(0);
    expect(calls().slice(2)).toEqual(["AssumeRole", "GetCallerIdentity"]);
  });

  test("an empty file, which stops the AWS CLI for ever, is replaced by the next login", async () => {
    await login();
    writeFileSync(sharedFile(), "");
    expect((await cli.whoAmI("prod")).exitCode).not.toBe(0);
    person.sandbox.forgetCodes();
    rmSync(
      join(
        own,
        readdirSync(own).find((name) => name.endsWith(".code"))!,
      ),
    );
    const { stderr } = await login();
    expect(stderr).toContain(`the AWS CLI's ${sharedFiles()[0]!} is not readable, and is ignored`);
    expect((await cli.whoAmI("prod")).exitCode).toBe(0);
  });

  test("it wants 15 min to be left, and we 5", async () => {
    await login("brief");
    expect((await env("brief")).exitCode).toBe(0);
    const { exitCode, stdout } = await cli.whoAmI("brief");
    expect([exitCode, stdout]).toEqual([expect.any(Number), ""]);
    expect(exitCode).not.toBe(0);
  });

  test("logout leaves what it made, except of the profile that is named", async () => {
    await awsLogin();
    expect((await kopsMfa("logout")).stderr).toBe("kops-mfa: 0 sessions forgotten\n");
    expect((await kopsMfa("logout", "staging")).stderr).toBe("kops-mfa: 0 sessions forgotten\n");
    expect((await cli.whoAmI("prod")).exitCode).toBe(0);
    expect((await kopsMfa("logout", "prod")).stderr).toBe("kops-mfa: 1 session forgotten\n");
    expect(sharedFiles()).toEqual([]);
    expect((await env()).exitCode).toBe(1);
  });
});

interface Shared {
  readonly Credentials: Readonly<Record<string, string>>;
  readonly AssumedRoleUser: { readonly Arn: string };
}

test("the file is of the AWS CLI's name and form, 0600, and the only copy", async () => {
  await login();
  // Python: sha1(json.dumps({"RoleArn": "…/kops-admin", "SerialNumber": "…/jon"}, sort_keys=True))
  expect(sharedFiles()).toEqual(["b731463b7a76f839db3b83f7267b231d43551e84.json"]);
  expect((statSync(sharedFile()).mode & 0o777).toString(8)).toBe("600");
  expect(JSON.parse(sharedText())).toEqual({
    Credentials: {
      AccessKeyId: expect.stringMatching(/^ASIA/) as string,
      SecretAccessKey: expect.any(String) as string,
      SessionToken: expect.any(String) as string,
      Expiration: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dUTC$/) as string,
      AccountId: "222222222222",
    },
    AssumedRoleUser: { Arn: "arn:aws:sts::222222222222:assumed-role/kops-admin/jon" },
  });
  expect(ownFiles()).toEqual([]);
});

test("what the AWS CLI could not have made stays in our own place", async () => {
  await login("chained");
  expect(calls()).toEqual(["GetSessionToken", "AssumeRole", "AssumeRole"]);
  expect([sharedFiles(), ownFiles().length]).toEqual([[], 3]);
});

test("session = shared wins, and the session is then ours alone", async () => {
  const settings = person.write("settings.ini", "[defaults]\ncache = aws-cli\nsession = shared\n");
  const args = ["login", "prod", "--token-code", person.code()];
  await person.run(args, { env: { KOPS_MFA_CONFIG: settings } });
  expect(calls()).toEqual(["GetSessionToken", "AssumeRole"]);
  expect(sharedFiles()).toEqual([]);
});

test("what one user made is not given to another, though the name is the same", async () => {
  await env("open");
  const first = sharedText();
  await env("open-to-ann");
  expect(calls()).toEqual(["AssumeRole", "AssumeRole"]);
  expect(sharedFiles()).toHaveLength(1);
  expect(sharedText()).not.toBe(first);
});

test.for<readonly [title: string, from: string, to: string]>([
  ["of another account", "::222222222222:assumed-role", "::111111111111:assumed-role"],
  ["of another role", "assumed-role/kops-admin/", "assumed-role/kops-short/"],
])("a session %s is ignored, with a word", async ([, from, to]) => {
  await login();
  rmSync(own, { recursive: true });
  writeFileSync(sharedFile(), sharedText().replace(from, to));
  const { exitCode, stderr } = await env();
  expect(exitCode).toBe(1);
  expect(stderr).toContain("is of another role, and is ignored");
});

test("other files of the AWS CLI are not touched, however old", async () => {
  mkdirSync(shared, { recursive: true });
  writeFileSync(join(shared, "sso.json"), "{}");
  utimesSync(join(shared, "sso.json"), 1, 1);
  await login();
  await kopsMfa("logout");
  expect(sharedFiles()).toEqual(["sso.json"]);
});

test("logout forgets what we put there: all, or that of a profile", async () => {
  await login();
  await env("open");
  expect((await kopsMfa("logout", "open")).stderr).toBe("kops-mfa: 1 session forgotten\n");
  expect(sharedFiles()).toHaveLength(1);
  expect((await kopsMfa("logout")).stderr).toBe("kops-mfa: 1 session forgotten\n");
  expect(sharedFiles()).toEqual([]);
  expect(readdirSync(own).filter((name) => !name.endsWith(".code"))).toEqual([]);
});
