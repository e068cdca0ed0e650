import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { describeShell, findShell, shellArguments, type TestShell } from "../support/shells.ts";
import { Person } from "./person.ts";
import { TestTerminal } from "./terminal.ts";

let person: Person;
beforeAll(async () => {
  person = await Person.arrive();
});
afterAll(() => person.leave());
beforeEach(() => person.forget());

const question = "MFA code of jon (111111111111) for role kops-admin (222222222222):";

/** Types a script into a real shell on a real terminal. */
function onTerminal(shell: TestShell, script: string, env: Record<string, string> = {}) {
  const file = findShell(shell);
  if (file === null) throw new Error(`${shell} is not installed`);
  return new TestTerminal(file, shellArguments(shell, script), { ...person.env, ...env });
}

/** What children of the shell saw of its environment: one entry for each time that {@link show} ran. */
function shownEnvironments(): Record<string, string>[] {
  const lines = readFileSync(person.path("shown"), "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line) as Record<string, string>);
}

/** A command of any shell, whose process writes down its environment. */
function show(): string {
  person.write("shown", "");
  person.write(
    "show.cjs",
    'require("node:fs").appendFileSync(process.env.HOME + "/shown", JSON.stringify(process.env) + "\\n")',
  );
  return `node ${person.path("show.cjs")}`;
}

const evaluate: Readonly<Record<TestShell, (options: string) => string>> = {
  bash: (options) => `eval "$(kops-mfa env ${options})"`,
  zsh: (options) => `eval "$(kops-mfa env ${options})"`,
  dash: (options) => `eval "$(kops-mfa env ${options})"`,
  ksh: (options) => `eval "$(kops-mfa env ${options})"`,
  fish: (options) => `kops-mfa env ${options} | source`,
  powershell: (options) => `kops-mfa env ${options} | Out-String | Invoke-Expression`,
};

describe.each(Object.keys(evaluate) as TestShell[])("in %s", (shell) => {
  describeShell(shell, () => {
    test("one code, typed unseen, puts the session into the shell; the next shell asks nothing", async () => {
      const script = [evaluate[shell]("prod"), show()].join("; ");
      const first = onTerminal(shell, script, { AWS_PROFILE: "gone", AWS_SECURITY_TOKEN: "stale" });
      await first.shows(question);
      const code = person.code();
      first.type(`${code}\r`);
      expect(await first.ends()).toBe(0);
      expect(first.screen).not.toContain(code);

      const [env = {}] = shownEnvironments();
      expect(env["AWS_ACCESS_KEY_ID"]).toMatch(/^ASIA[A-Z0-9]{16}$/);
      expect(env["AWS_SESSION_TOKEN"]).toMatch(/^[\w+/=]{300,}$/);
      expect(env["AWS_CREDENTIAL_EXPIRATION"]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      expect(env["AWS_SESSION_EXPIRATION"]).toBe(env["AWS_CREDENTIAL_EXPIRATION"]);
      expect(Number(env["KOPS_MFA_EXPIRES_AT"]) * 1000).toBe(
        Date.parse(env["AWS_CREDENTIAL_EXPIRATION"] ?? ""),
      );
      expect(env["KOPS_MFA_PROFILE"]).toBe("prod");
      expect(env).not.toHaveProperty("AWS_PROFILE");
      expect(env).not.toHaveProperty("AWS_SECURITY_TOKEN");

      const before = person.sandbox.requests.length;
      const second = onTerminal(shell, script);
      expect(await second.ends()).toBe(0);
      expect(shownEnvironments()[1]?.["AWS_ACCESS_KEY_ID"]).toBe(env["AWS_ACCESS_KEY_ID"]);
      expect(person.sandbox.requests).toHaveLength(before);
    });

    test("--unset gives back what was there, and takes the keys away", async () => {
      await person.run(["login", "staging", "--token-code", person.code()]);
      const script = [evaluate[shell]("staging"), show(), evaluate[shell]("--unset"), show()].join(
        "; ",
      );
      const terminal = onTerminal(shell, script, {
        AWS_PROFILE: "prod",
        AWS_DEFAULT_REGION: "eu-north-1",
      });
      expect(await terminal.ends()).toBe(0);
      const [inside = {}, after = {}] = shownEnvironments();
      expect(inside).toMatchObject({ AWS_REGION: "eu-north-1", KOPS_MFA_PROFILE: "staging" });
      const left = Object.entries(after).filter(([name]) => /^(AWS|KOPS)_/.test(name));
      expect(Object.fromEntries(left)).toEqual({
        AWS_ENDPOINT_URL_STS: person.sandbox.url,
        AWS_PROFILE: "prod",
        AWS_DEFAULT_REGION: "eu-north-1",
      });
    });

    test("a failure fails the evaluation, and the credentials of before stay", async () => {
      const status = shell === "fish" ? "$status" : "$?";
      const line = evaluate[shell]("nowhere");
      const script =
        shell === "powershell"
          ? `try { ${line}; Write-Output "rc=0" } catch { Write-Output "rc=1" }; Write-Output "key=$env:AWS_ACCESS_KEY_ID"`
          : `${line}; echo "rc=${status}"; echo "key=$AWS_ACCESS_KEY_ID"`;
      const terminal = onTerminal(shell, script, { AWS_ACCESS_KEY_ID: "AKIATESTTESTTESTOLD0" });
      await terminal.ends();
      expect(terminal.screen).toContain('there is no profile "nowhere"');
      expect(terminal.screen).toMatch(/rc=1\b/);
      expect(terminal.screen).toContain("key=AKIATESTTESTTESTOLD0");
    });
  });
});

describe("what the kops documentation says", () => {
  const variables = {
    KOPS_MFA_ROLE_ARN: "arn:aws:iam::222222222222:role/kops-admin",
    KOPS_MFA_ARN: "arn:aws:iam::111111111111:mfa/jon",
  };

  test("its two variables alone, with access keys in the environment and no files", async () => {
    const [key] = person.world.jon.accessKeys;
    const env = {
      ...variables,
      AWS_ACCESS_KEY_ID: key?.accessKeyId ?? "",
      AWS_SECRET_ACCESS_KEY: key?.secretAccessKey ?? "",
      AWS_CONFIG_FILE: "/nonexistent",
      AWS_SHARED_CREDENTIALS_FILE: "/nonexistent",
    };
    const terminal = onTerminal(
      "bash",
      `${evaluate.bash("")}; ${show()}; ${evaluate.bash("")} && echo again`,
      env,
    );
    await terminal.shows(question);
    terminal.type(`${person.code()}\r`);
    expect(await terminal.ends()).toBe(0);
    const [after = {}] = shownEnvironments();
    expect(after["AWS_ACCESS_KEY_ID"]).toMatch(/^ASIA/);
    expect(after).not.toHaveProperty("KOPS_MFA_PROFILE");
    expect(JSON.stringify(after)).not.toContain(key?.secretAccessKey);
    expect(terminal.screen).toContain("again");
  });

  test("its two variables with the keys of [default]", async () => {
    const { exitCode, stdout } = await person.run(
      ["env", "--format", "json", "--token-code", person.code()],
      { env: variables },
    );
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      AWS_REGION: "eu-west-1",
      KOPS_MFA_PROFILE: "default",
    });
    expect(person.sandbox.requests.map(({ action }) => action)).toEqual([
      "GetSessionToken",
      "AssumeRole",
    ]);
  });
});

