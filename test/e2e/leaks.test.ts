import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { kopsUser, kubeconfigOf } from "../support/kubeconfig/build.ts";
import { Person } from "./person.ts";
import { Secrets } from "./secrets.ts";
import { skipWithoutStrace, tracedRun, type TracedResult } from "./traced-run.ts";

type Variables = Readonly<Record<string, string>>;

interface Row {
  readonly words: readonly string[];
  readonly env?: Variables | (() => Variables);
  readonly exitCode?: number;
  /** What standard error must say, so that the run was the one that was meant. */
  readonly says?: string | RegExp;
  /** Where the secrets of the session belong, besides the file that keeps it. */
  readonly gives?: "stdout" | "child" | "output";
  /** More that nobody may see. */
  readonly secret?: string;
  readonly before?: () => void | Promise<void>;
}

let person: Person;
beforeAll(async () => {
  person = await Person.arrive();
  for (const name of ["kops", "tool"]) person.write(`bin/${name}`, stub, 0o700);
  mkdirSync(person.path(".kube"));
  mkdirSync(person.path("tmp"));
});
afterAll(() => person.leave());

/** kops, or any other program: writes nothing, and ends as it is told. */
const stub = '#!/bin/sh\nexit "${STUB_EXIT:-0}"\n';

/** What a row may write that has a secret in it. */
const written = ["output", "other-config", "other-credentials", ".kube/config"];

const code = () => ({ KOPS_MFA_TOKEN_CODE: person.code() });
/** The code that was used last, which another half minute does not change. */
let used: Variables = {};
const login = () => {
  used = code();
  return person.run(["login", "prod"], { env: used });
};

type Table = Readonly<Record<string, Row>>;

const withSession: Table = {
  env: { words: ["env", "prod", "--shell", "sh"], gives: "stdout" },
  "env for fish": { words: ["env", "prod", "--shell", "fish"], gives: "stdout" },
  "env as JSON": { words: ["env", "prod", "--format", "json"], gives: "stdout" },
  "env --output": {
    words: ["env", "prod", "--shell", "sh", "--output", "OUTPUT"],
    gives: "output",
  },
  "env --unset": { words: ["env", "--unset", "--shell", "sh"] },
  exec: { words: ["exec", "prod", "--", "tool"], gives: "child" },
  "exec --server": { words: ["exec", "--server", "prod", "--", "tool"] },
  kops: { words: ["-p", "prod", "get", "clusters"], gives: "child" },
  "kops, served": { words: ["-p", "prod", "--server", "update", "cluster"] },
  login: { words: ["login", "prod"], says: "session of" },
  status: { words: ["status", "prod"] },
  use: { words: ["use", "prod"], exitCode: 1, says: "integration" },
  off: { words: ["off"], exitCode: 1, says: "integration" },
  "status --json": { words: ["status", "prod", "--json"] },
  explain: { words: ["explain", "prod"] },
  "explain --json": { words: ["explain", "prod", "--json"] },
  doctor: { words: ["doctor", "prod"], env: () => everything() },
  "doctor --json": { words: ["doctor", "prod", "--json"], env: () => everything() },
  "doctor of a shell that carries it": {
    words: ["doctor", "prod"],
    env: () => ({ ...everything(), ...carried() }),
  },
  "status in a shell that carries it": { words: ["status"], env: () => carried() },
  kubeconfig: { words: ["kubeconfig", "-p", "prod", "--yes"], says: "changed" },
  "credential-process": {
    words: ["credential-process", "--profile", "prod"],
    gives: "stdout",
  },
  policy: { words: ["policy", "prod", "--state-store", "s3://clusters.example.com"] },
  init: { words: ["init", "bash"] },
  completions: { words: ["completions", "zsh"] },
  setup: { words: ["setup", "new", "--yes", "--role-arn", "kops-admin", "--dry-run"] },
  "what shells ask": { words: ["__profiles"] },
  "a kops that fails": {
    words: ["-p", "prod", "get", "clusters", "--state", "s3://nowhere"],
    env: () => ({ ...everything(), STUB_EXIT: "1" }),
    exitCode: 1,
    says: "nowhere",
    gives: "child",
  },
  "a file that cannot be written": {
    words: ["env", "prod", "--shell", "sh", "--output", "/dev/null/output"],
    exitCode: 1,
    says: "cannot be written",
  },
  "a kubeconfig that is none": {
    words: ["kubeconfig", "-p", "prod", "--yes"],
    before: () => void person.write(".kube/config", "users: [{token: t0psecret"),
    secret: "t0psecret",
    exitCode: 1,
    says: ".kube/config",
  },
};

