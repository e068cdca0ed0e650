import { rmSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { Person } from "./person.ts";
import { StandIn } from "./stand-in.ts";
import { TestTerminal } from "./terminal.ts";
import { skipWithoutStrace, tracedRun } from "./traced-run.ts";

let person: Person;
let programs: StandIn;
beforeAll(async () => {
  person = await Person.arrive();
  // Each notes its start in the same file.
  programs = ["kops", "tool", "stty"].map((name) => new StandIn(person, name))[0]!;
});
afterAll(() => person.leave());
beforeEach(() => {
  person.forget();
  programs.starts();
});

type Variables = Readonly<Record<string, string>>;

const login = () => person.run(["login", "prod", "--token-code", person.code()]);
const code = (): Variables => ({ KOPS_MFA_TOKEN_CODE: person.code(), KOPS_MFA_SHELL: "sh" });

/** Fails unless programs with these first arguments were started, none of which has the code under any name. */
function expectNoCode(...argv0: readonly string[]): void {
  const starts = programs.starts();
  expect(starts.map(({ argv }) => argv[0] ?? "")).toEqual(argv0);
  for (const { env } of starts) {
    expect(env).not.toHaveProperty("KOPS_MFA_TOKEN_CODE");
    expect(Object.values(env)).not.toContain(person.code());
    // The user's own settings are theirs to hand on.
    expect(env["KOPS_MFA_SHELL"]).toBe("sh");
  }
}

test.for<readonly string[]>([
  ["version"],
  ["help"],
  ["--help", "get"],
  ["completion", "bash"],
  ["__complete", "get", ""],
  ["__complete", "get", "clusters", "--name", ""],
  ["get", "clusters"],
  ["-p", "prod", "get", "clusters"],
  ["-p", "prod", "--server", "get", "clusters"],
  ["toolbox", "template"],
])("kops never gets the code: %s", async (words) => {
  const { accessKeyId, secretAccessKey } = person.world.jon.accessKeys[0]!;
  const env = {
    ...code(),
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    KOPS_MFA_ROLE_ARN: "arn:aws:iam::222222222222:role/kops-admin",
    KOPS_MFA_ARN: person.serial,
  };
  const own = words[0] === "--help" ? ["--", ...words] : words;
  const { exitCode, stderr } = await person.run(own, { env });
  expect(exitCode, stderr).toBe(0);
  const first = words.find((word) => !/^(-p|prod|--server)$/.test(word)) ?? "";
  expectNoCode(first);
});

test.for<readonly string[]>([
  ["exec", "prod", "--", "tool", "x"],
  ["exec", "--server", "prod", "--", "tool", "x"],
  ["-p", "prod", "--no-prompt", "--", "get", "x"],
])("with a session that is kept: %s", async (words) => {
  await login();
  const { exitCode, stderr } = await person.run(words, { env: code() });
  expect(exitCode, stderr).toBe(0);
  expectNoCode(words.at(-2) === "tool" ? "x" : "get");
});

test("what is asked at a Tab behind a kops command, and profile names need no kops", async () => {
  const env = { ...code(), NODE_DEBUG: "child_process" };
  const kops = await person.run(["__complete-kops", "get", "="], { env });
  expect(kops).toMatchObject({ exitCode: 0, stderr: "" });
  expectNoCode("__complete");
  const profiles = await person.run(["__profiles"], { env });
  expect(profiles).toMatchObject({ exitCode: 0, stderr: "" });
  expect(profiles.stdout).toContain("prod\n");
  expectNoCode();
});

test("doctor's question for the version of kops, which gets no keys either", async () => {
  const env = { ...code(), AWS_ACCESS_KEY_ID: "AKIATESTTESTTESTOLD0", S3_SECRET_ACCESS_KEY: "x" };
  await person.run(["doctor", "prod"], { env });
  const [start] = programs.starts();
  expect(start?.argv).toEqual(["version"]);
  expect(Object.keys(start?.env ?? {}).filter((name) => /^(AWS|S3)_/.test(name))).toEqual([]);
  expect(start?.env).not.toHaveProperty("KOPS_MFA_TOKEN_CODE");
});

describe("credentials from a program", () => {
  const source = (script: string) => {
    const { accessKeyId, secretAccessKey } = person.world.jon.accessKeys[0]!;
    const keys = { Version: 1, AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey };
    person.write("keys.json", JSON.stringify(keys));
    onTestFinished(() => rmSync(person.path("keys.json")));
    const config = `[default]
credential_process = tool source && cat ${person.path("keys.json")}
[profile base]
credential_process = ${script} && cat ${person.path("keys.json")}
[profile made]
region = eu-west-1
role_arn = arn:aws:iam::222222222222:role/kops-admin
source_profile = base
mfa_serial = ${person.serial}
`;
    return {
      AWS_CONFIG_FILE: person.write("config", config),
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    };
  };

  test.for<readonly string[]>([
    ["login", "made"],
    ["env", "made"],
    ["exec", "made", "--", "true"],
    ["-p", "made", "get", "clusters"],
    ["credential-process", "--profile", "made"],
    ["doctor", "made", "--login"],
    ["setup", "new", "--yes", "--role-arn", "kops-admin", "--dry-run"],
  ])("credential_process never gets the code: %s", async (words) => {
    const env = { ...code(), ...source("tool source") };
    await person.run(words, { env });
    const starts = programs.starts();
    const own = starts.filter(({ argv }) => argv[0] === "source");
    expect(own).not.toEqual([]);
    for (const { env: seen } of starts) {
      expect(Object.values(seen)).not.toContain(person.code());
      expect(seen).not.toHaveProperty("KOPS_MFA_TOKEN_CODE");
    }
    for (const { env: seen } of own) {
      expect(seen["KOPS_MFA_PROCESS_CHAIN"]).toMatch(/profile "(base|default)"/);
    }
  });

  test("nor does stty, which is asked whether it hides what is typed; and that gets no keys", async () => {
    const env = { ...person.env, ...code(), ...source("tool source && sleep 2.5") };
    const terminal = new TestTerminal("kops-mfa", ["login", "made"], env);
    expect(await terminal.ends(), terminal.screen).toBe(0);
    const [, stty] = programs.starts();
    expect(stty?.argv).toEqual(["-a"]);
    expect(Object.keys(stty?.env ?? {}).filter((name) => name.startsWith("AWS_"))).toEqual([]);
    expect(Object.values(stty?.env ?? {})).not.toContain(person.code());
  });
});

test("mfa_process, when a session is renewed that a code in the environment began with", async () => {
  await login();
  person.sandbox.forgetCodes();
  rmSync(person.path(".cache/kops-mfa/arn-aws-iam--111111111111-mfa-jon.code"), { force: true });
  person.shortenSessions("AssumeRole", 6 * 60);
  person.shortenSessions("GetSessionToken", -1);
  const command = `tool codes && echo ${person.code()}`;
  const own = person.write("codes.ini", `[prod]\nmfa_process = ${command}\n`);
  const env = { ...code(), KOPS_MFA_CONFIG: own };
  const words = ["exec", "--server", "prod", "--", "sh", "-c", "tool child; sleep 4"];
  const { stderr } = await person.run(words, { env });
  expect(stderr).toContain("the session is renewed");
  expectNoCode("child", "codes");
});

test.skipIf(skipWithoutStrace)("the keyring's process, which gets no keys either", async () => {
  const env = { ...code(), KOPS_MFA_CACHE: "keyring", AWS_SESSION_TOKEN: "t0ken" };
  const { started } = await tracedRun(person, ["login", "prod"], env);
  const helper = started.find(({ argv }) => argv.includes("keyring.cjs"));
  expect(helper?.environ).toContain("KOPS_MFA_SHELL=sh");
  expect(helper?.environ).not.toMatch(/KOPS_MFA_TOKEN_CODE|AWS_|t0ken/);
});
