import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Check, Status } from "../../src/doctor/check.ts";
import type { PolicyDocument } from "../sandbox/policy/document.ts";
import { describeShell, findShell, shellArguments, type TestShell } from "../support/shells.ts";
import { Person, runProgram, type Result } from "./person.ts";
import { blocksOf } from "./reader.ts";
import { TestTerminal } from "./terminal.ts";

let person: Person;
let env: Record<string, string>;
let healthy: readonly Check[];

beforeAll(async () => {
  person = await Person.arrive();
  person.write("old-node.cjs", oldNode);
});
afterAll(() => person.leave());

beforeEach(async () => {
  person.forget();
  const { world, sandbox } = person;
  world.stateStore.policy = null;
  world.jon.mayRead.length = 0;
  for (const key of world.jon.accessKeys) key.active = true;
  for (const role of world.clusters.roles) {
    role.mayRead.splice(0, Infinity, world.stateStore.name);
    role.denyDescribeRegions = false;
  }
  for (const name of [".config", ".kops.yaml", "held"]) {
    rmSync(person.path(name), { recursive: true, force: true });
  }
  person.write("bin/kops", kops, 0o755);
  chmodSync(person.path(".aws/credentials"), 0o600);
  env = {
    AWS_ENDPOINT_URL_IAM: sandbox.url,
    AWS_ENDPOINT_URL_S3: sandbox.url,
    AWS_ENDPOINT_URL_EC2: sandbox.url,
    KOPS_STATE_STORE: "s3://clusters-example-com",
    KOPS_MFA_SHELL: "bash",
    AWS_REGION: "eu-west-1",
    LANG: "C.UTF-8",
  };
  const login = await person.run(["login", "prod", "--token-code", person.code()], { env });
  expect(login.exitCode, login.stderr).toBe(0);
  const { checks, exitCode } = await examined();
  expect(exitCode).toBe(0);
  healthy = checks;
});

const kops = "#!/bin/sh\necho 'Client version: 1.32.0 (git-v1.32.0)'\n";

