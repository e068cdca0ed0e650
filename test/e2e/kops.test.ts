import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { Person } from "./person.ts";
import { StandIn } from "./stand-in.ts";
import { TestTerminal } from "./terminal.ts";

let person: Person;
let kops: StandIn;
beforeAll(async () => {
  person = await Person.arrive();
  kops = new StandIn(person, "kops");
});
afterAll(() => person.leave());
beforeEach(() => {
  person.forget();
  kops.starts();
});

const login = () => person.run(["login", "prod", "--token-code", person.code()]);
const calls = () => person.sandbox.requests.length;

describe("the contract of the kops documentation", () => {
  const variables = () => {
    const { accessKeyId, secretAccessKey } = person.world.jon.accessKeys[0]!;
    return {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      KOPS_MFA_ROLE_ARN: "arn:aws:iam::222222222222:role/kops-admin",
      KOPS_MFA_ARN: person.serial,
    };
  };

  test("the two variables, no profile: asks on the terminal, and kops has the role", async () => {
    const env = { ...person.env, ...variables() };
    const terminal = new TestTerminal("kops-mfa", ["get", "clusters"], env);
    await terminal.shows("MFA code");
    terminal.type(`${person.code()}\r`);
    expect(await terminal.ends()).toBe(0);
    const [start] = kops.starts();
    expect(start?.argv).toEqual(["get", "clusters"]);
    expect(start?.terminals).toEqual([true, true, true]);
    expect(start?.env["AWS_ACCESS_KEY_ID"]).toMatch(/^ASIA/);
    expect(start?.env["AWS_SESSION_TOKEN"]).toMatch(/./);
    expect(start?.env).not.toHaveProperty("KOPS_MFA_TOKEN_CODE");
    expect(terminal.screen).not.toContain(person.code());
  });

  test("the second command asks nothing", async () => {
    const env = { ...variables(), KOPS_MFA_TOKEN_CODE: person.code() };
    expect((await person.run(["get", "clusters"], { env })).exitCode).toBe(0);
    const before = calls();
    const second = await person.run(["validate", "cluster"], { env: variables() });
    expect(second).toEqual({ exitCode: 0, stdout: "", stderr: "" });
    expect(calls()).toBe(before);
    expect(kops.starts().map(({ argv }) => argv[0])).toEqual(["get", "validate"]);
  });
});

describe("with a session", () => {
  beforeEach(login);
  const prod = { AWS_PROFILE: "prod" };

  const lines: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ["flags before the command", ["--state", "s3://b", "-v", "2", "get", "clusters"], []],
    ["a flag with its value", ["--name=one", "get", "ig"], []],
    ["odd words", ["get", "", "a b", "$(reboot)", "'", "-x", "--", "y"], []],
    ["-- forces kops", ["--", "env", "--shell", "x"], ["env", "--shell", "x"]],
    ["options of ours before", ["--region", "eu-west-1", "get", "ig"], ["get", "ig"]],
    ["a command that kops may have learnt", ["teleport", "cluster"], []],
  ];
  test.each(lines)("%s", async (_, words, passed) => {
    const { exitCode, stderr } = await person.run(words, { env: prod });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    const [start] = kops.starts();
    expect(start?.argv).toEqual(passed.length > 0 ? passed : words);
    expect(start?.env["AWS_ACCESS_KEY_ID"]).toMatch(/^ASIA/);
  });

  test("an option of ours names the profile, also before a command of ours", async () => {
    await person.run(["-p", "prod", "get", "clusters"]);
    expect(kops.starts()[0]?.env["KOPS_MFA_PROFILE"]).toBe("prod");
    const { stdout } = await person.run(["--profile=prod", "status", "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({ profile: "prod" });
  });

  test("the environment is the session's, and what would win over it is gone", async () => {
    const env = { ...prod, KOPS_AWS_ROLE_ARN: "arn:aws:iam::1:role/x", AWS_SECURITY_TOKEN: "old" };
    await person.run(["get", "clusters"], { env });
    const [start] = kops.starts();
    for (const name of ["AWS_PROFILE", "KOPS_AWS_ROLE_ARN", "AWS_SECURITY_TOKEN"]) {
      expect(start?.env).not.toHaveProperty(name);
    }
    expect(start?.env["KOPS_MFA_PROFILE"]).toBe("prod");
  });

  test("kops's exit code is ours", async () => {
    const env = { ...prod, STAND_IN: "exit:7" };
    expect((await person.run(["get", "clusters"], { env })).exitCode).toBe(7);
  });

  test("a kops that leads back here is found out", async () => {
    const path = person.write("bin/kops", '#!/bin/sh\nexec kops-mfa "$@"\n', 0o700);
    onTestFinished(() => {
      rmSync(path);
      kops = new StandIn(person, "kops");
    });
    const { exitCode, stderr } = await person.run(["get", "clusters"], { env: prod });
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`kops-mfa: ${path} runs kops-mfa again`);
  });
});

