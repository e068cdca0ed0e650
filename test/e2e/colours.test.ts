import { afterAll, beforeAll, expect, test } from "vitest";
import { Person } from "./person.ts";
import { TestTerminal } from "./terminal.ts";

let person: Person;
beforeAll(async () => {
  person = await Person.arrive();
});
afterAll(() => person.leave());

const red = "\u001b[31m";
const green = "\u001b[32m";

type Case = readonly [
  assignments: string,
  expected: {
    readonly errors: boolean;
    readonly report: boolean;
    readonly first: RegExp;
  },
];
const columns = /^(\S*ok\S*) +node +kops-mfa /m;
const sentences = /^node, ok: kops-mfa /m;

/** What is said on standard error, and what doctor prints on standard output, on one terminal. */
const script = "kops-mfa status nobody; kops-mfa doctor prod --offline";

test.for<Case>([
  ["TERM=xterm-256color", { errors: true, report: true, first: columns }],
  ["NO_COLOR=1", { errors: false, report: false, first: columns }],
  ["FORCE_COLOR=0", { errors: false, report: false, first: columns }],
  ["CLICOLOR=0", { errors: false, report: false, first: columns }],
  ["TERM=dumb", { errors: false, report: false, first: sentences }],
  ["KOPS_MFA_PLAIN=1", { errors: false, report: false, first: sentences }],
  ["TERM=dumb FORCE_COLOR=1", { errors: true, report: false, first: sentences }],
])("on a terminal with %s", async ([assignments, { errors, report, first }]) => {
  const { NO_COLOR, ...env } = person.env;
  expect(NO_COLOR).toBe("1");
  const args = ["LANG=C", ...assignments.split(" "), "sh", "-c", script];
  const terminal = new TestTerminal("env", args, env);
  await terminal.ends();
  const { screen } = terminal;
  expect(screen).toContain('there is no profile "nobody"');
  expect([screen.includes(`${red}kops-mfa:`), screen.includes(green)]).toEqual([errors, report]);
  expect(screen.includes("\u001b")).toBe(errors || report);
  expect(screen).toMatch(first);
});

test.for([
  [{}, false],
  [{ FORCE_COLOR: "1" }, true],
  [{ CLICOLOR_FORCE: "1" }, true],
  [{ FORCE_COLOR: "1", NO_COLOR: "1" }, false],
] as const)("in a file with %o", async ([env, coloured]) => {
  const all = { NO_COLOR: "", ...env };
  const [failed, examined] = await Promise.all([
    person.run(["status", "nobody"], { env: all }),
    person.run(["doctor", "prod", "--offline"], { env: all }),
  ]);
  expect(failed.stderr.includes(`${red}kops-mfa:`)).toBe(coloured);
  expect(examined.stdout.includes(green)).toBe(coloured);
});

test("what a shell evaluates has no colours, whatever is forced", async () => {
  await person.run(["login", "prod", "--token-code", person.code()]);
  for (const format of ["export", "dotenv", "json", "process"]) {
    const { exitCode, stdout } = await person.run(
      ["env", "prod", "--shell", "bash", "--format", format],
      { env: { NO_COLOR: "", FORCE_COLOR: "3", CLICOLOR_FORCE: "1" } },
    );
    expect([exitCode, stdout.includes("\u001b")]).toEqual([0, false]);
  }
});
