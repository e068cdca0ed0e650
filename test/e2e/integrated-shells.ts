import { stripVTControlCharacters } from "node:util";
import { integrations } from "../../src/shell/integrations.ts";
import type { ShellName } from "../../src/shell/dialects/registry.ts";
import { findShell, shellArguments, type AnyShell } from "../support/shells.ts";
import type { Person, Result } from "./person.ts";
import { TestTerminal } from "./terminal.ts";

/** How each shell says what the scenarios say. */
export interface Words {
  /** Options of the shell that are on before the integration is loaded. */
  readonly nasty: string;
  /** The line that `init --help` shows, with more words for `init`. */
  readonly load: (more?: string) => string;
  /** Words for the program, as somebody types them or, where that cannot be had, as a script says them. */
  readonly call: (words: string) => string;
  readonly assign: (name: string, value: string) => string;
  /** A line that may fail, with its status or the fact printed. */
  readonly attempt: (line: string) => string;
  /** What {@link attempt} prints for a failure with the exit code 1. */
  readonly failed: string;
  /** The same in a script, where that is another. */
  readonly scriptCall?: (words: string) => string;
  /** Runs the lines of a script in a shell of the same kind that this one starts. */
  readonly nested: (lines: readonly string[], person: Person) => readonly string[];
  /** A line with a variable that is set for it only; null where a shell has no way to write that. */
  readonly prefixed: ((name: string, value: string, line: string) => string) | null;
  /** Its own mistakes have no exit code: prints `failed` and the text of one. */
  readonly complain?: (line: string) => string;
  /** Pipes what the line prints through something that prints it; null where the integration cannot know of it. */
  readonly piped: ((line: string) => string) | null;
  /**
   * Defines a function `carry` that prints its words and KOPS_MFA_PROFILE and fails with 9, and an alias of it, `also`; null where
   * `exec` runs programs only.
   */
  readonly functions: readonly string[] | null;
  /** Switches the trace on, where there is one that could show a secret. */
  readonly trace: string | null;
  /** Its names exist only where somebody types: the lines are typed one after the other. */
  readonly typed?: readonly string[];
}

/** The line that `init --help` shows, with more words for `init`. */
const documented =
  (name: ShellName) =>
  (more = "") =>
    (integrations[name]?.line ?? "").replace(`init ${name}`, `init ${name}${more}`);

/** The lines in a file, for a child of the shell. */
const inFile =
  (command: string) =>
  (lines: readonly string[], person: Person): readonly string[] => [
    `${command} ${person.write("nested", `${lines.join("\n")}\n`)}`,
  ];

const throughCat = (line: string): string => `${line} | cat`;

const posix = (shell: ShellName, command: string, nasty: string): Words => ({
  nasty,
  load: documented(shell),
  call: (words) => `kops-mfa ${words}`,
  assign: (name, value) => `export ${name}='${value}'`,
  attempt: (line) => `${line} || echo "failed=$?"`,
  failed: "failed=1",
  nested: inFile(command),
  prefixed: (name, value, line) => `${name}='${value}' ${line}`,
  piped: throughCat,
  functions: [
    `carry() { echo "carry <$1> <$2> $#: $KOPS_MFA_PROFILE"; return 9; }`,
    "alias also='carry also'",
  ],
  trace: "set -x",
});

/** An alias counts only in what is read after its definition. */
const evaluated = (name: string, value: string, line: string): string =>
  `eval "${name}='${value}' ${line}"`;

const strict = (command: string): Words => ({
  ...posix("sh", command, "set -eu"),
  call: (text) => `__kops_mfa ${text}`,
  prefixed: evaluated,
});