/** A Node that says it is an old one. */
const oldNode = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "18.20.8" } });\n`;

const admin = "arn:aws:iam::222222222222:role/kops-admin";

async function doctor(
  args: readonly string[] = [],
  more: Record<string, string> = {},
): Promise<Result> {
  const result = await person.run(["doctor", "prod", ...args], { env: { ...env, ...more } });
  for (const secret of secrets()) {
    expect(result.stdout + result.stderr).not.toContain(secret);
  }
  return result;
}

/** All keys, whole, and what is in the cache. */
function secrets(): readonly string[] {
  const { jon, mallory, people } = person.world;
  const keys = [...jon.accessKeys, ...mallory.accessKeys, ...people.root.accessKeys];
  const kept = person.path(".cache/kops-mfa");
  const texts = (existsSync(kept) ? readdirSync(kept) : [])
    .filter((name) => name.endsWith(".json"))
    .map((name) => readFileSync(`${kept}/${name}`, "utf8"));
  const sessions = texts.flatMap((text) =>
    [...text.matchAll(/"(?:accessKeyId|secretAccessKey|sessionToken)":"([^"]+)"/g)].map(
      ([, value = ""]) => value,
    ),
  );
  return [...keys.flatMap((key) => [key.accessKeyId, key.secretAccessKey]), ...sessions];
}

async function examined(args: readonly string[] = [], more: Record<string, string> = {}) {
  const { exitCode, stdout, stderr } = await doctor(["--json", ...args], more);
  expect(stderr).toBe("");
  const checks = JSON.parse(stdout) as Check[];
  const settled = checks.map((check) => ({
    ...check,
    message: check.message.replace(/\d+ min left$/, "some time left"),
  }));
  return { exitCode, checks: settled };
}

test("where all is well, every line says so, and the exit code is 0", async () => {
  expect(healthy.filter(({ status }) => status !== "ok")).toEqual([]);
  expect(healthy.map(({ check }) => check)).toEqual([
    ...["node", "kops", "config-file", "credentials-file", "settings"],
    ...["profile", "keys", "role", "device", "environment", "shell", "shell-session"],
    ...["cache", "lock", "region", "sts", "caller", "clock"],
    ...["session", "identity", "state-store", "ec2"],
  ]);
  const { exitCode, stdout, stderr } = await doctor();
  expect([exitCode, stderr]).toEqual([0, ""]);
  const lines = stdout.split("\n");
  expect(lines.slice(0, -3).every((line) => line.startsWith("✓ "))).toBe(true);
  expect(lines.slice(-3)).toEqual(["", "All is well.", ""]);
});

interface With {
  readonly args?: readonly string[];
  readonly env?: Record<string, string>;
}

interface Fault {
  /** Brings it about; gives what the command line and the environment have to do with it, if anything ({@link With}). */
  readonly arrange: () => unknown;
  /** The check that tells, how, and in which words. */
  readonly tells: readonly [check: string, status: Status, message: RegExp];
  /** Checks that cannot be made because of it. */
  readonly skips?: readonly string[];
  /** Checks that are as well as before, in other words. */
  readonly rewords?: readonly string[];
}

const noSession = ["session", "identity", "state-store", "ec2"];
const noProfile = ["keys", "role", "device", "region", "sts", "caller", "clock", ...noSession];

function leftover(more: Record<string, string>, message: RegExp): Fault {
  return { arrange: () => ({ env: more }), tells: ["environment", "warning", message] };
}

function settings(text: string): void {
  mkdirSync(person.path(".config/kops-mfa"), { recursive: true });
  person.write(".config/kops-mfa/config.ini", text);
}

function otherFile(name: "config" | "credentials", change: (text: string) => string) {
  const path = person.write(name, change(readFileSync(person.path(`.aws/${name}`), "utf8")));
  const variable = name === "config" ? "AWS_CONFIG_FILE" : "AWS_SHARED_CREDENTIALS_FILE";
  return { env: { [variable]: path } };
}

function bucketPolicyWithMfa(): void {
  const { world } = person;
  const statement = { Principal: "*", Action: "s3:*" } as const;
  const withoutMfa = { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } };
  const policy: PolicyDocument = {
    Version: "2012-10-17",
    Statement: [
      { ...statement, Effect: "Deny", Condition: withoutMfa },
      { ...statement, Effect: "Allow", Principal: { AWS: "arn:aws:iam::111111111111:root" } },
    ],
  };
  world.stateStore.policy = policy;
  world.jon.mayRead.push("*");
}

const cache = (name = "") => person.path(`.cache/kops-mfa${name}`);

const faults: Readonly<Record<string, Fault>> = {
  "a Node that is too old": {
    arrange: () => ({ env: { NODE_OPTIONS: `--require ${person.path("old-node.cjs")}` } }),
    tells: ["node", "failure", /on Node 18\.20\.8, and it is for \^20\.17\.0 \|\| >=22\.9\.0$/],
  },
  "no kops": {
    arrange: () => ({ env: { PATH: person.path(".aws") } }),
    tells: ["kops", "failure", /^kops is not on your PATH$/],
  },
  "a kops that is not executable": {
    arrange: () => {
      chmodSync(person.path("bin/kops"), 0o600);
      return { env: { PATH: person.path("bin") } };
    },
    tells: ["kops", "failure", /bin\/kops is not executable$/],
  },
  "a kops that fails": {
    arrange: () => void person.write("bin/kops", "#!/bin/sh\necho broken >&2\nexit 3\n", 0o755),
    tells: ["kops", "failure", /version ends with 3: broken$/],
  },
  "a kops that hangs": {
    arrange: () => void person.write("bin/kops", "#!/bin/sh\nsleep 20\n", 0o755),
    tells: ["kops", "warning", /does not tell its version in time$/],
  },
  "credentials that others can read": {
    arrange: () => chmodSync(person.path(".aws/credentials"), 0o644),
    tells: ["credentials-file", "warning", /has secret keys, and can be read by others$/],
  },
  "a configuration that others can write": {
    arrange: () => {
      const changed = otherFile("config", (text) => text);
      chmodSync(changed.env["AWS_CONFIG_FILE"]!, 0o622);
      return changed;
    },
    tells: ["config-file", "warning", /^~\/config can be written by others$/],
    rewords: ["role"],
  },
  "a line in the configuration that is none": {
    arrange: () => otherFile("config", (text) => `${text}\nnonsense\n`),
    tells: ["config-file", "failure", /^~\/config:\d+: this is no \[section\]/],
    skips: ["profile", ...noProfile],
  },
  "a line in the credentials that is none": {
    arrange: () => otherFile("credentials", (text) => `${text}\nnonsense\n`),
    tells: ["credentials-file", "failure", /^~\/credentials:\d+: this is no \[section\]/],
    skips: ["profile", ...noProfile],
  },
  "a section that stands there twice": {
    arrange: () => otherFile("config", (text) => `${text}\n[profile me]\n`),
    tells: ["config-notes", "warning", /\[profile me\] stands in line \d+ too/],
    rewords: ["config-file", "role"],
  },
  "a setting that is none": {
    arrange: () => settings("[prod]\nrole-arn = x\n"),
    tells: ["settings", "failure", /config\.ini:2: there is no setting "role-arn"$/],
    skips: ["profile", ...noProfile],
  },
  "a profile that is not there": {
    arrange: () =>
      otherFile("config", (text) => text.replace("[profile prod]", "[profile production]")),
    tells: ["profile", "failure", /^there is no profile "prod" in ~\/config/],
    skips: noProfile,
    rewords: ["config-file"],
  },
  "a variable of the wrong form": {
    arrange: () => ({ env: { KOPS_MFA_DURATION: "soon" } }),
    tells: ["profile", "failure", /^KOPS_MFA_DURATION: "soon" is not a duration$/],
    skips: noProfile,
  },
  "temporary keys": {
    arrange: () =>
      otherFile("credentials", (text) =>
        text.replace(/AKIA(.*\n.*\n)/, "ASIA$1aws_session_token = a-test-token\n"),
      ),
    tells: [
      "keys",
      "failure",
      /has temporary keys, and AWS takes an MFA code only with long-lived/,
    ],
    skips: ["caller", ...noSession],
    rewords: ["credentials-file", "profile", "device"],
  },
  "a temporary key without its token": {
    arrange: () => otherFile("credentials", (text) => text.replace("AKIA", "ASIA")),
    tells: ["keys", "failure", /^ASIA…JON0 of .* is a temporary key without its session token$/],
    skips: ["caller", ...noSession],
    rewords: ["credentials-file", "device"],
  },
  "the root user's keys": {
    arrange: () => otherFile("config", (text) => text.replace("= default", "= root")),
    tells: ["keys", "failure", /is the account's root user, who cannot assume roles$/],
    skips: ["caller", ...noSession],
    rewords: ["config-file", "profile", "role", "device"],
  },
  "a role that is none": {
    arrange: () => ({ args: ["--role-arn", "arn:aws:iam::222222222222:user/kops-admin"] }),
    tells: ["role", "failure", /^--role-arn: ".*" is not the ARN of an IAM role$/],
    skips: noSession,
    rewords: ["profile"],
  },
  "a user instead of the device": {
    arrange: () => ({ args: ["--serial-number", "arn:aws:iam::111111111111:user/jon"] }),
    tells: ["device", "failure", /is the user, not the user's MFA device$/],
    skips: noSession,
    rewords: ["profile"],
  },
  "a security key": {
    arrange: () => ({ args: ["--serial-number", "arn:aws:iam::111111111111:u2f/user/jon/key"] }),
    tells: ["device", "failure", /is a security key or passkey, and AWS STS accepts only codes$/],
    skips: noSession,
    rewords: ["profile"],
  },
  "a device of another account": {
    arrange: () => ({ args: ["--serial-number", "arn:aws:iam::999999999999:mfa/jon"] }),
    tells: ["device", "failure", /is a device of account 999999999999, and the keys are arn:/],
    skips: noSession,
  },
  "somebody else's device": {
    arrange: () => ({ args: ["--serial-number", "arn:aws:iam::111111111111:mfa/mallory"] }),
    tells: ["device", "failure", /^arn:aws:iam::111111111111:user\/jon has no MFA device arn:/],
    skips: noSession,
  },
  "a program for codes that is not there": {
    arrange: () =>
      otherFile("config", (text) =>
        `${text}mfa_process = x\n`.replace(
          "[profile prod]",
          "[profile prod]\nmfa_process = no-such-program --now",
        ),
      ),
    tells: ["mfa-process", "warning", /begins with no-such-program, which is not on your PATH$/],
    rewords: ["config-file", "role"],
  },
  KOPS_AWS_ROLE_ARN: leftover({ KOPS_AWS_ROLE_ARN: admin }, /^KOPS_AWS_ROLE_ARN makes kops/),
  AWS_ENDPOINT_URL: leftover(
    { AWS_ENDPOINT_URL: "http://127.0.0.1:4566" },
    /^AWS_ENDPOINT_URL sends kops to 127\.0\.0\.1:4566 for all of AWS$/,
  ),
  AWS_ENDPOINT_URL_ROUTE_53: leftover(
    { AWS_ENDPOINT_URL_ROUTE_53: "http://127.0.0.1:4566" },
    /sends kops to 127\.0\.0\.1:4566 for that service$/,
  ),
  S3_SECRET_ACCESS_KEY: leftover({ S3_SECRET_ACCESS_KEY: "minio" }, /kops copies it into/),
  "AWS_PROFILE of no profile": leftover({ AWS_PROFILE: "gone" }, /^AWS_PROFILE names "gone"/),
  AWS_SECURITY_TOKEN: leftover({ AWS_SECURITY_TOKEN: "old" }, /take it instead of the session's/),
  AWS_WEB_IDENTITY_TOKEN_FILE: leftover(
    { AWS_WEB_IDENTITY_TOKEN_FILE: "/token", AWS_ROLE_ARN: admin },
    /kops by itself signs with that web identity/,
  ),
  "a container's credentials": leftover(
    { AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://127.0.0.1:1/" },
    /kops by itself signs with a container's role/,
  ),
  "an endpoint without TLS": {
    arrange: () => ({ env: { AWS_ENDPOINT_URL_EC2: "http://192.0.2.1:9" } }),
    tells: ["encryption", "failure", /^AWS_ENDPOINT_URL_EC2: http:\/\/192\.0\.2\.1:9 is not/],
    skips: ["ec2"],
  },
  "certificates that are not checked": {
    arrange: () => ({ env: { NODE_TLS_REJECT_UNAUTHORIZED: "0" } }),
    tells: ["encryption", "warning", /^NODE_TLS_REJECT_UNAUTHORIZED=0 turns off certificate/],
  },
  KOPS_MFA_TOKEN_CODE: leftover({ KOPS_MFA_TOKEN_CODE: "123456" }, /each code works once/),
  "a universal variable of fish": {
    arrange: () => {
      mkdirSync(person.path(".config/fish"), { recursive: true });
      person.write(".config/fish/fish_variables", "SETUVAR --export AWS_PROFILE:me\n");
      return { env: { KOPS_MFA_SHELL: "fish" } };
    },
    tells: ["environment", "warning", /^AWS_PROFILE is a universal variable of fish/],
    rewords: ["shell"],
  },
  "a shell that is none": {
    arrange: () => ({ env: { KOPS_MFA_SHELL: "fisch" } }),
    tells: ["shell", "failure", /unknown shell "fisch"/],
  },
  "another tool's keys in the shell": {
    arrange: () => ({
      env: { AWS_ACCESS_KEY_ID: "AKIATESTTESTTESTXYZ9", AWS_SECRET_ACCESS_KEY: "s" },
    }),
    tells: ["shell-session", "warning", /carries other keys \(AWS_ACCESS_KEY_ID AKIA…XYZ9\)/],
  },
  "a session in the shell that is over": {
    arrange: () => ({
      env: {
        AWS_ACCESS_KEY_ID: "ASIATESTTESTTESTOLD0",
        AWS_SECRET_ACCESS_KEY: "s",
        AWS_SESSION_TOKEN: "t",
        KOPS_MFA_ACCESS_KEY_ID: "ASIATESTTESTTESTOLD0",
        KOPS_MFA_EXPIRES_AT: "1700000000",
        KOPS_MFA_PROFILE: "prod",
      },
    }),
    tells: ["shell-session", "warning", /carries a session of prod that expired .+ ago:/],
  },
  "a cache that others can write": {
    arrange: () => chmodSync(cache(), 0o777),
    tells: ["cache", "failure", /^~\/\.cache\/kops-mfa can be written by others/],
    skips: noSession,
  },
  "a cache that is a link": {
    arrange: () => {
      renameSync(cache(), person.path("held"));
      symlinkSync(person.path("held"), cache());
    },
    tells: ["cache", "failure", /is not a directory of its own/],
    skips: noSession,
  },
  "a session that is damaged": {
    arrange: () => writeFileSync(cache("/0000000000000000.1.json"), "{", { mode: 0o600 }),
    tells: ["cache", "warning", /0000000000000000\.1\.json is not readable, and is ignored$/],
  },
  "a keyring that is not there": {
    arrange: () => ({ env: { KOPS_MFA_CACHE: "keyring", PATH: person.path("bin") } }),
    tells: ["cache", "failure", /keyring/],
    skips: noSession,
  },
  "a lock of a process that is gone": {
    arrange: () => writeFileSync(cache("/a.lock"), `999999999 ${hostname()} 1-0\n`),
    tells: ["lock", "warning", /a\.lock is left of process 999999999, which is gone$/],
  },
  "a lock that is held": {
    arrange: () => writeFileSync(cache("/a.lock"), `${process.pid} ${hostname()} 1-0\n`),
    tells: ["lock", "warning", /is asking for a code/],
  },
  "two regions": {
    arrange: () => ({ env: { AWS_DEFAULT_REGION: "us-east-1" } }),
    tells: ["region", "warning", /^AWS_REGION is eu-west-1, and AWS_DEFAULT_REGION us-east-1/],
  },
  "an STS that is not there": {
    arrange: () => ({ env: { AWS_ENDPOINT_URL_STS: "http://127.0.0.1:1" } }),
    tells: ["sts", "failure", /^STS \(127\.0\.0\.1:1\) cannot be reached: nothing answers there$/],
    skips: ["caller", "clock", ...noSession],
    rewords: ["device"],
  },
  "a bundle of certificates that is not there": {
    arrange: () => ({ env: { AWS_CA_BUNDLE: "/gone.pem" } }),
    tells: ["sts", "failure", /^AWS_CA_BUNDLE: \/gone\.pem cannot be read$/],
    skips: ["caller", "clock", "identity", "state-store", "ec2"],
    rewords: ["device"],
  },
  "a key that is inactive": {
    arrange: () => void (person.world.jon.accessKeys[0]!.active = false),
    tells: ["caller", "failure", /^AWS does not know the access key of profile "default"/],
    rewords: ["device"],
  },
  "a clock that is slow by minutes": {
    arrange: () => person.sandbox.advance(3 * 60_000),
    tells: ["clock", "warning", /^this machine's clock is [23] min slow$/],
  },
  "a clock that is wrong": {
    arrange: () => person.sandbox.advance(-20 * 60_000),
    tells: ["clock", "failure", /^this machine's clock is \d+ min fast, and AWS takes 5 min/],
    skips: ["state-store", "ec2"],
    rewords: ["device"],
  },
  "no session": {
    arrange: () => rmSync(cache(), { recursive: true }),
    tells: ["session", "warning", /^none is kept/],
    skips: ["identity", "state-store", "ec2"],
    rewords: ["cache"],
  },
  "a session that is over": {
    arrange: () => {
      person.shortenSessions("AssumeRole", -60);
      person.shortenSessions("GetSessionToken", -60);
    },
    tells: ["session", "warning", /^the one that was kept expired .+ ago, so/],
    skips: ["identity", "state-store", "ec2"],
  },
  "a session that AWS does not take": {
    arrange: () => person.sandbox.expireSessions(),
    tells: ["identity", "failure", /^AWS does not accept this session any more \(ExpiredToken\)/],
    skips: ["state-store", "ec2"],
  },
  "no state store": {
    arrange: () => ({ env: { KOPS_STATE_STORE: "" } }),
    tells: ["state-store", "warning", /^none is named/],
  },
  "a state store that is not there": {
    arrange: () => ({ args: ["--state", "s3://gone"] }),
    tells: ["state-store", "failure", /^there is no bucket "gone" .*\(--state\)$/],
  },
  "a role that may not read the state store": {
    arrange: () => {
      for (const role of person.world.clusters.roles) role.mayRead.length = 0;
    },
    tells: ["state-store", "failure", /kops-admin may not read the state store s3:/],
  },
  "a bucket policy that wants MFA": {
    arrange: bucketPolicyWithMfa,
    tells: ["state-store", "failure", /^bucket "clusters-example-com" lets your own MFA session/],
  },
  "an S3 that is not there": {
    arrange: () => ({ env: { AWS_ENDPOINT_URL_S3: "http://127.0.0.1:1" } }),
    tells: ["state-store", "failure", /^AWS_ENDPOINT_URL_S3 sends kops to 127\.0\.0\.1:1/],
  },
  S3_ENDPOINT: {
    arrange: () => ({ env: { S3_ENDPOINT: "http://127.0.0.1:1" } }),
    tells: ["state-store", "failure", /^S3_ENDPOINT sends kops to 127\.0\.0\.1:1/],
  },
  "a role that may not ask for regions": {
    arrange: () => {
      for (const role of person.world.clusters.roles) role.denyDescribeRegions = true;
    },
    tells: ["ec2", "failure", /kops-admin may not call ec2:DescribeRegions/],
  },
  "an EC2 that is not there": {
    arrange: () => ({ env: { AWS_ENDPOINT_URL_EC2: "http://127.0.0.1:1" } }),
    tells: ["ec2", "failure", /^EC2 \(127\.0\.0\.1:1\) does not answer$/],
  },
};

describe("one fault is one line", () => {
  test.for(Object.entries(faults))("%s", async ([, fault]) => {
    const { args = [], env: more = {} } = (fault.arrange() ?? {}) as With;
    const { checks, exitCode } = await examined(args, more);
    const [name, status, message] = fault.tells;
    const told = checks.filter(({ check }) => check === name);
    expect(told.map((check) => check.status)).toEqual([status]);
    expect(told[0]!.message).toMatch(message);
    expect(told[0]!.cure, "a cure").toMatch(/\S/);
    expect(exitCode).toBe(status === "failure" ? 1 : 0);
    const { skips = [], rewords = [] } = fault;
    const others = checks.filter(({ check }) => check !== name);
    expect(others.filter((check) => check.status === "skipped").map(({ check }) => check)).toEqual(
      others.map(({ check }) => check).filter((check) => skips.includes(check)),
    );
    const isSame = ({ check }: Check) => check !== name && !skips.includes(check);
    const stable = ({ check, message: words, ...rest }: Check) =>
      rewords.includes(check) ? { check, status: rest.status } : { check, words, ...rest };
    expect(others.filter(isSame).map(stable)).toEqual(healthy.filter(isSame).map(stable));
  });
});

test("an STS that is silent is waited for as long as for all else, and hides nothing but itself", async () => {
  const silent = { kind: "hang", action: "GetCallerIdentity" } as const;
  person.sandbox.fault(silent, silent);
  const start = Date.now();
  const { exitCode, stdout, stderr } = await doctor(["--json"]);
  expect(Date.now() - start).toBeLessThan(20_000);
  expect(stderr).toBe("");
  const wrong = (JSON.parse(stdout) as Check[]).filter(({ status }) => status !== "ok");
  expect(wrong.map(({ check, message }) => `${check}: ${message}`)).toEqual([
    expect.stringMatching(/^sts: STS \(127\.0\.0\.1:\d+\) did not answer in time$/),
    ...["caller", "clock", "identity"].map((name) => `${name}: not checked: sts`),
  ]);
  expect(exitCode).toBe(1);
});

test("several faults are several lines", async () => {
  chmodSync(person.path(".aws/credentials"), 0o644);
  for (const role of person.world.clusters.roles) role.denyDescribeRegions = true;
  const more = { KOPS_AWS_ROLE_ARN: admin, AWS_SECURITY_TOKEN: "old", PATH: person.path(".aws") };
  const { checks, exitCode } = await examined([], more);
  const wrong = checks.filter(({ status }) => status !== "ok");
  expect(wrong.map(({ check, status }) => `${check} ${status}`)).toEqual([
    "kops failure",
    "credentials-file warning",
    "environment warning",
    "environment warning",
    "ec2 failure",
  ]);
  expect(exitCode).toBe(1);
});

test("--offline asks nobody and runs nothing", async () => {
  person.write("bin/kops", `#!/bin/sh\ntouch '${person.path("ran")}'\n`, 0o755);
  const before = person.sandbox.requests.length;
  const { checks, exitCode } = await examined(["--offline"]);
  const skipped = checks.filter(({ status }) => status === "skipped");
  expect(skipped.map(({ check, message }) => `${check}: ${message}`)).toEqual(
    ["sts", "caller", "clock", "identity", "state-store", "ec2"].map(
      (name) => `${name}: not checked: offline`,
    ),
  );
  expect(checks.filter(({ status }) => !/ok|skipped/.test(status))).toEqual([]);
  expect(exitCode).toBe(0);
  expect(person.sandbox.requests).toHaveLength(before);
  expect(readdirSync(person.home)).not.toContain("ran");
});

