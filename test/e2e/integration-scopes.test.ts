import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { isOnPath } from "../support/programs.ts";
import { describeShell, findShell, type AnyShell } from "../support/shells.ts";
import { integrated, runScript, runTyped } from "./integrated-shells.ts";
import { Person, runProgram } from "./person.ts";
import { relevant, Shown } from "./shown.ts";
import { TestTerminal } from "./terminal.ts";
import { programs, soon, WrappedPrograms } from "./wrapped-programs.ts";

let person: Person;
let environments: Shown;
let wrapped: WrappedPrograms;
beforeAll(async () => {
  person = await Person.arrive();
  environments = new Shown(person);
  wrapped = new WrappedPrograms(person);
  await person.run(["login", "prod", "--token-code", person.code()]);
  await person.run(["login", "staging"]);
});
afterAll(() => person.leave());
beforeEach(() => {
  environments.clear();
  wrapped.clear();
});

const show = (name: string) => environments.line(name);

const refusal = "is set for this command only";

/** tcsh and PowerShell have no such assignments. */
const shells = (Object.keys(integrated) as AnyShell[]).filter((name) => integrated[name].prefixed);

describe.each(shells)("in %s", (shell) => {
  describeShell(shell, () => {
    const words = integrated[shell];
    const { nasty, load, call, assign, attempt, prefixed } = words;
    if (!prefixed) throw new Error(`${shell} is not one of them`);
    const complain = words.complain ?? attempt;
    const wrapping = ` --wrap ${programs.join(",")}`;
    const run = (lines: readonly string[]) =>
      (words.typed ? runTyped : runScript)(shell, lines.filter(Boolean), person.env);

    if (shell === "nushell") beforeAll(() => wrapped.loadsInNushell());

    // A script of zsh and ksh do not tell it from what was exported; xonsh renews before the command gets it.
    test.skipIf(["zsh", "ksh", "xonsh"].includes(shell))(
      "no renewal replaces a variable that is set for the wrapped command",
      async () => {
        const line = `${programs[0]} x`;
        const { stdout } = await run([
          ...[nasty, load(wrapping), assign("AWS_REGION", "eu-west-2"), call("use staging")],
          ...[complain(prefixed("AWS_REGION", "us-east-1", line)), show("before")],
          assign("KOPS_MFA_EXPIRES_AT", soon()),
          ...[complain(prefixed("AWS_REGION", "us-east-1", line)), show("after"), line],
        ]);
        expect(stdout).toContain(`kops-mfa: AWS_REGION ${refusal}`);
        expect(wrapped.calls()).toEqual([`${programs[0]}<x>`, `${programs[0]}<x>`]);
        const { before, after } = environments.all();
        expect(unchanged(after), stdout).toEqual(unchanged(before));
      },
    );

    describe("a variable that is set for one command", () => {
      const use = (name: string, value: string, more = "") =>
        complain(prefixed(name, value, `kops-mfa use${more}`));

      test("is refused if the session would change it: nothing is put in or left behind", async () => {
        const { exitCode, stdout } = await run([
          nasty,
          load(),
          use("AWS_PROFILE", "staging"),
          show("none"),
          use("AWS_ACCESS_KEY_ID", "AKIATESTTESTTESTJON0", " prod"),
          show("keys"),
          assign("AWS_PROFILE", "prod"),
          use("AWS_PROFILE", "staging"),
          show("other"),
          call("use"),
          show("used"),
          complain(prefixed("AWS_REGION", "us-east-1", "kops-mfa off")),
          show("kept"),
          call("off"),
          show("off"),
        ]);
        expect(exitCode, stdout).toBe(0);
        expect(stdout.split(`kops-mfa: AWS_PROFILE ${refusal}`)).toHaveLength(3);
        expect(stdout).toContain(`kops-mfa: AWS_ACCESS_KEY_ID ${refusal}`);
        expect(stdout).toContain(`kops-mfa: AWS_REGION ${refusal}`);
        const { none, keys, other, used, kept, off } = environments.all();
        const url = { AWS_ENDPOINT_URL_STS: person.sandbox.url };
        expect(present(none)).toEqual(url);
        expect(present(keys)).toEqual(url);
        expect(present(other)).toEqual({ ...url, AWS_PROFILE: "prod" });
        expect(used).toMatchObject({ KOPS_MFA_PROFILE: "prod" });
        expect(present(kept)).toEqual(present(used));
        expect(present(off)).toEqual(present(other));
      });

      // ksh keeps it for good.
      test.skipIf(shell === "ksh")(
        "is refused if the shell has it with the same value",
        async () => {
          const { stdout } = await run([
            ...[nasty, load(), assign("AWS_PROFILE", "staging"), use("AWS_PROFILE", "staging")],
            show("same"),
          ]);
          expect(stdout).toContain(`kops-mfa: AWS_PROFILE ${refusal}`);
          expect(present(environments.all()["same"])).toMatchObject({ AWS_PROFILE: "staging" });
          expect(environments.all()["same"]).not.toHaveProperty("AWS_ACCESS_KEY_ID");
        },
      );

      // ksh does not pass it on from a function, and nushell takes back whatever such a command changes.
      test.skipIf(shell === "ksh" || shell === "nushell")(
        "counts if it is none of the session's",
        async () => {
          await run([
            nasty,
            load(),
            prefixed("KOPS_MFA_DURATION", "30m", "kops-mfa use prod"),
            show("used"),
          ]);
          const { used = {} } = environments.all();
          expect(used).toMatchObject({ KOPS_MFA_PROFILE: "prod" });
          const left = Number(used["KOPS_MFA_EXPIRES_AT"]) - Date.now() / 1000;
          expect(left).toBeLessThan(1801);
        },
      );

      test("counts for what does not change the shell", async () => {
        const { stdout } = await run([
          ...[
            nasty,
            load(),
            prefixed("AWS_REGION", "us-east-1", "kops-mfa env staging --format json"),
          ],
          prefixed("AWS_PROFILE", "prod", "kops-mfa status staging"),
        ]);
        expect(stdout).not.toContain(refusal);
        expect(stdout).toContain('"AWS_SESSION_TOKEN"');
        expect(stdout).toMatch(/profile +staging$/m);
      });
    });
  });
});

