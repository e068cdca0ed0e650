import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Person } from "./person.ts";
import { TestTerminal } from "./terminal.ts";

let person: Person;
beforeAll(async () => {
  person = await Person.arrive();
});
afterAll(() => person.leave());
beforeEach(() => person.forget());

const serial = "arn:aws:iam::111111111111:mfa/jon";
const source = `[default]\nregion = eu-west-1\n`;
const role = `role_arn = arn:aws:iam::222222222222:role/kops-admin\nsource_profile = default\nmfa_serial = ${serial}\n`;

/** The AWS configuration with `mfa_process` in profile "prod", line 6. */
const prod = (command: string) => `${source}[profile prod]\n${role}mfa_process = ${command}\n`;

/** Runs `env prod` with that configuration, and no terminal. */
function run(config: string, env: Readonly<Record<string, string>> = {}) {
  const path = person.write("config", config);
  return person.run(["env", "prod", "--shell", "sh"], { env: { AWS_CONFIG_FILE: path, ...env } });
}

/** Runs it where people do: on a terminal, inside `$(…)`. */
function evaluate(config: string, env: Readonly<Record<string, string>> = {}): TestTerminal {
  const path = person.write("config", config);
  // Without a trap, bash ends with what Ctrl-C has ended.
  const script = `trap : INT; lines="$(kops-mfa env prod)"; echo "rc=$? lines=$(printf %s "$lines" | head -c 6)"`;
  const all = { ...person.env, AWS_CONFIG_FILE: path, ...env };
  return new TestTerminal("bash", ["--norc", "--noprofile", "-c", script], all);
}

const sentCodes = () => person.sandbox.requests.flatMap(({ params }) => params["TokenCode"] ?? []);

// Conformance 35.
test.for<readonly [title: string, command: (code: string) => string]>([
  ["as it is", (code) => `echo ${code}`],
  ["without a line end", (code) => `printf %s ${code}`],
  ["between blanks", (code) => `printf '  ${code} \\t\\r\\n\\n'`],
  ["with noise beside it", (code) => `echo Touch your key... >&2; echo ${code}`],
  ["through a pipe, quotes and a variable", (code) => `x="${code}"; echo "$x" | cat`],
  ["and leaves something running", (code) => `echo ${code}; sleep 3 2>&- &`],
])("the code: %s", async ([, command]) => {
  const [start, code] = [Date.now(), person.code()];
  const { exitCode, stdout } = await run(prod(command(code)));
  expect([exitCode, stdout.slice(0, 6)]).toEqual([0, "if `un"]);
  expect(sentCodes()).toEqual([code]);
  expect(Date.now() - start).toBeLessThan(2900);
});

const hints = {
  toSee: "Run it yourself in this terminal to see why.",
  six: "It must print the code and nothing else (ykman: --single). Its output is not shown, since it may be a secret.",
  nothing: "It must print the six digits on standard output.",
};

test.for<readonly [command: string, message: string, hint: string]>([
  ["exit 1", "the command failed (exit code 1)", hints.toSee],
  ["echo 123456; exit 3", "the command failed (exit code 3)", hints.toSee],
  ["kill -TERM $$", "the command was ended by SIGTERM", hints.toSee],
  [
    "no-such-program",
    "the shell did not find the command",
    "Install it, put it on the PATH, or write its full path.",
  ],
  ["true", "the command printed nothing", hints.nothing],
  ["echo 123456 >&2", "the command printed nothing", hints.nothing],
  ["echo 12345", "what the command printed is not six digits", hints.six],
  ["echo 123 456", "what the command printed is not six digits", hints.six],
  ["echo AWS:jon 123456", "what the command printed is not six digits", hints.six],
  ["echo hunter2", "what the command printed is not six digits", hints.six],
  ["yes 123456 | head -c 100000", "what the command printed is not six digits", hints.six],
])("refused: %s", async ([command, message, hint]) => {
  const { exitCode, stdout, stderr } = await run(prod(command));
  const own = stderr.slice(stderr.indexOf("kops-mfa:"));
  expect([exitCode, stdout, own]).toEqual([
    1,
    "false;\n",
    `kops-mfa: ~/config:7 (mfa_process): ${message}\n          ${hint}\n`,
  ]);
  expect(sentCodes()).toEqual([]);
});

describe("which command", () => {
  const settings = (text: string) => {
    person.write("settings", text);
    return { KOPS_MFA_CONFIG: person.path("settings") };
  };
  const echo = (text = "exit 9") => `mfa_process = ${text}\n`;

  // Conformance 20 and 21.
  test.for<readonly [title: string, config: (right: string) => string, own?: string]>([
    ["of the source profile", (right) => `${source}${echo(right)}[profile prod]\n${role}`],
    [
      "own before the source's",
      (right) => `${source}${echo()}[profile prod]\n${role}${echo(right)}`,
    ],
    ["the settings' before the profile's", () => prod("exit 9"), "[prod]\n"],
    ["the settings' defaults last", () => `${source}[profile prod]\n${role}`, "[defaults]\n"],
  ])("%s", async ([, config, section]) => {
    const right = `echo ${person.code()}`;
    const env = settings(section === undefined ? "" : section + echo(right));
    const { exitCode, stderr } = await run(config(right), env);
    expect([exitCode, stderr]).toEqual([0, ""]);
  });

  test("none where a code is given", async () => {
    const config = person.write("config", prod("exit 9"));
    const { exitCode } = await person.run(["login", "prod", "--token-code", person.code()], {
      env: { AWS_CONFIG_FILE: config },
    });
    expect(exitCode).toBe(0);
  });

  test("none where the session is kept", async () => {
    await run(prod(`echo ${person.code()}`));
    expect(await run(prod("exit 9"))).toMatchObject({ exitCode: 0, stderr: "" });
  });
});