test("a role behind an MFA session is renewed without a code; a person is asked only with --login", async () => {
  person.shortenSessions("AssumeRole", -60);
  const renewed = await examined();
  expect(renewed.checks.filter(({ status }) => status !== "ok")).toEqual([]);
  rmSync(cache(), { recursive: true });
  const before = person.sandbox.requests.length;
  const without = await examined([], { KOPS_MFA_TOKEN_CODE: person.code(1) });
  expect(without.checks.find(({ check }) => check === "session")?.status).toBe("warning");
  const actions = person.sandbox.requests.slice(before).map(({ action }) => action);
  expect(actions.sort()).toEqual(["GetCallerIdentity", "ListMFADevices"]);
  const login = await doctor(["--login", "--token-code", person.code(1)]);
  expect(login.stdout).toContain("All is well.");
});

test("--login asks on the terminal, and --offline does not go with it", async () => {
  rmSync(cache(), { recursive: true });
  const args = ["doctor", "prod", "--login"];
  const terminal = new TestTerminal(person.path("bin/kops-mfa"), args, { ...person.env, ...env });
  await terminal.shows("MFA code of");
  terminal.type(`${person.code(1)}\r`);
  expect(await terminal.ends()).toBe(0);
  expect(terminal.screen).toContain("All is well.");
  expect((await doctor(["--login", "--offline"])).exitCode).toBe(2);
});

