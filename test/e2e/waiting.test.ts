import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test, type TestContext } from "vitest";
import type { Fault } from "../sandbox/faults.ts";
import { Person } from "./person.ts";
import { TestTerminal } from "./terminal.ts";

interface Scene {
  readonly person: Person;
  readonly host: string;
  /** Starts a script of bash on a terminal. */
  readonly start: (script: string, env?: Readonly<Record<string, string>>) => TestTerminal;
  /** The same for `kops-mfa login prod` with the code that counts now. */
  readonly login: (env?: Readonly<Record<string, string>>) => TestTerminal;
}

/** Somebody of their own for each of the tests, which wait at the same time. */
async function arrive(
  { onTestFinished }: TestContext,
  ...faults: readonly Fault[]
): Promise<Scene> {
  const person = await Person.arrive();
  onTestFinished(() => person.leave());
  person.sandbox.fault(...faults);
  const start: Scene["start"] = (script, { TERM = "xterm-256color", ...env } = {}) => {
    // The terminal itself would have its own word.
    const args = [`TERM=${TERM}`, "bash", "--norc", "--noprofile", "-c", script];
    return new TestTerminal("env", args, { ...person.env, ...env });
  };
  return {
    person,
    host: new URL(person.sandbox.url).host,
    start,
    login: (env) => start(`kops-mfa login prod --token-code ${person.code()}`, env),
  };
}

const late = (ms: number): Fault => ({ kind: "delay", ms });
const done = /^kops-mfa: session of \S+: \d+ (?:h|min)(?: \d+ min)? left\n$/;
const withCode = (command: string) => `
[profile automatic]
role_arn = arn:aws:iam::222222222222:role/kops-admin
source_profile = default
mfa_serial = arn:aws:iam::111111111111:mfa/jon
mfa_process = ${command}
[default]
region = eu-west-1
`;