describe("on a terminal", () => {
  test("it asks, and is answered, inside $(…)", async () => {
    const ask = 'printf "passphrase: " >&2; read -r x; test "$x" = secret && echo';
    const terminal = evaluate(prod(`${ask} ${person.code()}`));
    await terminal.shows("passphrase: ");
    terminal.type("secret\r");
    await terminal.ends();
    expect(terminal.screen).toContain("rc=0 lines=if `un");
  });

  test("its streams are the terminal, and so is /dev/tty", async () => {
    const look = "test -t 0 && test -t 2 && test ! -t 1 && echo for the person > /dev/tty && echo";
    const terminal = evaluate(prod(`${look} ${person.code()}`));
    await terminal.ends();
    expect(terminal.screen).toContain("for the person\n");
    expect(terminal.screen).toContain("rc=0 lines=if `un");
  });

  test("Ctrl-C ends it with 130, and nothing is left of it", async () => {
    const terminal = evaluate(prod("echo waiting >&2; sleep 97.531 | cat"));
    await terminal.shows("waiting");
    terminal.type("\x03");
    await terminal.ends();
    expect(terminal.screen).toContain("rc=130 lines=false;");
    expect(processes("sleep 97.531")).toBe("");
  });

  test("the terminal echoes again when the time is over", async () => {
    const config = prod("stty -echo; echo waiting >&2; sleep 97.532 | cat");
    const terminal = evaluate(config, { KOPS_MFA_PROCESS_TIMEOUT: "1" });
    await terminal.ends();
    expect(terminal.screen).toContain("gave no code within 1 s");
    const after = new TestTerminal(
      "bash",
      ["--norc", "--noprofile", "-c", "kops-mfa env prod >/dev/null; stty -a"],
      { ...person.env, AWS_CONFIG_FILE: person.path("config"), KOPS_MFA_PROCESS_TIMEOUT: "1" },
    );
    await after.ends();
    expect(after.screen).toMatch(/^isig icanon .* echo /m);
    expect(processes("sleep 97.532")).toBe("");
  });
});

test("without a terminal it has no input", async () => {
  const { exitCode } = await run(prod(`cat; test ! -t 0 && echo ${person.code()}`));
  expect(exitCode).toBe(0);
});

test.for(["sleep 98.765 | cat", "trap '' TERM; sleep 98.765 & wait; wait", "(sleep 98.765; true)"])(
  "after the time limit nothing is left of %s",
  async (command) => {
    const start = Date.now();
    const { exitCode, stdout, stderr } = await run(prod(command), {
      KOPS_MFA_PROCESS_TIMEOUT: "0.5",
    });
    expect([exitCode, stdout, stderr]).toEqual([
      1,
      "false;\n",
      "kops-mfa: ~/config:7 (mfa_process): the command gave no code within 0.5 s, and was ended\n          Run it yourself to see what it waits for; KOPS_MFA_PROCESS_TIMEOUT (seconds) gives it longer.\n",
    ]);
    expect(Date.now() - start).toBeLessThan(5000);
    expect(processes("sleep 98.765")).toBe("");
  },
);

test("SIGTERM takes it along", async () => {
  const terminal = evaluate(
    prod("echo $PPID > $HOME/pid; echo waiting >&2; sleep 97.533 | cat"),
    {},
  );
  await terminal.shows("waiting");
  process.kill(Number(readFileSync(person.path("pid"), "utf8")), "SIGTERM");
  await terminal.ends();
  expect(terminal.screen).toContain("rc=143 lines=");
  expect(processes("sleep 97.533")).toBe("");
});

test("its environment is the person's", async () => {
  const command = `test "$AWS_PROFILE" = prod && test "$MINE" = 1 && echo ${person.code()}`;
  expect(await run(prod(command), { AWS_PROFILE: "prod", MINE: "1" })).toMatchObject({
    exitCode: 0,
  });
});

describe("placeholders", () => {
  test("serial and profile", async () => {
    const command = `test "{serial} {profile}" = "${serial} prod" && test {profile} = prod && echo`;
    expect(await run(prod(`${command} ${person.code()}`))).toMatchObject({ exitCode: 0 });
  });

  test.for([
    "my team",
    "it's $(touch pwned) `touch pwned` & touch pwned | cat",
    "$HOME",
    "*",
    "a\\b",
  ])("profile %j", async (name) => {
    const command = `printf '%s\\n' {profile} > ${person.path("seen")}; echo ${person.code()}`;
    const config = `${source}[profile ${name}]\n${role}mfa_process = ${command}\n`;
    const path = person.write("config", config);
    const { exitCode, stderr } = await person.run(["env", name, "--shell", "sh"], {
      env: { AWS_CONFIG_FILE: path },
    });
    if (exitCode !== 0) throw new Error(stderr);
    expect(readFileSync(person.path("seen"), "utf8")).toBe(`${name}\n`);
  });

  test("a hostile name does not get between other quotes", async () => {
    const config = `${source}[profile $(touch pwned)]\n${role}mfa_process = echo "{profile}"\n`;
    const path = person.write("config", config);
    const { stderr } = await person.run(["env", "$(touch pwned)", "--shell", "sh"], {
      env: { AWS_CONFIG_FILE: path },
    });
    expect(stderr).toBe(
      'kops-mfa: ~/config:7 (mfa_process): {profile} stands for "$(touch pwned)" here, which cannot be put into the command\n          Put {profile} outside of all quotes, or write what it stands for yourself.\n',
    );
  });
});

function processes(words: string): string {
  return spawnSync("pgrep", ["-f", `^${words}`], { encoding: "utf8" }).stdout;
}