test("colours on a terminal, and signs where the locale has them", async () => {
  const { NO_COLOR, ...plain } = person.env;
  expect(NO_COLOR).toBe("1");
  const run = async (...more: string[]) => {
    const args = [...more, person.path("bin/kops-mfa"), "doctor", "prod"];
    const all = { ...plain, ...env, KOPS_AWS_ROLE_ARN: admin };
    const terminal = new TestTerminal("/usr/bin/env", args, all);
    expect(await terminal.ends()).toBe(0);
    return terminal.screen;
  };
  const coloured = await run();
  expect(coloured).toContain("\u001b[32m✓\u001b[39m node ");
  expect(coloured).toContain("\u001b[33m!\u001b[39m environment ");
  expect(await run("NO_COLOR=1")).not.toContain("\u001b[3");
  const ascii = await run("LANG=C");
  expect(ascii).toContain("\u001b[32mok\u001b[39m profile ");
  expect(ascii).toContain("prod: keys of default -> MFA session -> kops-admin");
  // eslint-disable-next-line no-control-regex -- all but ASCII is looked for
  expect(ascii).not.toMatch(/[^\x00-\x7f]/);
  const dumb = await run("TERM=dumb");
  expect(dumb).toContain("node, ok: ");
  expect(dumb).not.toContain("\u001b");
  expect((await doctor()).stdout).not.toContain("\u001b");
});