describe.concurrent("what takes over a second", { timeout: 90_000 }, () => {
  test("turns a sign on the terminal, and leaves no trace", async (context) => {
    const { host, login } = await arrive(context, late(2500));
    const terminal = login();
    expect(await terminal.ends()).toBe(0);
    const frames = terminal.screen.split(` waiting for STS (${host})`).length - 1;
    expect(frames).toBeGreaterThan(3);
    expect(terminal.screen).toContain(`| waiting for STS (${host})`);
    expect(terminal.visible).toMatch(done);
  });

  test("has signs of its locale, and its name in the colour of notes", async (context) => {
    const { host, login } = await arrive(context, late(2500));
    const terminal = login({ LANG: "C.UTF-8", NO_COLOR: "" });
    expect(await terminal.ends()).toBe(0);
    expect(terminal.screen).toContain(`\u001b[2mkops-mfa:\u001b[22m ⠹ waiting for STS (${host})`);
    expect(terminal.visible).toMatch(done);
  });

  test("is not shown when it is quick", async (context) => {
    const { login } = await arrive(context);
    const terminal = login();
    expect(await terminal.ends()).toBe(0);
    expect(terminal.visible).toMatch(done);
  });

  test("is shown beside $(…), of which it is no part", async (context) => {
    const { host, person, start } = await arrive(context, late(2000));
    const script = `lines="$(kops-mfa env prod --token-code ${person.code()})"; printf %s "$lines" | tr -dc '\\033' | wc -c`;
    const terminal = start(script);
    expect(await terminal.ends()).toBe(0);
    expect(terminal.screen).toContain(`waiting for STS (${host})`);
    expect(terminal.visible.trim()).toBe("0");
  });

  test("is not shown in a log of CI, be it a terminal", async (context) => {
    const { login } = await arrive(context, late(3500));
    const terminal = login({ CI: "true" });
    expect(await terminal.ends()).toBe(0);
    expect(terminal.screen).toMatch(done);
  });

  test.for([{ KOPS_MFA_PLAIN: "1" }, { TERM: "dumb" }])(
    "is one line with %o, after a while",
    async (env, context) => {
      const { host, login } = await arrive(context, late(4000));
      const terminal = login({ ...env, NO_COLOR: "" });
      expect(await terminal.ends()).toBe(0);
      const [first, ...others] = terminal.screen.split("\n");
      expect(first).toBe(`kops-mfa: still waiting for STS (${host})`);
      expect(others.join("\n")).toMatch(done);
    },
  );

  test("gives way to an error", async (context) => {
    const { host, login } = await arrive(context, { kind: "hang" });
    const terminal = login({ KOPS_MFA_TIMEOUT: "2" });
    expect(await terminal.ends()).toBe(1);
    expect(terminal.screen).toContain("waiting for STS");
    expect(terminal.visible).toMatch(
      new RegExp(String.raw`^kops-mfa: STS \(${host}\) did not answer in time\n {10}\S.*\n$`),
    );
  });

  test("is gone after Ctrl-C, and the terminal is as it was", async (context) => {
    const { person, start } = await arrive(context, { kind: "hang" });
    const code = person.code();
    const terminal = start(
      `trap : INT; kops-mfa login prod --token-code ${code}; echo "rc=$?"; stty -a`,
    );
    await terminal.shows("waiting for STS");
    terminal.type("\x03");
    await terminal.ends();
    expect(terminal.visible).toMatch(/^(\^C)?\n?rc=130\n/);
    expect(terminal.visible).toMatch(/^isig icanon .* echo /m);
    expect(terminal.screen).not.toContain("\u001b[?25l");
    // What the terminal echoes lands at the beginning of the line, and goes with it, however narrow the window is.
    expect(terminal.screen).toContain("\u001b[K\r^C");
  });

  test("is gone while the program is stopped, and there again when it goes on", async (context) => {
    const { person, start } = await arrive(context, { kind: "hang" });
    const terminal = start(
      `set -m; kops-mfa login prod --token-code ${person.code()}; printf '\\nstopped\\n'; read -r; fg`,
    );
    await terminal.shows("waiting for STS");
    terminal.type("\x1a");
    await terminal.shows("\nstopped\n");
    expect(terminal.visible).not.toContain("waiting for STS");
    const before = terminal.screen.length;
    await sleep(500);
    expect(terminal.screen.slice(before)).toBe("");
    terminal.type("\r");
    await terminal.shows("waiting for STS", terminal.screen.split("waiting for STS").length);
    terminal.type("\x03");
    await terminal.ends();
  });

  test("is another kops-mfa's prompt, too", async (context) => {
    const { person, start } = await arrive(context);
    const first = start("kops-mfa login prod");
    await first.shows("MFA code of jon");
    const second = start("kops-mfa login prod");
    await second.shows("waiting for another kops-mfa, which is asking for the code");
    first.type(`${person.code()}\r`);
    expect(await first.ends()).toBe(0);
    expect(await second.ends()).toBe(0);
    expect(second.visible).toMatch(done);
  });

  test("is not shown over a question", async (context) => {
    const { person, start } = await arrive(context, late(1500), late(1500));
    const terminal = start("kops-mfa doctor prod --login");
    await terminal.shows("for role kops-admin (222222222222):");
    const before = terminal.screen.trimEnd();
    await sleep(1500);
    expect(terminal.screen.trimEnd()).toBe(before);
    terminal.type(`${person.code()}\r`);
    await terminal.ends();
    expect(terminal.visible).toMatch(/MFA code of jon \(.*\): *\nok +node /);
  });

  test("is said in a line of a program that has the terminal", async (context) => {
    const { person, start } = await arrive(context);
    person.write(".aws/config", withCode(`sleep 2; echo ${person.code()}`));
    const terminal = start("kops-mfa login automatic");
    expect(await terminal.ends()).toBe(0);
    const [first, ...others] = terminal.screen.split("\n");
    expect(first).toBe("kops-mfa: waiting for mfa_process");
    expect(others.join("\n")).toMatch(done);
  });

  test("is not said while that program asks for a secret", async (context) => {
    const { person, start } = await arrive(context);
    const ask = `stty -echo </dev/tty; printf 'Passphrase: ' >/dev/tty; sleep 2; stty echo </dev/tty; echo ${person.code()}`;
    person.write(".aws/config", withCode(ask));
    const terminal = start("kops-mfa login automatic");
    expect(await terminal.ends()).toBe(0);
    expect(terminal.visible).toMatch(/^Passphrase: kops-mfa: session of \S+: .* left\n$/);
  });

  test.for([
    [{}, 3],
    [{ KOPS_MFA_PLAIN: "1" }, 1],
    [{ CI: "1" }, 1],
  ] as const)("counts down in place, with %o in words", async ([env, least], context) => {
    const { person, start } = await arrive(context);
    person.write(".aws/config", withCode("echo 000000"));
    // Not so late in the half minute that there is nothing to count.
    const left = 30_000 - (Date.now() % 30_000);
    if (left < 8000) await sleep(left);
    const terminal = start('trap : INT; kops-mfa login automatic; echo "rc=$?"', env);
    await terminal.shows("its next code comes in ", least);
    await sleep(least === 1 ? 2500 : 0);
    terminal.type("\x03");
    await terminal.ends();
    const times = terminal.screen.split("its next code comes in ").length - 1;
    if (least === 1) expect(times).toBe(1);
    else expect(terminal.visible).not.toContain("its next code comes in ");
    expect(terminal.visible).toContain("rc=130");
  });
});
