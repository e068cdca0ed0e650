import { spawn } from "node:child_process";

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { describeInstalled } from "./describe-program.ts";
import { isExecutable } from "./programs.ts";

/** The shells that the tests run for real: how to start each one without anybody's start-up files. */
const shells = {
  bash: { program: "bash", options: ["--norc", "--noprofile"], command: "-c" },
  zsh: { program: "zsh", options: ["-f"], command: "-c" },
  dash: { program: "dash", options: [], command: "-c" },
  ksh: { program: "ksh", options: [], command: "-c" },
  fish: { program: "fish", options: ["--no-config"], command: "-c" },
  powershell: {
    program: "pwsh",
    options: ["-NoProfile", "-NoLogo", "-NonInteractive"],
    command: "-Command",
  },
} as const;

/** Those that are no relatives of sh, fish or PowerShell; a failure there is mostly an exception. */
const lineShells = {
  tcsh: { program: "tcsh", options: ["-f"], command: "-c" },
  nushell: { program: "nu", options: ["--no-config-file"], command: "-c" },
  elvish: { program: "elvish", options: ["-norc"], command: "-c" },
  // With its own frequency (0.0001 s), `$(…)` now and then loses what a program printed, see src/shell/dialects/xonsh.ts.
  xonsh: { program: "xonsh", options: ["--no-rc", "-DXONSH_PROC_FREQUENCY=0.05"], command: "-c" },
} as const;

const allShells = { ...shells, ...lineShells };

export type TestShell = keyof typeof shells;
export type LineShell = keyof typeof lineShells;
export type AnyShell = TestShell | LineShell;

export interface RunOptions {
  /** Added to the only variables that the shell starts with: PATH and a HOME that is empty and temporary. */
  readonly env?: Readonly<Record<string, string>>;
  /** Options for the shell itself, such as `-eu`. */
  readonly args?: readonly string[];
  readonly cwd?: string;
}

export interface RunResult {
  readonly exitCode: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** The path of the shell's program, or null. `KOPS_MFA_TEST_PWSH` names a `pwsh` that is not on PATH. */
export function findShell(shell: AnyShell): string | null {
  // A bash on Windows is one of several, each with paths of its own.
  if (process.platform === "win32" && shell !== "powershell") return null;
  const { program } = allShells[shell];
  const files = process.platform === "win32" ? [`${program}.exe`] : [program];
  const onPath = (process.env["PATH"] ?? "")
    .split(delimiter)
    .flatMap((folder) => files.map((file) => join(folder, file)));
  const named = shell === "powershell" ? [process.env["KOPS_MFA_TEST_PWSH"] ?? ""] : [];
  return [...onPath, ...named].find(isExecutable) ?? null;
}

/** What to start the shell with so that it runs `script`. */
export function shellArguments(shell: AnyShell, script: string): readonly string[] {
  const { options, command } = allShells[shell];
  return [...options, command, script];
}

/** Runs `script` in the shell, with nothing on standard input. */
export async function runShell(
  shell: AnyShell,
  script: string,
  { env = {}, args = [], cwd }: RunOptions = {},
): Promise<RunResult> {
  const program = findShell(shell);
  if (program === null) throw new Error(`${shell} is not installed`);
  const { options, command } = allShells[shell];
  const home = await mkdtemp(join(tmpdir(), "kops-mfa-home-"));
  try {
    return await new Promise((resolve, reject) => {
      const child = spawn(program, [...options, ...args, command, script], {
        env: { ...systemVariables(), HOME: home, ...env },
        stdio: ["ignore", "pipe", "pipe"],
        ...(cwd === undefined ? {} : { cwd }),
      });
      const stdout: Buffer[] = [];
      const stderr: Buffer[] = [];
      child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
      child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
      child.on("error", reject);
      child.on("close", (exitCode) => {
        const errors = Buffer.concat(stderr).toString();
        resolve({ exitCode, stdout: Buffer.concat(stdout), stderr: errors });
      });
    });
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** A `describe` for one shell, see {@link describeInstalled}. */
export function describeShell(shell: AnyShell, body: () => void): void {
  describeInstalled(shell, findShell(shell) !== null, `${shell} is missing`, body);
}

/** What programs cannot start without. */
function systemVariables(): Readonly<Record<string, string>> {
  const names =
    process.platform === "win32"
      ? ["PATH", "SystemRoot", "PATHEXT", "TEMP", "USERPROFILE"]
      : ["PATH", "DOTNET_ROOT"];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
