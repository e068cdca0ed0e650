import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { trust } from "../sandbox/build.ts";
import { Person, program, type Result } from "./person.ts";
import { TestTerminal } from "./terminal.ts";

let person: Person;
beforeAll(async () => {
  person = await Person.arrive();
});
afterAll(() => person.leave());
beforeEach(() => person.forget());

const actions = () =>
  person.sandbox.requests.map(({ action, outcome }) => `${action ?? ""} ${outcome ?? ""}`);
const login = (...args: string[]) => person.run(["login", ...args, "--token-code", person.code()]);
describe("renewal", () => {
  test("an expired role is renewed without a person while the MFA session lives", async () => {
    await login("prod");
    person.shortenSessions("AssumeRole", -1);
    const { exitCode } = await person.run(["env", "prod", "--shell", "sh"]);
    expect(exitCode).toBe(0);
    expect(actions()).toEqual(["GetSessionToken OK", "AssumeRole OK", "AssumeRole OK"]);
  });

  test("a session counts as over five minutes before it is", async () => {
    await login("prod");
    person.shortenSessions("AssumeRole", 5 * 60 + 20);
    await person.run(["env", "prod", "--shell", "sh"]);
    expect(actions()).toHaveLength(2);
    person.shortenSessions("AssumeRole", 5 * 60 - 1);
    await person.run(["env", "prod", "--shell", "sh"]);
    expect(actions()).toHaveLength(3);
  });

  test("--min-ttl renews what is left with less", async () => {
    await login("prod");
    person.shortenSessions("AssumeRole", 44 * 60);
    await person.run(["env", "prod", "--shell", "sh", "--min-ttl", "40m"]);
    expect(actions()).toHaveLength(2);
    await person.run(["env", "prod", "--shell", "sh", "--min-ttl", "45m"]);
    expect(actions()).toHaveLength(3);
  });

  test("when the MFA session is over too, a code is needed", async () => {
    await login("prod");
    person.shortenSessions("AssumeRole", -1);
    person.shortenSessions("GetSessionToken", -1);
    const { exitCode, stderr } = await person.run(["env", "prod", "--shell", "sh"]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("there is no terminal to ask for the code");
  });
});

describe("strategies", () => {
  test("--no-session sends the code with AssumeRole", async () => {
    await login("prod", "--no-session");
    expect(actions()).toEqual(["AssumeRole OK"]);
  });

  test("a chain is capped to 1 h, which is said once", async () => {
    const { stderr } = await login("chained", "--duration", "4h");
    expect(stderr).toContain(
      "arn:aws:iam::222222222222:role/kops-chained for 1h instead of 4h: AWS caps a role that is assumed with temporary credentials\n",
    );
    expect(stderr.match(/1h instead of 4h/g)).toHaveLength(1);
    expect((await person.run(["env", "chained", "--duration", "4h", "--shell", "sh"])).stderr).toBe(
      "",
    );
  });

  test("where a policy denies GetSessionToken, the next code goes with AssumeRole", async () => {
    person.world.jon.denyGetSessionToken = true;
    try {
      const terminal = new TestTerminal(
        "bash",
        [
          "--norc",
          "--noprofile",
          "-c",
          'eval "$(kops-mfa env prod)" && echo "have $KOPS_MFA_PROFILE"',
        ],
        person.env,
      );
      await terminal.shows("MFA code of jon");
      terminal.type(`${person.code()}\r`);
      await terminal.shows("AWS denies GetSessionToken here, so the code goes with AssumeRole");
      await terminal.shows("MFA code of jon", 2);
      terminal.type(`${person.code(1)}\r`);
      await terminal.ends();
      expect(terminal.screen).toContain("have prod");
    } finally {
      person.world.jon.denyGetSessionToken = false;
    }
  });

  test("where a role wants a fresh code, it gets one, and no code is sent twice", async () => {
    const age = person.world.clusters.roles.find(({ name }) => name === "kops-age");
    expect(age).toBeDefined();
    person.write(
      "age-config",
      `[profile prod]\nrole_arn = arn:aws:iam::222222222222:role/kops-admin\nsource_profile = default\nmfa_serial = ${person.serial}\n[profile age]\nrole_arn = arn:aws:iam::222222222222:role/kops-age\nsource_profile = default\nmfa_serial = ${person.serial}\n`,
    );
    const strict = trust("arn:aws:iam::111111111111:root", {
      Bool: { "aws:MultiFactorAuthPresent": "true" },
      NumericLessThan: { "aws:MultiFactorAuthAge": "1" },
    });
    if (age) age.trustPolicy = strict;
    const env = { AWS_CONFIG_FILE: person.path("age-config") };
    await person.run(["login", "prod", "--token-code", person.code()], { env });
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const { exitCode, stderr } = await person.run(
      ["login", "age", "--token-code", person.code(1)],
      { env },
    );
    expect(stderr).toContain("it may want a fresh code");
    expect(exitCode).toBe(0);
    const calls = [
      "GetSessionToken OK",
      "AssumeRole OK",
      "AssumeRole AccessDenied",
      "GetCallerIdentity OK",
      "AssumeRole OK",
    ];
    expect(actions()).toEqual(calls);
    expect((await person.run(["env", "age", "--shell", "sh"], { env })).exitCode).toBe(0);
    expect((await person.run(["status", "age"], { env })).exitCode).toBe(0);
    expect(actions()).toEqual(calls);
  });
});

test("where nobody can give the fresh code, the refusal is said, and the way to give one", async () => {
  await login("prod");
  const { exitCode, stderr } = await person.run(["env", "denied", "--shell", "sh"], {
    env: {
      AWS_CONFIG_FILE: person.write(
        "denied-config",
        `[profile denied]\nrole_arn = arn:aws:iam::222222222222:role/kops-none\nsource_profile = default\nmfa_serial = ${person.serial}\n`,
      ),
    },
  });
  expect(exitCode).toBe(1);
  expect(stderr).toContain(
    "arn:aws:iam::111111111111:user/jon may not assume arn:aws:iam::222222222222:role/kops-none\n",
  );
  expect(stderr).toContain("--no-session");
});

describe("one code", () => {
  test("a code that was used is not sent again: it says when the next one comes", async () => {
    const code = person.code();
    await person.run(["login", "prod", "--token-code", code]);
    await person.run(["logout"]);
    const { exitCode, stderr } = await person.run(["login", "prod", "--token-code", code]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /this code of arn:aws:iam::111111111111:mfa\/jon has been used already\n +Each code works once: give the next one, in \d+ s\.\n/,
    );
    expect(actions()).toHaveLength(2);
  });

  test("typed again, it counts down to the next one and asks again", async () => {
    const code = person.code();
    await person.run(["login", "prod", "--token-code", code]);
    await person.run(["logout"]);
    const terminal = new TestTerminal("bash", ["-c", "kops-mfa login prod"], person.env);
    await terminal.shows("MFA code of jon");
    terminal.type(`${code}\r`);
    await terminal.shows("this code has been used; the next one comes in ");
    await terminal.shows("MFA code of jon", 2, 35_000);
    terminal.type(`${person.code(1)}\r`);
    expect(await terminal.ends()).toBe(0);
  });

  test("it is remembered hashed", async () => {
    const code = person.code();
    await person.run(["login", "prod", "--token-code", code]);
    const directory = person.path(".cache/kops-mfa");
    const texts = readdirSync(directory).map((name) => readFileSync(join(directory, name), "utf8"));
    expect(texts.some((text) => text.includes('"hash"'))).toBe(true);
    expect(texts.join("")).not.toMatch(new RegExp(`\\b${code}\\b`));
  });
});

/** Starts the program without waiting for it, in a session of its own (no terminal). */
function start(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Result> & { pid: number } {
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...person.env, ...env },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const result = new Promise<Result>((resolve) => {
    child.on("close", (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
  return Object.assign(result, { pid: child.pid ?? 0 });
}

describe("many shells", () => {
  test("ten at once ask one person once", async () => {
    const terminal = new TestTerminal("bash", ["-c", "kops-mfa login prod"], person.env);
    await terminal.shows("MFA code of jon");
    const others = Array.from({ length: 9 }, (_, index) =>
      start(["env", index % 2 === 0 ? "prod" : "staging", "--shell", "sh"]),
    );
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(person.sandbox.requests).toHaveLength(0);
    terminal.type(`${person.code()}\r`);
    expect(await terminal.ends()).toBe(0);
    const results = await Promise.all(others);
    expect(results.map(({ exitCode }) => exitCode)).toEqual(others.map(() => 0));
    expect(results.map(({ stderr }) => stderr)).toEqual(others.map(() => ""));
    expect(actions().filter((action) => action.startsWith("GetSessionToken"))).toHaveLength(1);
    expect(actions()).toHaveLength(3);
  });

  test("a holder of the lock that is killed holds nobody up", async () => {
    const terminal = new TestTerminal("bash", ["-c", "exec kops-mfa login prod"], person.env);
    await terminal.shows("MFA code of jon");
    const [lock = ""] = readdirSync(person.path(".cache/kops-mfa")).filter((name) =>
      name.endsWith(".lock"),
    );
    const [pid] = readFileSync(person.path(`.cache/kops-mfa/${lock}`), "utf8").split(" ");
    process.kill(Number(pid), "SIGKILL");
    await terminal.ends();
    const left = readdirSync(person.path(".cache/kops-mfa")).filter((name) =>
      name.endsWith(".lock"),
    );
    expect(left).toHaveLength(1);
    const began = Date.now();
    const { exitCode } = await login("prod");
    expect(exitCode).toBe(0);
    expect(Date.now() - began).toBeLessThan(10_000);
    const after = readdirSync(person.path(".cache/kops-mfa")).filter((name) =>
      /lock|dead/.test(name),
    );
    expect(after).toEqual([]);
  });

  test("a kill at any moment of a login leaves whole sessions or none", async () => {
    for (let delay = 60; delay <= 240; delay += 15) {
      person.forget();
      const child = start(["login", "prod", "--token-code", person.code()]);
      await new Promise((resolve) => setTimeout(resolve, delay));
      try {
        process.kill(child.pid, "SIGKILL");
      } catch {
        // It had ended before.
      }
      await child;
      person.sandbox.forgetCodes();
      const { exitCode, stderr } = await person.run(["status", "prod"]);
      expect([0, 1]).toContain(exitCode);
      expect(stderr).toBe("");
    }
  });
});