test("what files say cannot control the terminal", async () => {
  const { env: more } = otherFile("config", (text) =>
    text.replace("role/kops-admin", "role/kops\u001b[31madmin"),
  );
  const { stdout } = await doctor([], more);
  expect(stdout).toContain("role/kops\\u{1b}[31madmin");
  expect(stdout).not.toContain("\u001b");
});

test("without any configuration it says where to begin", async () => {
  const nowhere = { ...person.env, HOME: person.path("bin"), LANG: "C.UTF-8" };
  const { exitCode, stdout } = await runProgram(person.path("bin/kops-mfa"), ["doctor"], nowhere);
  expect(exitCode).toBe(1);
  expect(stdout).toContain("✗ profile           there are no access keys");
  expect(stdout).toContain("1 wrong, ");
});

const load: Readonly<Record<TestShell, string>> = {
  bash: 'eval "$(kops-mfa init bash)"',
  zsh: 'eval "$(kops-mfa init zsh)"',
  dash: 'eval "$(kops-mfa init sh)"; alias kops-mfa=__kops_mfa',
  ksh: 'eval "$(kops-mfa init sh)"; alias kops-mfa=__kops_mfa',
  fish: "kops-mfa init fish | source",
  powershell: "Invoke-Expression (& kops-mfa init powershell | Out-String)",
};
const named: Readonly<Record<TestShell, string>> = {
  ...{ bash: "bash", zsh: "zsh", dash: "sh", ksh: "sh", fish: "fish", powershell: "powershell" },
};

