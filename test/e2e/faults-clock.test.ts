import { readFileSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Person } from "./person.ts";
import { TestTerminal } from "./terminal.ts";

/** Moves the program's clock by the milliseconds in a file, which may change while it runs. */
const hook = `
const { readFileSync } = require("node:fs");
const now = Date.now.bind(Date);
const moved = () => now() + Number(readFileSync(process.env.CLOCK, "utf8"));
globalThis.Date = class extends Date {
  constructor(...args) { args.length === 0 ? super(moved()) : super(...args); }
  static now() { return moved(); }
};
`;

const hour = 3_600_000;
const question = "MFA code of jon (111111111111) for role kops-admin (222222222222):";

let person: Person;
beforeAll(async () => {
  person = await Person.arrive();
});
afterAll(() => person.leave());
beforeEach(() => {
  person.forget();
  move(0);
});

function move(ms: number): void {
  writeFileSync(person.path("clock"), String(ms));
}
const moving = () => ({
  NODE_OPTIONS: `--require ${person.write("clock.cjs", hook)}`,
  CLOCK: person.path("clock"),
});
const login = () => person.run(["login", "prod", "--token-code", person.code()], { env: moving() });
const env = () => person.run(["env", "prod", "--shell", "sh"], { env: moving() });
const calls = () => person.sandbox.requests.map(({ action, outcome }) => `${action} ${outcome}`);

describe("the clock of this machine, after a login, jumps", () => {
  test("forward beyond the role's end: it is renewed without a code, by STS's own clock", async () => {
    await login();
    move(2 * hour);
    expect(await env()).toMatchObject({ exitCode: 0 });
    // The first try is signed with the wrong time, which the answer's Date corrects.
    expect(calls().at(-1)).toBe("AssumeRole OK");
  });

  test("forward beyond everything: a code is needed, and said so", async () => {
    await login();
    move(48 * hour);
    const { exitCode, stdout, stderr } = await env();
    expect([exitCode, stdout]).toEqual([1, "false;\n"]);
    expect(stderr).toContain("there is no terminal to ask");
  });

  test("back: the session stays, and its end is the one that STS named", async () => {
    await login();
    const before = (await env()).stdout;
    move(-24 * hour);
    expect(await env()).toEqual({ exitCode: 0, stdout: before, stderr: "" });
    const { stdout } = await person.run(["status", "prod"], { env: moving() });
    const [, end = "?"] = /AWS_CREDENTIAL_EXPIRATION='(.*)'/.exec(before) ?? [];
    expect(stdout).toContain(`(until ${end})`);
  });

  test("there and back: nothing is lost", async () => {
    await login();
    const before = (await env()).stdout;
    move(48 * hour);
    expect((await env()).exitCode).toBe(1);
    move(0);
    expect((await env()).stdout).toBe(before);
    expect(calls()).toEqual(["GetSessionToken OK", "AssumeRole OK"]);
  });
});

describe("a laptop that sleeps while the question is open", () => {
  test.for([
    ["the clock goes on", 9 * hour],
    ["the clock is set back meanwhile", -9 * hour],
  ] as const)("%s: the code of afterwards works", async ([, jump]) => {
    const script = 'echo $$ > "$HOME/pid"; exec kops-mfa login prod';
    const terminal = new TestTerminal("sh", ["-c", script], { ...person.env, ...moving() });
    await terminal.shows(question);
    const pid = Number(readFileSync(person.path("pid"), "utf8"));
    process.kill(pid, "SIGSTOP");
    move(jump);
    await sleep(300);
    process.kill(pid, "SIGCONT");
    terminal.type(`${person.code()}\r`);
    expect(await terminal.ends()).toBe(0);
    expect(calls().filter((call) => call.endsWith("OK"))).toEqual([
      "GetSessionToken OK",
      "AssumeRole OK",
    ]);
  });
});
