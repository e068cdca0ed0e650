import { readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { describeShell, type AnyShell } from "../support/shells.ts";
import { integrated, runScript, runTyped } from "./integrated-shells.ts";
import { Person } from "./person.ts";
import { relevant, Shown } from "./shown.ts";
import { programs, soon, WrappedPrograms } from "./wrapped-programs.ts";

let person: Person;
let environments: Shown;
let wrapped: WrappedPrograms;
let config: string;
beforeAll(async () => {
  person = await Person.arrive();
  environments = new Shown(person);
  wrapped = new WrappedPrograms(person);
  config = readFileSync(person.path(".aws/config"), "utf8");
  await person.run(["login", "prod", "--token-code", person.code()]);
  await person.run(["login", "staging"]);
});
afterAll(() => person.leave());
beforeEach(() => {
  environments.clear();
  wrapped.clear();
  person.write(".aws/config", config);
});

const show = (name: string) => environments.line(name);

describe.each(Object.keys(integrated) as AnyShell[])("in %s", (shell) => {
  describeShell(shell, () => {
    const words = integrated[shell];
    const { nasty, load, call, assign, attempt, failed } = words;
    const wrapping = ` --wrap ${programs.join(",")}`;
    const run = (lines: readonly string[]) =>
      (words.typed ? runTyped : runScript)(shell, lines.filter(Boolean), person.env);

    if (shell === "nushell") beforeAll(() => wrapped.loadsInNushell());

    test("each of three wrapped names runs its own program with its own arguments", async () => {
      const [first, second, third] = programs;
      const { exitCode, stdout } = await run([
        nasty,
        load(wrapping),
        `${first} 'a  b' 'say "hi"'`,
        `${second} "it's" --x=1`,
        third,
        call("use staging"),
        assign("KOPS_MFA_EXPIRES_AT", soon()),
        `${second} 'c  d'`,
        `${third} 1 2`,
        `${first} -- -v`,
      ]);
      expect(exitCode, stdout).toBe(0);
      expect(wrapped.calls(), stdout).toEqual([
        `${first}<a  b><say "hi">`,
        `${second}<it's><--x=1>`,
        third,
        `${second}<c  d>`,
        `${third}<1><2>`,
        `${first}<--><-v>`,
      ]);
    });

    describe("a renewal", () => {
      const line = programs[1];
      const renewed = (before: readonly string[], after: readonly string[]) =>
        run([
          ...[nasty, load(wrapping), ...before, show("before"), ...after],
          ...[show("changed"), assign("KOPS_MFA_EXPIRES_AT", soon()), attempt(line)],
          show("after"),
        ]);

      test("of another role session name changes nothing, and the command does not run", async () => {
        person.write(
          "other",
          config.replace("[profile prod]", "[profile prod]\nrole_session_name = other"),
        );
        const edit = `cp ${person.path("other")} ${person.path(".aws/config")}`;
        const { stdout } = await renewed([call("use prod")], [edit]);
        const { before, after } = environments.all();
        expect(stdout).toContain('of profile "prod" was not renewed');
        expect(stdout).toContain(failed);
        expect(unchanged(after), stdout).toEqual(unchanged(before));
        expect(wrapped.calls()).toEqual([]);
      });

      test("of prod does not become staging when AWS_PROFILE does", async () => {
        const { stdout } = await renewed(
          [assign("AWS_PROFILE", "prod"), call("use")],
          [assign("AWS_PROFILE", "staging")],
        );
        const { before, changed, after } = environments.all();
        expect(before).toMatchObject({ KOPS_MFA_PROFILE: "prod" });
        expect(stdout).toContain('of profile "prod" was not renewed');
        expect(stdout).toContain(failed);
        expect(unchanged(after), stdout).toEqual(unchanged(changed));
        expect(wrapped.calls()).toEqual([]);
      });

      test("of the same identity runs the command, without its option in the words", async () => {
        const { stdout } = await renewed([call("use prod")], []);
        const { after } = environments.all();
        expect(stdout).not.toContain("was not renewed");
        expect(after).toMatchObject({ KOPS_MFA_PROFILE: "prod" });
        expect(wrapped.calls()).toEqual([line]);
      });
    });
  });
});

/** Without what the test itself has set. */
function unchanged(environment: Readonly<Record<string, string>> | undefined): object {
  return { ...relevant(environment), KOPS_MFA_EXPIRES_AT: "" };
}
