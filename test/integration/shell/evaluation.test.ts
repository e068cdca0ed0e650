import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import type { EnvironmentChange } from "../../../src/shell/change.ts";
import type { LineDialect } from "../../../src/shell/dialects/dialect.ts";
import { fish } from "../../../src/shell/dialects/fish.ts";
import { bash, sh, zsh } from "../../../src/shell/dialects/posix.ts";
import { powershell } from "../../../src/shell/dialects/powershell.ts";
import { describeShell, runShell } from "../../support/shells.ts";
import type { RunOptions, TestShell } from "../../support/shells.ts";

const session: EnvironmentChange = {
  unset: ["AWS_PROFILE", "AWS_SECURITY_TOKEN"],
  set: [
    ["AWS_ACCESS_KEY_ID", "ASIAIOSFODNN7EXAMPLE"],
    ["AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY="],
    ["AWS_SESSION_TOKEN", "IQoJb3JpZ2luX2VjEHoaCXVzLWVhc3QtMSJHMEUCIQ=="],
    ["AWS_CREDENTIAL_EXPIRATION", "2026-11-23T08:00:00Z"],
  ],
};

/** Runs a script beside a file `code`, which holds what kops-mfa would have printed. */
async function runWithCode(shell: TestShell, code: string, script: string, options?: RunOptions) {
  const cwd = await mkdtemp(join(tmpdir(), "kops-mfa-"));
  onTestFinished(() => rm(cwd, { recursive: true }));
  await writeFile(join(cwd, "code"), code);
  const { stdout, ...result } = await runShell(shell, script, { ...options, cwd });
  return { ...result, stdout: stdout.toString() };
}

const posixShells: readonly (readonly [TestShell, LineDialect])[] = [
  ["bash", bash],
  ["zsh", zsh],
  ["dash", sh],
  ["ksh", sh],
];

for (const [shell, dialect] of posixShells) {
  describeShell(shell, () => {
    it("takes a session without the quotes around $(…)", async () => {
      const names = session.set.map(([name]) => `"$${name}"`).join(" ");
      const script = `eval $(cat code); printf '%s\\n' ${names} "\${AWS_PROFILE-gone}"; env | grep -c '^AWS_'`;
      const env = { AWS_PROFILE: "old" };
      expect(await runWithCode(shell, dialect.render(session), script, { env })).toEqual({
        exitCode: 0,
        stdout: [...session.set.map(([, value]) => value), "gone", "4", ""].join("\n"),
        stderr: "",
      });
    });

    it("takes an empty value for a value", async () => {
      const script = `${dialect.evaluate("cat code")}; env | grep ^EMPTY`;
      const run = await runWithCode(shell, dialect.set("EMPTY", ""), script);
      expect(run.stdout).toBe("EMPTY=\n");
    });

    it("reports a failure and lives on", async () => {
      const script = `KEPT=1\n${dialect.evaluate("cat code")}\necho "$? $KEPT"`;
      const expected = { exitCode: 0, stdout: "1 1\n", stderr: "" };
      expect(await runWithCode(shell, dialect.fail, script)).toEqual(expected);
    });

    it("stops at a failure under errexit", async () => {
      const script = `${dialect.evaluate("cat code")}\necho not reached`;
      const expected = { exitCode: 1, stdout: "", stderr: "" };
      expect(await runWithCode(shell, dialect.fail, script, { args: ["-e"] })).toEqual(expected);
    });
  });
}

describeShell("fish", () => {
  it("takes an empty value for a value", async () => {
    const script = `${fish.evaluate("cat code")}; env | grep ^EMPTY`;
    expect((await runWithCode("fish", fish.set("EMPTY", ""), script)).stdout).toBe("EMPTY=\n");
  });

  it("reports a failure and lives on", async () => {
    const script = `set KEPT 1\n${fish.evaluate("cat code")}\necho $status $KEPT`;
    const expected = { exitCode: 0, stdout: "1 1\n", stderr: "" };
    expect(await runWithCode("fish", fish.fail, script)).toEqual(expected);
  });

  it("sets for the whole session from within a function", async () => {
    const script = `function f; ${fish.evaluate("cat code")}; end; f; env | grep ^INSIDE`;
    const run = await runWithCode("fish", fish.set("INSIDE", "1"), script);
    expect(run.stdout).toBe("INSIDE=1\n");
  });

  it("never erases a universal variable, which all sessions share", async () => {
    const inner = `set -U SHARED yes; ${fish.evaluate("cat code")}`;
    const script = `fish -c '${inner}'; fish -c 'echo $SHARED'`;
    expect((await runWithCode("fish", fish.unset("SHARED"), script)).stdout).toBe("yes\n");
  });
});

describeShell("powershell", () => {
  it("removes a variable that is set to nothing", async () => {
    const script = `${powershell.evaluate("cat code")}; Test-Path Env:EMPTY`;
    const env = { EMPTY: "old" };
    const run = await runWithCode("powershell", powershell.set("EMPTY", ""), script, { env });
    expect(run.stdout.trim()).toBe("False");
  });

  it("reports a failure and lives on", async () => {
    const evaluate = powershell.evaluate("cat code");
    const script = `$env:KEPT = 1\ntry { ${evaluate}; 'fine' } catch { "$_" }\n"alive $env:KEPT"`;
    const { stdout, ...result } = await runWithCode("powershell", powershell.fail, script);
    expect(result).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout.split(/\r?\n/)).toEqual([
      "kops-mfa failed, and nothing was changed",
      "alive 1",
      "",
    ]);
  });

  it("ends a script at a failure", async () => {
    const script = `${powershell.evaluate("cat code")}\n'not reached'`;
    const run = await runWithCode("powershell", powershell.fail, script);
    expect(run).toMatchObject({ exitCode: 1, stdout: "" });
  });
});