describe("no code is asked for", () => {
  test.each([
    [["version"]],
    [["help", "create"]],
    [["completion", "bash"]],
    [["get", "clusters", "--help"]],
    [["--state", "s3://b", "version"]],
    [["-v", "3"]],
    [["__complete", "get", ""]],
  ])("%j", async (words) => {
    const { exitCode, stderr } = await person.run(words, { env: { AWS_PROFILE: "prod" } });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(calls()).toBe(0);
    const [start] = kops.starts();
    expect(start?.argv).toEqual(words);
    expect(start?.env["AWS_PROFILE"]).toBe("prod");
  });

  test("kops's completion has a session that is there", async () => {
    await login();
    await person.run(["__complete", "get", ""], { env: { AWS_PROFILE: "prod" } });
    expect(kops.starts()[0]?.env["AWS_ACCESS_KEY_ID"]).toMatch(/^ASIA/);
  });
});

describe("mistakes", () => {
  test.each([
    [["stauts"], 'there is no command "stauts"', "Did you mean status?"],
    [["--profil", "prod", "get"], "there is no option --profil", "Did you mean --profile?"],
  ])("%j is a suggestion", async (words, what, cure) => {
    const { exitCode, stdout, stderr } = await person.run(words);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toBe(
      `kops-mfa: ${what}\n          ${cure} If kops is to have it: kops-mfa -- ${words[0]}\n`,
    );
    expect(kops.starts()).toEqual([]);
  });

  test("kops is not there: said before a code is asked for", async () => {
    kops.remove();
    onTestFinished(() => {
      kops = new StandIn(person, "kops");
    });
    const missing = await person.run(["get", "clusters"], { env: { AWS_PROFILE: "prod" } });
    expect(missing).toEqual({
      exitCode: 127,
      stdout: "",
      stderr:
        "kops-mfa: kops is not on your PATH\n          See https://kops.sigs.k8s.io/getting_started/install/\n",
    });
    person.write("bin/kops", "#!/bin/sh\n", 0o600);
    const denied = await person.run(["get", "clusters"], { env: { AWS_PROFILE: "prod" } });
    expect(denied.exitCode).toBe(126);
    expect(denied.stderr).toContain(`${person.path("bin/kops")} is not executable`);
  });
});

describe("runs that may be long", () => {
  const roll = ["rolling-update", "cluster", "--yes"];
  const prod = { AWS_PROFILE: "prod" };

  test("a session that is enough for a short command is renewed for a long one, without a code", async () => {
    await login();
    person.shortenSessions("AssumeRole", 20 * 60);
    await person.run(["get", "clusters"], { env: prod });
    await person.run(["validate", "cluster", "--wait", "10m"], { env: prod });
    expect(calls()).toBe(2);
    const { stderr } = await person.run(["validate", "cluster", "--wait=30m"], { env: prod });
    expect(stderr).toMatch(
      /^kops-mfa: a new session for kops validate cluster --wait: the one that was kept had (20|19) min left\n$/,
    );
    expect(calls()).toBe(3);
  });

  test.for([
    ["--no-server", ""],
    ["--server", "; it is renewed meanwhile"],
    ["--region=eu-west-1", "; it is renewed meanwhile"],
  ] as const)("%s: what is left is said where it may not be enough", async ([option, outcome]) => {
    await login();
    const { exitCode, stderr } = await person.run([option, ...roll], { env: prod });
    expect(exitCode).toBe(0);
    const [line = "", ...others] = stderr.split("\n");
    expect(line.replace(/ in (1 h|59 min)/, " in an hour")).toBe(
      `kops-mfa: kops rolling-update cluster may take 3 h, and this session ends in an hour${outcome}`,
    );
    expect(others).toEqual([""]);
  });

  test("nothing is said where it is enough, or where nothing is done", async () => {
    await login();
    for (const words of [["validate", "cluster", "--wait", "10m"], roll.slice(0, 2)]) {
      expect((await person.run(words, { env: prod })).stderr).toBe("");
    }
  });
});