const withoutSession: Table = {
  "a login": { words: ["login", "prod"], env: code },
  "exec with a code": { words: ["exec", "prod", "--", "tool"], env: code, gives: "child" },
  "a code from a program": {
    words: ["env", "prod", "--shell", "sh"],
    env: () => profile(`mfa_process = ${printing(person.code())} | cat`),
    gives: "stdout",
  },
  "a wrong code": {
    words: ["login", "prod"],
    env: { KOPS_MFA_TOKEN_CODE: "918273" },
    secret: "918273",
    exitCode: 1,
    says: "STS refused the code",
  },
  "a code that was used": {
    words: ["login", "prod"],
    env: () => used,
    before: async () => {
      await login();
      await person.run(["logout"]);
    },
    exitCode: 1,
    says: "has been used",
  },
  "a password instead of a code": {
    words: ["login", "prod"],
    env: { KOPS_MFA_TOKEN_CODE: "correct horse" },
    secret: "correct horse",
    exitCode: 2,
    says: "KOPS_MFA_TOKEN_CODE",
  },
  "a program that gives something else": {
    words: ["login", "prod"],
    env: () => profile(`mfa_process = ${printing("correct horse")}`),
    secret: "correct horse",
    exitCode: 1,
    says: "mfa_process",
  },
  "a role that is not for this user": {
    words: ["login", "mallory"],
    env: () => ({
      KOPS_MFA_TOKEN_CODE: person.sandbox.code(person.serial.replace("jon", "mallory")),
    }),
    exitCode: 1,
    says: "may not",
  },
  "a secret key that is wrong": {
    words: ["login", "prod"],
    env: () => ({ ...code(), ...credentials("AKIATESTTESTTESTJON0", "wrong/s3cret+key") }),
    secret: "wrong/s3cret+key",
    exitCode: 1,
    says: "secret",
  },
  "half a pair of keys": {
    words: ["login", "prod"],
    env: () => ({ ...code(), ...credentials("", "wrong/s3cret+key") }),
    secret: "wrong/s3cret+key",
    exitCode: 1,
    says: "other-credentials",
  },
  "a line that is none": {
    words: ["login", "prod"],
    env: () => ({
      ...code(),
      AWS_SHARED_CREDENTIALS_FILE: person.write(
        "other-credentials",
        "[default]\naws_secret_access_key wrong/s3cret+key\n",
      ),
    }),
    secret: "wrong/s3cret+key",
    exitCode: 1,
    says: "other-credentials:2",
  },
  "a credential_process that prints half of it": {
    words: ["login", "prod"],
    env: () => profile("", `credential_process = ${printing('{"SecretAccessKey": "t0psecret')}`),
    secret: "t0psecret",
    exitCode: 1,
    says: "is not a JSON object",
  },
  "an STS that repeats the code": {
    words: ["login", "prod"],
    env: code,
    before: () => repeat(person.code()),
    exitCode: 1,
    says: "GetSessionToken",
  },
  "an STS that repeats the code in something else": {
    words: ["login", "prod"],
    env: code,
    before: () => {
      person.sandbox.fault({ kind: "body", body: `<html>${person.code()}`, status: 400 });
    },
    exitCode: 1,
    says: "is not STS",
  },
  "a session in a file that is cut off": {
    words: ["status", "prod"],
    before: async () => {
      await login();
      for (const file of person.sessionFiles()) {
        writeFileSync(file, readFileSync(file, "utf8").slice(0, -5));
      }
    },
    exitCode: 1,
    says: ".json",
  },
  "an STS that repeats the session token": {
    words: ["login", "prod"],
    before: async () => {
      await login();
      person.shortenSessions("AssumeRole", -1);
      const { secretAccessKey = "", sessionToken = "" } = kept("GetSessionToken");
      repeat(`${secretAccessKey} ${sessionToken}`);
    },
    exitCode: 1,
    says: "AssumeRole",
  },
  "a bug": {
    words: ["login", "prod"],
    env: () => ({
      ...code(),
      NODE_OPTIONS: `--require ${person.write("bug.cjs", bug)}`,
      KOPS_MFA_DEBUG: "1",
    }),
    exitCode: 1,
    says: /internal error: a bug[^]*\n +at /,
  },
  logout: {
    words: ["logout"],
    before: async () => {
      await login();
    },
    says: "2 sessions forgotten",
  },
};

describe.skipIf(skipWithoutStrace)("with a session that is kept", () => {
  beforeAll(async () => {
    person.forget();
    expect((await login()).exitCode).toBe(0);
  });

  test.for(Object.entries(withSession))("%s shows no secret", ([, row]) => watch(row));
});

describe.skipIf(skipWithoutStrace)("without one", () => {
  beforeEach(() => person.forget());

  test.for(Object.entries(withoutSession))("%s shows no secret", ([, row]) => watch(row));
});

