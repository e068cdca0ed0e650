import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { showOwnProcesses } from "./own-processes.ts";
import { Person } from "./person.ts";
import { StandIn } from "./stand-in.ts";
import { TestTerminal } from "./terminal.ts";

let person: Person;
let tool: StandIn;
beforeAll(async () => {
  person = await Person.arrive();
  tool = new StandIn(person, "tool");
});
afterAll(() => person.leave());
beforeEach(async () => {
  person.forget();
  tool.starts();
  await person.run(["login", "prod", "--token-code", person.code()]);
});

const keys = { AWS_ACCESS_KEY_ID: "AKIATESTTESTTESTOLD0", AWS_SECRET_ACCESS_KEY: "old" };

test("the command has the session, whole, and nothing else to sign with", async () => {
  const env = {
    ...keys,
    AWS_PROFILE: "staging",
    AWS_SESSION_TOKEN: "old",
    KOPS_MFA_TOKEN_CODE: "",
  };
  const { exitCode } = await person.run(["exec", "prod", "--", "tool", "plan", "-x", "--"], {
    env,
  });
  expect(exitCode).toBe(0);
  const [start] = tool.starts();
  expect(start?.argv).toEqual(["plan", "-x", "--"]);
  expect(start?.env["AWS_ACCESS_KEY_ID"]).toMatch(/^ASIA/);
  expect(start?.env["AWS_SESSION_TOKEN"]).toMatch(/.{40}/);
  expect(start?.env["KOPS_MFA_PROFILE"]).toBe("prod");
  expect(start?.env).not.toHaveProperty("AWS_PROFILE");
  expect(start?.env).not.toHaveProperty("KOPS_MFA_TOKEN_CODE");
});

test("what is nested starts from the files, as in a shell without a session", async () => {
  const nested = ["exec", "prod", "--", "kops-mfa", "exec", "staging", "--", "tool"];
  const { exitCode, stderr } = await person.run(nested);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  const [start] = tool.starts();
  expect(start?.env).toMatchObject({ KOPS_MFA_PROFILE: "staging", AWS_REGION: "eu-central-1" });
  const actions = person.sandbox.requests.map(({ action }) => action);
  expect(actions).toEqual(["GetSessionToken", "AssumeRole", "AssumeRole"]);
});

test("where Node can, the command takes this program's place", async () => {
  const { stdout } = await person.run(["exec", "prod", "--", "sh", "-c", "echo $$ $PPID"]);
  const [own = "", parent = ""] = stdout.trim().split(" ");
  const stayed = Number(parent) !== process.pid;
  expect([Number(own) > 0, stayed]).toEqual([true, !("execve" in process)]);
});

describe("exit codes", () => {
  test("the command's own", async () => {
    const env = { STAND_IN: "exit:42" };
    expect((await person.run(["exec", "prod", "--", "tool"], { env })).exitCode).toBe(42);
  });

  test("127, before a code is asked for, where there is no such command", async () => {
    person.forget();
    for (const [name, what] of [
      ["toool", "toool is not on your PATH"],
      ["./toool", "there is no ./toool"],
    ] as const) {
      const { exitCode, stdout, stderr } = await person.run(["exec", "prod", "--", name]);
      expect({ exitCode, stdout }).toEqual({ exitCode: 127, stdout: "" });
      expect(stderr).toBe(
        `kops-mfa: ${what}\n          Is the name right, and the program installed?\n`,
      );
    }
  });

  test("126 where it cannot be started", async () => {
    const file = person.write("tool.txt", "words", 0o600);
    const denied = await person.run(["exec", "prod", "--", file]);
    expect([denied.exitCode, denied.stderr]).toEqual([
      126,
      `kops-mfa: ${file} is not executable\n          chmod +x ${file}\n`,
    ]);
    const folder = await person.run(["exec", "prod", "--", person.home]);
    expect(folder.exitCode).toBe(127);
    person.write("tool.txt", "#!/nowhere/interpreter\n", 0o700);
    const lost = await person.run(["exec", "prod", "--", file]);
    expect(lost.stderr).toContain(`${file} could not be started: no such file or directory`);
    expect(lost.exitCode).toBe(126);
  });

  test("a script without a first line is one for sh, as in shells", async () => {
    const file = person.write("tool.txt", "exit 3\n", 0o700);
    expect((await person.run(["exec", "prod", "--", file])).exitCode).toBe(3);
  });
});

describe("--no-prompt", () => {
  test("asks nobody, on a terminal too, and names the cure", async () => {
    person.forget();
    const args = ["exec", "--no-prompt", "prod", "--", "tool"];
    const terminal = new TestTerminal("kops-mfa", args, person.env);
    expect(await terminal.ends()).toBe(1);
    expect(terminal.screen).toContain(
      "a code of arn:aws:iam::111111111111:mfa/jon is needed, and nobody is to be asked (--no-prompt)",
    );
    expect(terminal.screen).toContain("Run `kops-mfa login prod` first.");
    expect(tool.starts()).toEqual([]);
    const env = { KOPS_MFA_NO_PROMPT: "1" };
    expect((await person.run(["env", "prod", "--shell", "sh"], { env })).stderr).toContain(
      "--no-prompt",
    );
  });

  test("a session that is there is enough", async () => {
    const { exitCode } = await person.run(["exec", "--no-prompt", "prod", "--", "tool"]);
    expect([exitCode, tool.starts().length]).toEqual([0, 1]);
  });
});

test("without a command it is the person's shell", async () => {
  const env = { ...person.env, SHELL: "/bin/sh", PS1: "[in]$ " };
  const terminal = new TestTerminal("kops-mfa", ["exec", "prod"], env);
  await terminal.shows("[in]$");
  terminal.type('echo "id=$AWS_ACCESS_KEY_ID"\rexit 5\r');
  expect(await terminal.ends()).toBe(5);
  expect(terminal.screen).toMatch(/^id=ASIA/m);
});

test.each([
  [["exec", "prod", "tool"], "the command goes after --", "kops-mfa exec prod -- terraform plan"],
  [["exec", "prod", "--"], "there is no command after --", "kops-mfa exec -- terraform plan"],
])("%j is refused", async (words, what, cure) => {
  const stderr = `kops-mfa: exec: ${what}\n          ${cure}\n`;
  expect(await person.run(words)).toEqual({ exitCode: 2, stdout: "", stderr });
});

test("secrets are in the child's environment and nowhere else", async () => {
  const { stdout, stderr } = await person.run(["exec", "prod", "--", "sh", "-c", showOwnProcesses]);
  const shown = stdout + stderr;
  expect(shown).toContain("ps -ww");
  expect(shown).not.toMatch(/ASIA|AWS_SECRET/);
});