describeShell("zsh", () => {
  test("no program sees how the alias finds such a variable", async () => {
    const { load, call } = integrated.zsh;
    const exec = "eval 'kops-mfa exec prod -- env'";
    const { stdout } = await runScript(
      "zsh",
      [load(), exec, call("use prod"), "env", exec],
      person.env,
    );
    expect(stdout.split("KOPS_MFA_PROFILE=prod")).toHaveLength(4);
    expect(stdout).not.toContain("__kops_mfa");
  });

  test("no renewal replaces a variable that is set for the command where zsh is typed into", async () => {
    const terminal = new TestTerminal(findShell("zsh") ?? "zsh", ["-f", "-i"], person.env);
    const { load, assign } = integrated.zsh;
    const line = `${programs[0]} x`;
    terminal.type(`${load(` --wrap ${programs[0]}`)}\r`);
    terminal.type(`kops-mfa use staging; ${assign("KOPS_MFA_EXPIRES_AT", soon())}\r`);
    terminal.type(`KOPS_STATE_STORE=s3://other ${line}\rAWS_PROFILE=prod ${line}\r`);
    terminal.type(`${line}\rexit\r`);
    await terminal.ends();
    expect(terminal.screen).toContain(`kops-mfa: KOPS_STATE_STORE ${refusal}`);
    expect(terminal.screen).toContain(`kops-mfa: AWS_PROFILE ${refusal}`);
    expect(wrapped.calls()).toEqual([`${programs[0]}<x>`]);
  });
});

describe.each(["mksh", "yash", "busybox", "bash"])("the file for sh in %s", (shell) => {
  const args = { busybox: ["ash"], bash: ["--posix"] }[shell] ?? [];
  const missing = !isOnPath(shell);

  test.skipIf(missing)("refuses a variable for one command, and runs three programs", async () => {
    const [first, second, third] = programs;
    const script = [
      'eval "$(kops-mfa init sh --wrap first_program,second_program,third_program)"',
      ...(shell === "bash" ? ["shopt -s expand_aliases"] : []),
      'eval "AWS_PROFILE=staging kops-mfa use" || echo "failed=$?"',
      show("none"),
      'AWS_ACCESS_KEY_ID=AKIATESTTESTTESTJON0 AWS_SECRET_ACCESS_KEY=own __kops_mfa use prod || echo "failed=$?"',
      show("keys"),
      "export AWS_PROFILE=staging",
      'eval "AWS_PROFILE=staging kops-mfa use" || echo "failed=$?"',
      ...["__kops_mfa use", show("used"), `${first} 'a  b'`, `${second} "it's"`, third],
      ...["__kops_mfa off", show("off")],
    ];
    const { stdout, stderr } = await runProgram(
      shell,
      [...args, person.write("script", script.join("\n"))],
      person.env,
    );
    expect(stderr.split(`kops-mfa: AWS_PROFILE ${refusal}`), stderr).toHaveLength(3);
    expect(stderr).toContain(`kops-mfa: AWS_ACCESS_KEY_ID ${refusal}`);
    expect(stdout.split("failed=1")).toHaveLength(4);
    const { none, keys, used, off } = environments.all();
    const url = { AWS_ENDPOINT_URL_STS: person.sandbox.url };
    expect(relevant(none)).toEqual(url);
    expect(relevant(keys)).toEqual(url);
    expect(used).toMatchObject({ KOPS_MFA_PROFILE: "staging" });
    expect(used).not.toHaveProperty("AWS_PROFILE");
    expect(relevant(off)).toEqual({ ...url, AWS_PROFILE: "staging" });
    const ran = [`${first}<a  b>`, `${second}<it's>`, third];
    expect(wrapped.calls()).toEqual(ran);
  });
});

/** Without what the test itself has set. */
function unchanged(environment: Readonly<Record<string, string>> | undefined): object {
  return { ...relevant(environment), KOPS_MFA_EXPIRES_AT: "" };
}

/** elvish restores an absent variable as an empty one. */
function present(environment: Readonly<Record<string, string>> | undefined): object {
  return Object.fromEntries(Object.entries(relevant(environment)).filter(([, value]) => value));
}

test.skipIf(!isOnPath("zsh"))(
  "zsh: the alias behind an alias with a blank at its end",
  async () => {
    const script = `eval "$(kops-mfa init zsh)"; alias env='env '; eval 'AWS_PROFILE=prod env kops-mfa --version'`;
    const { stdout, stderr, exitCode } = await runProgram("zsh", ["-fc", script], person.env);
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  },
);