describe.each(Object.keys(load) as TestShell[])("in %s", (shell) => {
  describeShell(shell, () => {
    const typed = (script: string) =>
      runProgram(findShell(shell)!, shellArguments(shell, script), {
        ...person.env,
        LANG: "C.UTF-8",
      });

    test("whether the integration is loaded", async () => {
      const call = /dash|ksh/.test(shell)
        ? "__kops_mfa doctor --offline"
        : "kops-mfa doctor --offline";
      const without = await typed("kops-mfa doctor --offline; exit 0");
      expect(without.stdout).toMatch(/shell {13}\w+, without the integration/);
      const { stdout } = await typed(`${load[shell]}\n${call}\nexit 0`);
      expect(stdout).toContain(`shell             ${named[shell]}, with the integration\n`);
      expect(stdout).toMatch(/shell {13}\w+, with the integration/);
    });
  });
});

describeShell("fish", () => {
  test("a universal variable as fish itself writes it", async () => {
    const fish = findShell("fish")!;
    const set = "set -Ux KOPS_AWS_ROLE_ARN x; set -U AWS_PROFILE me; set -Ux OTHER 1";
    await runProgram(fish, ["-c", set], person.env);
    const { stdout } = await runProgram(fish, ["-c", "kops-mfa doctor prod --offline; true"], {
      ...person.env,
      LANG: "C.UTF-8",
    });
    expect(stdout).toContain(
      "! environment       KOPS_AWS_ROLE_ARN is a universal variable of fish",
    );
    expect(stdout).toContain("set -eU KOPS_AWS_ROLE_ARN");
    expect(stdout).not.toContain("AWS_PROFILE is a universal variable");
  });
});

