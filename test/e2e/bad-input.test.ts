import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, rmSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Person } from "./person.ts";

let person: Person;
beforeAll(async () => {
  person = await Person.arrive();
});
afterAll(() => person.leave());
beforeEach(() => person.forget());

const isRoot = process.getuid?.() === 0;

/** `env` for sh with the code of the moment, and what it said: the two lines without the program's name. */
async function complaint(args: readonly string[], env: Record<string, string> = {}) {
  const { exitCode, stdout, stderr } = await person.run(
    ["env", ...args, "--shell", "sh", "--token-code", person.code()],
    { env },
  );
  const [what, cure] = stderr.trimEnd().split("\n").slice(-2);
  expect(stdout).toBe("false;\n");
  return { exitCode, what: what?.replace(/^kops-mfa: /, ""), cure: cure?.trim() };
}

function config(text: string): Record<string, string> {
  return { AWS_CONFIG_FILE: person.write("config", text) };
}

const role = "role_arn = arn:aws:iam::222222222222:role/kops-admin\nsource_profile = default\n";

describe("the files", () => {
  test("a profile that does not exist: the nearest name", async () => {
    expect(await complaint(["prodd"])).toEqual({
      exitCode: 1,
      what: 'there is no profile "prodd" in ~/.aws/config or ~/.aws/credentials',
      cure: 'Did you mean "prod"?',
    });
    expect((await complaint([], { AWS_PROFILE: "stagging" })).what).toBe(
      'AWS_PROFILE: there is no profile "stagging" in ~/.aws/config or ~/.aws/credentials',
    );
  });

  test("a file that does not exist", async () => {
    const { what } = await complaint(["prod"], { AWS_CONFIG_FILE: "/nonexistent/config" });
    expect(what).toBe(
      'there is no profile "prod" in /nonexistent/config (which does not exist) or ~/.aws/credentials',
    );
  });

  test.skipIf(isRoot)("a file that cannot be read", async () => {
    const path = person.write("secret-config", "", 0o000);
    expect((await complaint(["prod"], { AWS_CONFIG_FILE: path })).what).toBe(
      "~/secret-config: cannot be read (permission denied)",
    );
  });

  test("a directory where a file should be", async () => {
    expect((await complaint(["prod"], { AWS_CONFIG_FILE: person.home })).what).toBe(
      "~: cannot be read (it is a directory)",
    );
  });

  test("a line that is none: file and line", async () => {
    const { what, cure } = await complaint(["prod"], config("[profile prod]\nrole_arn\n"));
    expect(what).toMatch(/^~\/config:2: /);
    expect(cure).toBeTruthy();
  });

  test("half a pair of keys", async () => {
    const credentials = person.write("half", "[half]\naws_access_key_id = AKIATESTTESTTESTHALF\n");
    expect(await complaint(["half"], { AWS_SHARED_CREDENTIALS_FILE: credentials })).toEqual({
      exitCode: 1,
      what: '~/half:2: profile "half" has aws_access_key_id without aws_secret_access_key',
      cure: "Add the aws_secret_access_key line, or remove both.",
    });
  });

  test.each([
    ["kops-admin", /^~\/config:2 \(role_arn\): "kops-admin" is not the ARN of an IAM role$/],
    ["arn:aws:sts::222222222222:assumed-role/kops-admin/jon", /is not the ARN of an IAM role$/],
    ["arn:aws:iam::222222222222:user/jon", /is not the ARN of an IAM role$/],
    ["arn:aws:iam::2222:role/kops-admin", /is not the ARN of an IAM role$/],
  ])("a role_arn that is none: %s", async (arn, what) => {
    const found = await complaint(
      ["prod"],
      config(`[profile prod]\nrole_arn = ${arn}\nsource_profile = default\n`),
    );
    expect(found.what).toMatch(what);
  });

  test.each([
    ["arn:aws:iam::111111111111:user/jon", /is the user, not the user's MFA device$/, /:mfa\/jon/],
    [
      "arn:aws:iam::111111111111:u2f/user/jon/key",
      /is a security key or passkey, and AWS STS accepts only codes$/,
      /virtual MFA device/,
    ],
    ["jon", /is not the serial number of an MFA device$/, /list-mfa-devices/],
  ])("an mfa_serial that is none: %s", async (serial, what, cure) => {
    const found = await complaint(
      ["prod"],
      config(`[profile prod]\n${role}mfa_serial = ${serial}\n`),
    );
    expect(found.what).toMatch(what);
    expect(found.cure).toMatch(cure);
  });

  test("a loop of source_profile, by name", async () => {
    const found = await complaint(
      ["a"],
      config(
        `[profile a]\nrole_arn = arn:aws:iam::222222222222:role/a\nsource_profile = b\n[profile b]\nrole_arn = arn:aws:iam::222222222222:role/b\nsource_profile = a\n`,
      ),
    );
    expect(found.what).toBe('profile "a": source_profile goes round in a circle: a → b → a');
  });
});

describe("the command line and the environment", () => {
  test.each([
    [
      ["prod", "--duration", "5m"],
      1,
      "--duration: AWS gives sessions of 15m to 12h, not 5m",
      "Ask for 15m.",
    ],
    [
      ["prod", "--duration-seconds", "99999"],
      1,
      "--duration-seconds: AWS gives sessions of 15m to 12h, not 27h46m39s",
      "Ask for 12h.",
    ],
    [
      ["prod", "--duration", "soon"],
      2,
      '--duration: "soon" is not a duration',
      "Give seconds (3600) or a time like 1h, 90m, 1h30m.",
    ],
    [
      ["me", "--duration", "40h"],
      1,
      "--duration: AWS gives sessions of 15m to 36h, not 40h",
      "Ask for 36h.",
    ],
    [
      ["prod", "--region", "eu west"],
      2,
      '--region: "eu west" is not the name of a region',
      "A region looks like eu-west-1.",
    ],
    [
      ["prod", "--profile", "staging"],
      2,
      '"prod" and --profile staging are two profiles',
      "Name one.",
    ],
    [
      ["--colour"],
      2,
      "kops-mfa env has no option --colour",
      "kops-mfa env --help shows what it takes.",
    ],
  ])("%j", async (args, exitCode, what, cure) => {
    expect(await complaint(args)).toEqual({ exitCode, what, cure });
  });

  test("temporary keys as the source of an MFA call", async () => {
    const env = {
      AWS_ACCESS_KEY_ID: "ASIATESTTESTTESTTMP0",
      AWS_SECRET_ACCESS_KEY: "test/secret",
      AWS_SESSION_TOKEN: "test/token",
      KOPS_MFA_ROLE_ARN: "arn:aws:iam::222222222222:role/kops-admin",
      KOPS_MFA_ARN: person.serial,
    };
    expect(await complaint([], env)).toMatchObject({
      what: "the environment (AWS_ACCESS_KEY_ID) has temporary keys, and AWS takes an MFA code only with long-lived ones",
    });
    expect(person.sandbox.requests).toHaveLength(0);
  });

  test("a code that is none is refused before STS hears of it", async () => {
    const { exitCode, stderr } = await person.run([
      "env",
      "prod",
      "--shell",
      "sh",
      "--token-code",
      "12345",
    ]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("--token-code: the code is not six digits");
  });
});

describe("STS", () => {
  test("that is not there", async () => {
    const found = await complaint(["prod"], { AWS_ENDPOINT_URL_STS: "http://127.0.0.1:9" });
    expect(found.what).toBe("STS (127.0.0.1:9) cannot be reached: nothing answers there");
    expect(found.cure).toContain("AWS_ENDPOINT_URL");
  });

  test("whose name is not known", async () => {
    const found = await complaint(["prod"], { AWS_ENDPOINT_URL_STS: "https://sts.invalid" });
    expect(found.what).toMatch(/^STS \(sts\.invalid\) cannot be reached: the name/);
  });

  test("that is slow: no word in a file, then the answer", async () => {
    person.sandbox.fault({ kind: "delay", ms: 2500 });
    const { exitCode, stderr } = await person.run([
      "env",
      "prod",
      "--shell",
      "sh",
      "--token-code",
      person.code(),
    ]);
    expect(exitCode).toBe(0);
    expect(stderr).toBe("");
  });

  test("that never answers: bounded", async () => {
    person.sandbox.fault({ kind: "hang" });
    const found = await complaint(["prod"], { KOPS_MFA_TIMEOUT: "3" });
    expect(found.what).toMatch(/^STS \(127\.0\.0\.1:\d+\) did not answer in time$/);
  });

  test("that breaks the connection: the code is not sent again", async () => {
    person.sandbox.fault({ kind: "reset" });
    const found = await complaint(["prod"]);
    expect(found.what).toMatch(/cannot be reached: the connection broke$/);
  });

  test("that has a fault: said as such, and the code is not sent again", async () => {
    person.sandbox.fault({ kind: "status", status: 500 });
    const found = await complaint(["prod"]);
    expect(found.what).toMatch(/^STS answered GetSessionToken with .* \(HTTP 500\)/);
    expect(person.sandbox.requests).toHaveLength(1);
  });

  test("that is busy is asked again", async () => {
    person.sandbox.fault({ kind: "status", status: 503, retryAfterSeconds: 1 });
    const { exitCode } = await person.run([
      "env",
      "prod",
      "--shell",
      "sh",
      "--token-code",
      person.code(),
    ]);
    expect(exitCode).toBe(0);
  });

  test.each([
    ["a captive portal", "<html><body>Log in to the hotel</body></html>", "text/html"],
    ["nothing", "", "text/xml"],
    ["JSON", '{"Credentials":{}}', "application/json"],
    ["XML of something else", "<feed><title>news</title></feed>", "text/xml"],
    [
      "XML without credentials",
      '<GetSessionTokenResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetSessionTokenResult/></GetSessionTokenResponse>',
      "text/xml",
    ],
  ])("that answers %s", async (_, body, contentType) => {
    person.sandbox.fault({ kind: "body", body, contentType });
    const found = await complaint(["prod"]);
    expect(found.what).toMatch(/^what answered at 127\.0\.0\.1:\d+ is not STS \(HTTP 200\)$/);
  });

  test("that refuses: what is wrong, and the cure, in two lines", async () => {
    const jim = "arn:aws:iam::111111111111:mfa/jim";
    const wrongSerial = await complaint(["prod", "--serial-number", jim]);
    expect(wrongSerial.what).toBe(
      "arn:aws:iam::111111111111:mfa/jim is not a working MFA device of arn:aws:iam::111111111111:user/jon",
    );
    const noSerial = await complaint(["prod"], config(`[profile prod]\n${role}`));
    expect(noSerial).toEqual({
      exitCode: 1,
      what: "arn:aws:iam::111111111111:user/jon may not assume arn:aws:iam::222222222222:role/kops-admin; no MFA code was sent, and a role that wants one answers just this",
      cure: "Set mfa_serial in the profile, or KOPS_MFA_ARN, to the ARN of your MFA device.",
    });
  });

  test("a machine whose clock is wrong gets its session all the same", async () => {
    person.sandbox.advance(20 * 60_000);
    const { exitCode } = await person.run([
      "env",
      "prod",
      "--shell",
      "sh",
      "--token-code",
      person.code(),
    ]);
    expect(exitCode).toBe(0);
  });
});

describe("the way out", () => {
  const full = (await0: string) => `kops-mfa env prod --shell sh ${await0}; echo "rc=$?" >&2`;

  test("a full disk behind standard output", async () => {
    await person.run(["login", "prod", "--token-code", person.code()]);
    const { stderr } = spawnSync("bash", ["-c", full("> /dev/full")], {
      env: person.env,
      encoding: "utf8",
    });
    expect(stderr).toContain(
      "kops-mfa: standard output cannot be written (no space left on the device)",
    );
    expect(stderr).toContain("rc=1");
  });

  test("a reader that has gone", async () => {
    await person.run(["login", "prod", "--token-code", person.code()]);
    const script =
      "set -o pipefail; (sleep 0.5; kops-mfa env prod --shell sh) | true; echo rc=$? >&2";
    const { stderr } = spawnSync("bash", ["-c", script], { env: person.env, encoding: "utf8" });
    expect(stderr).toContain("kops-mfa: standard output cannot be written (nobody reads it)");
    expect(stderr).not.toContain("    at ");
    expect(stderr).toContain("rc=1");
  });

  test("--output where nothing can be written", async () => {
    await person.run(["login", "prod", "--token-code", person.code()]);
    const { exitCode, stderr, stdout } = await person.run([
      "env",
      "prod",
      "--output",
      "/nonexistent/x",
      "--shell",
      "sh",
    ]);
    expect([exitCode, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("/nonexistent/x: cannot be written (no such file or directory)");
  });

  test.skipIf(!isRoot)("a full disk behind the cache costs a word, not the session", async () => {
    const small = person.path("small");
    mkdirSync(small);
    const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=4k,mode=700", "tmpfs", small]);
    expect(mounted.status).toBe(0);
    try {
      person.write("small/filler", "x".repeat(4096));
      const { exitCode, stdout, stderr } = await person.run(
        ["env", "prod", "--shell", "sh", "--token-code", person.code()],
        { env: { XDG_CACHE_HOME: small } },
      );
      expect(exitCode).toBe(0);
      expect(stdout).toContain("export AWS_SESSION_TOKEN=");
      expect(stderr).toMatch(
        /^kops-mfa: the session is not kept: ~\/small\/kops-mfa: no space left on the device\n$/,
      );
    } finally {
      spawnSync("umount", [small]);
    }
  });

  test.skipIf(isRoot)("a home that is read-only costs a word, not the session", async () => {
    const closed = person.path("closed");
    mkdirSync(closed);
    chmodSync(closed, 0o500);
    const { exitCode, stderr } = await person.run(
      ["env", "prod", "--shell", "sh", "--token-code", person.code()],
      { env: { XDG_CACHE_HOME: closed } },
    );
    expect(exitCode).toBe(0);
    expect(stderr).toBe(
      "kops-mfa: the session is not kept: ~/closed/kops-mfa: permission denied\n",
    );
    rmSync(closed, { recursive: true });
  });
});
