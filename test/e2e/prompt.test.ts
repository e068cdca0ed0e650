import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { Person } from "./person.ts";
import { TestTerminal } from "./terminal.ts";

let person: Person;
beforeAll(async () => {
  person = await Person.arrive();
});
afterAll(() => person.leave());
beforeEach(() => person.forget());

const question = "MFA code of jon (111111111111) for role kops-admin (222222222222):";

/** Standard input a terminal, standard output a pipe: what a program meets inside `$(…)`. */
function evaluating(options = "prod", before = ""): TestTerminal {
  const script = `${before} lines="$(kops-mfa env ${options})"; echo "rc=$? lines=$(printf %s "$lines" | head -c 6)"`;
  return new TestTerminal("bash", ["--norc", "--noprofile", "-c", script], person.env);
}

test("a wrong code is asked for again, three times in all, and never shown", async () => {
  const terminal = evaluating();
  for (const [index, code] of ["000000", "000001", "000002"].entries()) {
    await terminal.shows(question, index + 1);
    terminal.type(`${code}\r`);
  }
  await terminal.ends();
  expect(
    terminal.screen.match(/STS refused the code of arn:aws:iam::111111111111:mfa\/jon/g),
  ).toHaveLength(3);
  expect(terminal.screen).toContain("Wait for the next code");
  expect(terminal.screen).toContain("rc=1 lines=false;");
  expect(terminal.screen).not.toContain("00000");
});

test("the second code counts when the first was wrong", async () => {
  const terminal = evaluating();
  await terminal.shows(question);
  terminal.type("000000\r");
  await terminal.shows(question, 2);
  terminal.type(`${person.code()}\r`);
  await terminal.ends();
  expect(terminal.screen).toContain("rc=0 lines=if `un");
});

test("what is not six digits is asked for again without a call to STS", async () => {
  const terminal = evaluating();
  await terminal.shows(question);
  terminal.type("12345\r");
  await terminal.shows("the code has six digits");
  terminal.type("abcdef\r");
  await terminal.shows("the code has six digits", 2);
  expect(person.sandbox.requests).toHaveLength(0);
  const code = person.code();
  terminal.type(`9\x7f${code.slice(0, 3)} ${code.slice(3)}\r`);
  await terminal.ends();
  expect(terminal.screen).toContain("rc=0 lines=if `un");
});

test("Ctrl-C ends with 130, and the evaluation fails", async () => {
  const terminal = evaluating();
  await terminal.shows(question);
  terminal.type("12\x03");
  await terminal.ends();
  expect(terminal.screen).toContain("rc=130 lines=false;");
  expect(person.sandbox.requests).toHaveLength(0);
});

test("Ctrl-D at an empty prompt is a clear error", async () => {
  const terminal = evaluating();
  await terminal.shows(question);
  terminal.type("\x04");
  await terminal.ends();
  expect(terminal.screen).toContain("the prompt was closed before a code was given");
  expect(terminal.screen).toContain("rc=1 lines=false;");
});

test("the terminal echoes again after the prompt, however it ended", async () => {
  for (const keys of ["\x03", "\x04"]) {
    const terminal = new TestTerminal(
      "bash",
      ["--norc", "--noprofile", "-c", "kops-mfa env prod >/dev/null; stty -a"],
      person.env,
    );
    await terminal.shows(question);
    terminal.type(keys);
    await terminal.ends();
    expect(terminal.screen).toMatch(/^isig icanon .* echo /m);
  }
});

test("SIGTERM at the prompt leaves a terminal that echoes", async () => {
  const script = "kops-mfa env prod >/dev/null & wait $!; echo; stty -a";
  const terminal = new TestTerminal("bash", ["--norc", "--noprofile", "-c", script], person.env);
  await terminal.shows(question);
  terminal.type("1");
  const kill = new TestTerminal(
    "pkill",
    ["-TERM", "-f", `${person.home}/bin/kops-mfa`],
    person.env,
  );
  await kill.ends();
  await terminal.ends();
  expect(terminal.screen).toMatch(/^isig icanon .* echo /m);
});

test("standard input may be something else: the terminal is asked", async () => {
  const terminal = evaluating("prod < /dev/null");
  await terminal.shows(question);
  terminal.type(`${person.code()}\r`);
  await terminal.ends();
  expect(terminal.screen).toContain("rc=0 lines=if `un");
});

test("without a terminal the error names the other ways", async () => {
  const { exitCode, stdout, stderr } = await person.run(["env", "prod", "--shell", "bash"]);
  expect({ exitCode, stdout, stderr }).toEqual({
    exitCode: 1,
    stdout: "false;\n",
    stderr: `kops-mfa: there is no terminal to ask for the code of arn:aws:iam::111111111111:mfa/jon on
          Give it with --token-code, KOPS_MFA_TOKEN_CODE or mfa_process, or run kops-mfa in a terminal first: the session is kept.
`,
  });
});

test("KOPS_MFA_TOKEN_CODE is a code, and is tried once", async () => {
  const right = await person.run(["env", "prod", "--shell", "sh"], {
    env: { KOPS_MFA_TOKEN_CODE: person.code() },
  });
  expect(right.exitCode).toBe(0);
  person.forget();
  const wrong = await person.run(["env", "prod", "--shell", "sh"], {
    env: { KOPS_MFA_TOKEN_CODE: "000000" },
  });
  expect(wrong.exitCode).toBe(1);
  expect(person.sandbox.requests).toHaveLength(1);
});

test("typed bare at a terminal, env prints, and says how to use it", async () => {
  await person.run(["login", "prod", "--token-code", person.code()]);
  const terminal = new TestTerminal(
    "bash",
    ["--norc", "--noprofile", "-c", "kops-mfa env prod"],
    person.env,
  );
  expect(await terminal.ends()).toBe(0);
  expect(terminal.screen).toContain("export AWS_ACCESS_KEY_ID=");
  expect(terminal.screen).toContain(
    'nothing was changed yet; to use it: eval "$(kops-mfa env prod)"',
  );
});