test("no command is missing in these tables", async () => {
  const { stdout } = await person.run(["--help"]);
  const [, list = ""] = /^Sessions:\n(.*)^Options:$/ms.exec(stdout) ?? [];
  const commands = [...list.matchAll(/^ {2}([a-z-]+) {2}/gm)].map(([, name]) => name);
  expect(commands).toContain("env");
  const seen = Object.values({ ...withSession, ...withoutSession }).map(({ words }) => words[0]);
  expect(commands.filter((name) => !seen.includes(name))).toEqual([]);
});

async function watch(row: Row): Promise<void> {
  onTestFinished(() => clearAway("trace", "bin/secret", "bug.cjs", ...written));
  person.write(".kube/config", kubeconfigOf(kopsUser()));
  await row.before?.();
  const secrets = new Secrets(person, ...(row.secret === undefined ? [] : [row.secret]));
  const output = person.path("output");
  const words = row.words.map((word) => (word === "OUTPUT" ? output : word));
  const own = typeof row.env === "function" ? row.env() : row.env;
  const env = { KOPS_MFA_DEBUG: "1", TMPDIR: person.path("tmp"), ...own };
  const result = await tracedRun(person, words, env);
  clearAway("trace", "bin/secret");
  expect(result.stderr).toMatch(row.says ?? "");
  expect(result.exitCode, result.stderr).toBe(row.exitCode ?? 0);
  secrets.look();
  expectClean(result, secrets, row);
}

function expectClean({ stdout, stderr, started }: TracedResult, secrets: Secrets, row: Row): void {
  const environments = started.map(({ environ }) => environ).join("\n");
  secrets.expectNone("standard error", stderr);
  secrets.expectNone("arguments", started.map(({ argv }) => argv).join("\n"));
  const places = { stdout, child: environments, output: "" };
  if (row.gives === "output") places.output = readFileSync(person.path("output"), "utf8");
  for (const [place, text] of Object.entries(places)) {
    if (place === row.gives) {
      secrets.expectSession(place, text);
      secrets.expectNoneOfOurs(place, text);
    } else if (place !== "child" || !inherits(row)) secrets.expectNone(place, text);
  }
  secrets.expectNoneInFiles(written);
}

/** A shell's session is in the environment of all that it starts. */
function inherits({ env }: Row): boolean {
  return typeof env === "function" && "AWS_SESSION_TOKEN" in env();
}

function clearAway(...names: readonly string[]): void {
  for (const name of names) rmSync(person.path(name), { force: true });
}

/** A program on the person's PATH that prints something secret, which no command line says. */
function printing(text: string): string {
  person.write("bin/secret", `#!/bin/sh\nprintf '%s' '${text}'\n`, 0o700);
  return "secret";
}

/** The services that doctor asks. */
function everything(): Variables {
  const { url } = person.sandbox;
  return { AWS_ENDPOINT_URL_IAM: url, AWS_ENDPOINT_URL_S3: url, AWS_ENDPOINT_URL_EC2: url };
}

/** The kept session of one call. */
function kept(action: "AssumeRole" | "GetSessionToken"): Variables {
  const texts = person.sessionFiles().map((file) => readFileSync(file, "utf8"));
  const entries = texts.map((text) => JSON.parse(text) as Variables);
  return entries.find(({ key }) => key?.startsWith(`["${action}"`)) ?? {};
}

/** What a shell has after `eval "$(kops-mfa env prod)"`. */
function carried(): Variables {
  const { accessKeyId = "", secretAccessKey = "", sessionToken = "" } = kept("AssumeRole");
  return {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
    KOPS_MFA_ACCESS_KEY_ID: accessKeyId,
    KOPS_MFA_PROFILE: "prod",
    KOPS_MFA_EXPIRES_AT: String(Math.floor(Date.now() / 1000) + 3000),
  };
}

/** The profile `prod` with a line more, or with keys from elsewhere. */
function profile(line: string, source?: string): Variables {
  const role = "role_arn = arn:aws:iam::222222222222:role/kops-admin";
  const sections = [
    `[profile prod]\n${role}\nmfa_serial = ${person.serial}\n${line}`,
    `source_profile = ${source === undefined ? "default" : `elsewhere\n[profile elsewhere]\n${source}`}\n`,
  ];
  return { AWS_CONFIG_FILE: person.write("other-config", sections.join("\n")) };
}

function credentials(id: string, secret: string): Variables {
  const text = `[default]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`;
  return { AWS_SHARED_CREDENTIALS_FILE: person.write("other-credentials", text) };
}

/** STS refuses the next request with words that have something in them. */
function repeat(words: string): void {
  const error = `<Type>Sender</Type><Code>AccessDenied</Code><Message>You sent ${words}.</Message>`;
  const body = `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error>${error}</Error><RequestId>1</RequestId></ErrorResponse>`;
  person.sandbox.fault({ kind: "body", body, status: 403 });
}

/** Happens when the code has been accepted, with all secrets in memory. */
const bug = `crypto.subtle.deriveBits = () => { throw new TypeError("a bug"); };`;
