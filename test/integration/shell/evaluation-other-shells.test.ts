import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import type { Dialect } from "../../../src/shell/dialects/dialect.ts";
import { elvish } from "../../../src/shell/dialects/elvish.ts";
import { nushell } from "../../../src/shell/dialects/nushell.ts";
import { tcsh } from "../../../src/shell/dialects/tcsh.ts";
import { xonsh } from "../../../src/shell/dialects/xonsh.ts";
import { describeShell, runShell, type LineShell } from "../../support/shells.ts";

const message = "kops-mfa failed, and nothing was changed";

/** How a script goes on after a line that may fail, and says how it failed. */
interface Words {
  readonly dialect: Dialect;
  readonly attempt: (line: string) => string;
  readonly caught: string;
  /** Prints what KEPT is in the shell itself, not in a child. */
  readonly alive: string;
}

const words: Readonly<Record<LineShell, Words>> = {
  tcsh: {
    dialect: tcsh,
    attempt: (line) => `${line}\necho caught $status`,
    caught: "caught 1",
    alive: "echo alive $KEPT",
  },
  nushell: {
    dialect: nushell,
    attempt: (line) => `try { ${line} } catch {|e| print $"caught ($e.msg)" }`,
    caught: "caught Error while parsing JSON text",
    alive: 'print $"alive ($env.KEPT)"',
  },
  elvish: {
    dialect: elvish,
    attempt: (line) => `try { ${line} } catch e { echo caught $e[reason][content] }`,
    caught: `caught ${message}`,
    alive: "echo alive $E:KEPT",
  },
  xonsh: {
    dialect: xonsh,
    attempt: (line) => `try:\n    ${line}\nexcept Exception as e:\n    print("caught", e)`,
    caught: `caught ${message}`,
    alive: 'print("alive", $KEPT)',
  },
};

/** Runs a script beside files that hold what kops-mfa would have printed, started with two variables. */
async function run(
  shell: LineShell,
  files: Readonly<Record<string, string>>,
  lines: readonly string[],
  args: readonly string[] = [],
) {
  const cwd = await mkdtemp(join(tmpdir(), "kops-mfa-"));
  onTestFinished(() => rm(cwd, { recursive: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(cwd, name), text);
  const env = { KEPT: "yes", GONE: "old" };
  const { stdout, ...result } = await runShell(shell, lines.join("\n"), { cwd, args, env });
  return { ...result, stdout: stdout.toString() };
}

const shells = Object.entries(words) as readonly (readonly [LineShell, Words])[];

for (const [shell, { dialect, attempt, caught, alive }] of shells) {
  const evaluate = dialect.evaluate("cat code");
  const failure = { code: dialect.fail };

  describeShell(shell, () => {
    it("reports a failure, changes nothing, and lives on", async () => {
      const result = await run(shell, failure, [attempt(evaluate), alive]);
      expect(result).toEqual({ exitCode: 0, stdout: `${caught}\nalive yes\n`, stderr: "" });
    });

    it("ends a script at a failure", async () => {
      const args = shell === "tcsh" ? ["-e"] : [];
      const { stdout, exitCode } = await run(shell, failure, [evaluate, "echo reached"], args);
      expect(stdout).toBe("");
      expect(exitCode).toBeGreaterThan(0);
    });

    it("takes no change for a success", async () => {
      const code = dialect.render({ unset: [], set: [] });
      const result = await run(shell, { code }, [evaluate, alive]);
      expect(result).toEqual({ exitCode: 0, stdout: "alive yes\n", stderr: "" });
    });

    it("takes an empty value for a value", async () => {
      const code = dialect.render({ unset: [], set: [["EMPTY", ""]] });
      const { stdout } = await run(shell, { code }, [evaluate, "env"]);
      expect(stdout).toMatch(/^EMPTY=$/m);
    });

    it("goes in, out, and in again, with a variable that it was started with", async () => {
      const into = dialect.render({ unset: ["GONE"], set: [["IN", "1"]] });
      const out = dialect.render({ unset: ["IN"], set: [["GONE", "old"]] });
      const lines = ["into", "out", "into"].flatMap((file) => [
        dialect.evaluate(`cat ${file}`),
        "env",
      ]);
      const { stdout, stderr } = await run(shell, { into, out }, lines);
      expect([...stdout.matchAll(/^(?:IN|GONE)=.*$/gm)].flat()).toEqual([
        "IN=1",
        "GONE=old",
        "IN=1",
      ]);
      expect(stderr).toBe("");
    });
  });
}