export const integrated: Readonly<Record<AnyShell, Words>> = {
  bash: posix("bash", "bash --norc", "set -eu -o pipefail; shopt -s expand_aliases nocasematch"),
  zsh: {
    ...posix(
      "zsh",
      "zsh -f",
      "setopt err_exit no_unset pipe_fail ksh_arrays sh_word_split warn_create_global no_case_match",
    ),
    prefixed: evaluated,
  },
  dash: strict("dash"),
  ksh: strict("ksh"),
  fish: {
    nasty: "true",
    load: documented("fish"),
    call: (words) => `kops-mfa ${words}`,
    assign: (name, value) => `set -gx ${name} '${value}'`,
    attempt: (line) => `${line}; or echo "failed=$status"`,
    failed: "failed=1",
    nested: inFile("fish --no-config"),
    prefixed: (name, value, line) => `${name}='${value}' ${line}`,
    piped: throughCat,
    functions: [
      `function carry; echo "carry <$argv[1]> <$argv[2]> "(count $argv)": $KOPS_MFA_PROFILE"; return 9; end`,
    ],
    trace: "set -g fish_trace 1",
  },
  powershell: {
    nasty: "Set-StrictMode -Version Latest; $ErrorActionPreference = 'Stop'",
    load: documented("powershell"),
    call: (words) => `kops-mfa ${words}`,
    assign: (name, value) => `$env:${name} = '${value}'`,
    attempt: (line) =>
      `${line}; if ($LASTEXITCODE -ne 0) { Write-Output "failed=$LASTEXITCODE" }; $global:LASTEXITCODE = 0`,
    failed: "failed=1",
    nested: (lines, person) => [
      `pwsh -NoProfile -NonInteractive -File ${person.write("nested.ps1", lines.join("\n"))}`,
    ],
    prefixed: null,
    piped: (line) => `${line} | ForEach-Object { $_ }`,
    functions: [
      'function carry { "carry <$($args[0])> <$($args[1])> $($args.Count): $env:KOPS_MFA_PROFILE"; sh -c "exit 9" }',
      "function also { carry also @args }",
    ],
    trace: null,
  },
  tcsh: {
    nasty: "set nonomatch; set backslash_quote; set echo_style = none",
    load: documented("tcsh"),
    call: (words) => `kops-mfa ${words}`,
    assign: (name, value) => `setenv ${name} '${value}'`,
    attempt: (line) => `${line} || echo "failed=$status"`,
    failed: "failed=1",
    nested: inFile("tcsh -f"),
    prefixed: null,
    piped: throughCat,
    functions: null,
    trace: "set echo",
  },
  nushell: {
    nasty: "",
    // Read before the first line runs, so that the file must be there; the line of the documentation has a test of its own.
    load: (more = "") => `source ~/kops-mfa${more.includes("--wrap") ? "-wrap" : ""}.nu`,
    call: (words) => `kops-mfa ${words}`,
    assign: (name, value) => `$env.${name} = '${value}'`,
    attempt: (line) => `try { ${line} } catch { print $"failed=($env.LAST_EXIT_CODE)" }`,
    failed: "failed=1",
    nested: inFile("nu --no-config-file"),
    prefixed: (name, value, line) => `${name}='${value}' ${line}`,
    complain: (line) => `try { ${line} } catch {|e| print $"failed: ($e.msg)" }`,
    piped: null,
    functions: null,
    trace: null,
  },
  elvish: {
    nasty: "",
    load: documented("elvish"),
    call: (words) => `kops-mfa ${words}`,
    assign: (name, value) => `set-env ${name} '${value}'`,
    attempt: (line) => `try { ${line} } catch e { echo failed=$e[reason][exit-status] }`,
    failed: "failed=1",
    nested: (lines) => ["elvish -norc", ...lines, "exit"],
    prefixed: (name, value, line) => `{ tmp E:${name} = '${value}'; ${line} }`,
    complain: (line) => `try { ${line} } catch e { echo failed: $e[reason][content] }`,
    piped: throughCat,
    functions: null,
    trace: null,
    typed: ["-norc"],
  },
  xonsh: {
    nasty: "$RAISE_SUBPROC_ERROR = False; $XONSH_SHOW_TRACEBACK = True",
    load: (more = "") => {
      const words = more.split(" ").filter(Boolean);
      const quoted = ["xonsh", ...words].map((word) => `"${word}"`).join(", ");
      return (integrations.xonsh?.line ?? "").replace('"xonsh"', quoted);
    },
    call: (words) => `kops-mfa ${words}`,
    assign: (name, value) => `$${name} = '${value}'`,
    attempt: (line) => `${line} || echo failed`,
    failed: "failed",
    scriptCall: (words) => `__kops_mfa ${words}`,
    nested: inFile("xonsh --no-rc"),
    prefixed: (name, value, line) => `$${name}='${value}' ${line}`,
    piped: throughCat,
    functions: null,
    trace: null,
    typed: ["--no-rc", "--shell-type", "dumb", "-i"],
  },
};

type Use<Outcome> = (
  shell: AnyShell,
  lines: readonly string[],
  env: Readonly<Record<string, string>>,
) => Outcome;

/** Starts a shell on a terminal, with the lines as its script. */
export const startScript: Use<TestTerminal> = (shell, lines, env) =>
  start(shell, shellArguments(shell, lines.join("\n")), env);

/** Starts a shell on a terminal, and types the lines into it. */
export const startTyped: Use<TestTerminal> = (shell, lines, env) => {
  const terminal = start(shell, integrated[shell].typed ?? [], env);
  for (const line of lines) terminal.type(`${line}\r`);
  return terminal;
};

/** {@link startScript}, to its end. */
export const runScript: Use<Promise<Result>> = (shell, lines, env) =>
  finish(startScript(shell, lines, env));

/** {@link startTyped}, and types the end. */
export const runTyped: Use<Promise<Result>> = (shell, lines, env) =>
  finish(startTyped(shell, [...lines, "exit"], env));

function start(
  shell: AnyShell,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): TestTerminal {
  const file = findShell(shell);
  if (file === null) throw new Error(`${shell} is not installed`);
  return new TestTerminal(file, args, env);
}

async function finish(terminal: TestTerminal): Promise<Result> {
  const exitCode = await terminal.ends();
  // PowerShell puts control sequences of the terminal before what a program prints.
  const stdout = stripVTControlCharacters(terminal.screen).replaceAll("\u001b=", "");
  return { exitCode, stdout, stderr: "" };
}