describe("signals", () => {
  beforeEach(login);
  const start = (does: string) =>
    new TestTerminal("sh", ["-c", 'kops-mfa get clusters; echo "status=$?"'], {
      ...person.env,
      AWS_PROFILE: "prod",
      STAND_IN: does,
    });
  const ours = (pid: number) => execFileSync("ps", ["-o", "ppid=", "-p", String(pid)]);

  test("Ctrl-C is kops's to answer, and its exit code is kept", async () => {
    const terminal = start("wait:SIGINT");
    await terminal.shows("waiting");
    terminal.type("\x03");
    await terminal.shows("got SIGINT");
    await terminal.ends();
    expect(terminal.screen.match(/got SIGINT/g)).toHaveLength(1);
  });

  test.each(["SIGTERM", "SIGHUP", "SIGUSR1"] as const)(
    "%s to this program reaches kops once",
    async (signal) => {
      const terminal = start(`wait:${signal}`);
      await terminal.shows("waiting");
      const [{ pid, ppid } = { pid: 0, ppid: 0 }] = kops.starts();
      expect(Number(ours(pid))).toBe(ppid);
      process.kill(ppid, signal);
      await terminal.shows("status=9");
      expect(terminal.screen.match(/got/g)).toHaveLength(1);
      await terminal.ends();
    },
  );

  test.each([
    ["SIGTERM", 143],
    ["SIGKILL", 137],
    ["SIGINT", 130],
  ] as const)("a kops that ends by %s", async (signal, status) => {
    const terminal = start(`die:${signal}`);
    await terminal.shows(`status=${status}`);
    expect(await terminal.ends()).toBe(0);
  });

  test("Ctrl-C ends a loop of bash, which looks at what its child died of", async () => {
    const loop = "for i in 1 2 3; do kops-mfa get clusters; done";
    const env = { ...person.env, AWS_PROFILE: "prod", STAND_IN: "wait:SIGTERM" };
    const terminal = new TestTerminal("bash", ["--norc", "--noprofile", "-c", loop], env);
    await terminal.shows("waiting");
    terminal.type("\x03");
    expect(await terminal.ends()).toBe(130);
    expect(kops.starts()).toHaveLength(1);
  });

  test("Ctrl-Z stops both, fg goes on", async () => {
    const terminal = new TestTerminal("bash", ["--norc", "--noprofile", "-i"], {
      ...person.env,
      AWS_PROFILE: "prod",
      STAND_IN: "wait:SIGTERM",
      PS1: "[ready]$ ",
    });
    await terminal.shows("[ready]$");
    terminal.type("kops-mfa get clusters\r");
    await terminal.shows("waiting");
    terminal.type("\x1a");
    await terminal.shows("[ready]$", 2);
    const [{ pid, ppid } = { pid: 0, ppid: 0 }] = kops.starts();
    const state = execFileSync("ps", ["-o", "stat=", "-p", `${pid},${ppid}`], { encoding: "utf8" });
    expect(state.trim().split("\n")).toEqual([
      expect.stringMatching(/^T/),
      expect.stringMatching(/^T/),
    ]);
    terminal.type("fg\r");
    await terminal.shows("kops-mfa get clusters", 2);
    process.kill(pid, "SIGTERM");
    await terminal.shows("got SIGTERM");
    terminal.type('echo "status=$?"\rexit\r');
    await terminal.shows("status=9");
    await terminal.ends();
  });
});