describe("which calls are made", () => {
  const actions = () =>
    person.sandbox.requests.map(({ action, outcome }) => `${action ?? ""} ${outcome ?? ""}`);

  test("a profile without a role gets the user's own session with MFA", async () => {
    const { exitCode, stdout } = await person.run([
      ...["env", "me", "--format", "process"],
      ...["--token-code", person.code()],
    ]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      Version: 1,
      AccessKeyId: expect.stringMatching(/^ASIA/) as string,
    });
    expect(actions()).toEqual(["GetSessionToken OK"]);
  });

  test("a chain of roles is walked from its keys to its end", async () => {
    const { exitCode } = await person.run(["login", "chained", "--token-code", person.code()]);
    expect(exitCode).toBe(0);
    expect(actions()).toEqual(["GetSessionToken OK", "AssumeRole OK", "AssumeRole OK"]);
  });

  test("one code serves all roles of one user", async () => {
    await person.run(["login", "prod", "--token-code", person.code()]);
    const { exitCode, stderr } = await person.run(["login", "staging"]);
    expect(stderr).toBe(
      "kops-mfa: session of arn:aws:sts::222222222222:assumed-role/kops-short/jon: 59 min left\n",
    );
    expect(exitCode).toBe(0);
  });

  test("a role of more than an hour gets the code itself", async () => {
    const { exitCode } = await person.run([
      ...["login", "prod", "--duration", "12h"],
      ...["--token-code", person.code()],
    ]);
    expect(exitCode).toBe(0);
    expect(actions()).toEqual(["AssumeRole OK"]);
  });
});

describe("for other programs", () => {
  const aws = findProgram("/usr/bin/aws");

  test.skipIf(aws === null && process.env["KOPS_MFA_REQUIRE_ALL"] !== "1")(
    "the AWS CLI sees the assumed role",
    async () => {
      await person.run(["login", "staging", "--token-code", person.code()]);
      const script = `${evaluate.bash("staging")} && /usr/bin/aws --endpoint-url "$AWS_ENDPOINT_URL_STS" sts get-caller-identity --output text --query Arn`;
      const terminal = onTerminal("bash", script);
      expect(await terminal.ends()).toBe(0);
      expect(terminal.screen).toContain("arn:aws:sts::222222222222:assumed-role/kops-short/jon");
    },
  );

  test("dotenv is bare lines, and --output writes a file that only its owner reads", async () => {
    const file = person.path("session.env");
    const { exitCode, stdout } = await person.run([
      ...["env", "prod", "--format", "dotenv", "--output", file],
      ...["--token-code", person.code()],
    ]);
    expect([exitCode, stdout]).toEqual([0, ""]);
    const { status, stdout: shown } = spawnSync(
      process.execPath,
      [
        `--env-file=${file}`,
        "-p",
        "process.env.AWS_SESSION_TOKEN.length > 300 && process.env.KOPS_MFA_PROFILE",
      ],
      { env: {}, encoding: "utf8" },
    );
    expect([status, shown.trim()]).toEqual([0, "prod"]);
    const mode = spawnSync("stat", ["-c", "%a", file], { encoding: "utf8" }).stdout.trim();
    expect(mode).toBe("600");
  });
});

function findProgram(path: string): string | null {
  return spawnSync(path, ["--version"]).status === 0 ? path : null;
}