test("in a shell with a session, what the session has taken out is no leftover", async () => {
  const leftovers = { KOPS_AWS_ROLE_ARN: admin, AWS_DEFAULT_REGION: "us-east-1" };
  const shell = { SHELL: "/bin/bash", KOPS_MFA_SHELL: "" };
  const all = { ...person.env, ...env, ...leftovers, ...shell, AWS_PROFILE: "prod" };
  const typed = async (script: string) => {
    const { stdout } = await runProgram(findShell("bash")!, ["--norc", "-c", script], all);
    const checks = JSON.parse(stdout) as Check[];
    expect(checks.filter(({ status }) => status !== "ok")).toEqual([]);
    return checks.find(({ check }) => check === "shell-session")?.message;
  };
  expect(await typed('eval "$(kops-mfa env)"; kops-mfa doctor --json')).toMatch(
    /^carries a session of prod, 5\d min left$/,
  );
  expect(await typed("kops-mfa exec --server -- kops-mfa doctor prod --json")).toBe(
    "carries a session of prod",
  );
});

test("a profile that is named beside a session is told", async () => {
  const script = 'eval "$(kops-mfa env prod)"; export AWS_PROFILE=me; kops-mfa doctor prod --json';
  const shell = { SHELL: "/bin/bash", KOPS_MFA_SHELL: "" };
  const { stdout } = await runProgram(findShell("bash")!, ["--norc", "-c", script], {
    ...person.env,
    ...env,
    ...shell,
  });
  const checks = (JSON.parse(stdout) as Check[]).filter(({ check }) => check === "environment");
  expect(checks.map(({ status }) => status)).toEqual(["warning"]);
  expect(checks[0]?.message).toMatch(/^AWS_PROFILE names "me" beside the session/);
});

test("the example of the documentation is what it says", async () => {
  const [example] = blocksOf(["text doctor"]);
  bucketPolicyWithMfa();
  chmodSync(person.path(".aws/credentials"), 0o644);
  const { stdout, exitCode } = await doctor();
  expect(exitCode).toBe(1);
  const shown = stdout
    .replaceAll(person.path("bin"), "/usr/local/bin")
    .replaceAll(/, at 127\.0\.0\.1:\d+ \(AWS_ENDPOINT_URL_\w+\)/g, "")
    .replace(/Node [\d.]+/, "Node 22.21.1")
    .replace(/\d+ min left/, "58 min left");
  expect(`$ kops-mfa doctor prod\n${shown}`).toBe(example?.text);
});
