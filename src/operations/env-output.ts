import type { Context } from "../context.ts";
import { UsageError } from "../errors.ts";
import { nearest } from "../nearest.ts";
import type { EnvironmentChange } from "../shell/change.ts";
import { detectShell } from "../shell/detect.ts";
import type { Dialect } from "../shell/dialects/dialect.ts";
import { findDialect, undetectedShell, type ShellName } from "../shell/dialects/registry.ts";
import { maskCommands, renderGithub } from "../shell/github.ts";
import { outputFile } from "../cli/output-option.ts";

/** What `--format` takes: `export` is the shell's own language. */
export const formats = ["export", "dotenv", "json", "process", "github"] as const;
export type Format = (typeof formats)[number];

/** Throws {@link UsageError} for any other word. */
export function readFormat(word: string | undefined): Format {
  if (word === undefined) return "export";
  const format = formats.find((candidate) => candidate === word);
  if (format) return format;
  const guess = nearest(word, formats);
  throw new UsageError(`--format: there is no format "${word}"`, {
    hint: `${guess === null ? "" : `Did you mean ${guess}? `}The formats are ${formats.join(", ")}.`,
  });
}

/** The dialect that `--shell` names, or the one of the shell that runs this process. Throws {@link UsageError}. */
export function chooseDialect(
  shell: string | undefined,
  context: Pick<Context, "env" | "platform" | "processes">,
): Dialect<ShellName> {
  if (shell !== undefined) return findDialect(shell);
  const { env, platform, processes } = context;
  const { parentPid: ppid, ancestor } = processes;
  const detected = detectShell({ ppid, ancestor, env, platform });
  if (detected.shell === null) throw undetectedShell(detected.seen);
  return findDialect(detected.shell);
}

/**
 * The text for `$GITHUB_ENV`, to which standard output goes. The commands that mask the secrets are not for that file: they
 * go to standard error, and only where a runner takes them, since anybody else would show them.
 */
export function githubText(
  change: EnvironmentChange,
  {
    env,
    terminal,
  }: Pick<Context, "env"> & { terminal: Pick<Context["terminal"], "note" | "print"> },
): string {
  const text = renderGithub(change);
  if (env["GITHUB_ACTIONS"] === "true") terminal.print(maskCommands(change));
  else terminal.note("GITHUB_ACTIONS is not set here: no runner was told to mask the secrets");
  return text;
}

/** Throws {@link UsageError} for an `--output`: other lines of the step may be in `$GITHUB_ENV` already. */
export function refuseOverwriting(output: string | undefined): void {
  if (outputFile(output) === null) return;
  throw new UsageError("--output replaces the file, and $GITHUB_ENV is for adding to", {
    hint: 'kops-mfa env --format github >> "$GITHUB_ENV"',
  });
}

/**
 * What a failing `env` prints, so that `eval "$(kops-mfa env)"`, which would succeed with nothing, fails and nobody
 * goes on with the credentials of before. Null where no shell evaluates the output: another format, a file, a terminal.
 */
export function failingLine(argv: readonly string[], context: Context): string | null {
  const [command, ...rest] = argv;
  if (command !== "env" || context.stdout.isTerminal) return null;
  if (isHelp(rest) || (lastValue(rest, "--format") ?? "export") !== "export") return null;
  if (outputFile(lastValue(rest, "--output")) !== null) return null;
  try {
    return chooseDialect(lastValue(rest, "--shell") ?? undefined, context).fail;
  } catch (error) {
    // A shell that cannot be told still understands this, be it POSIX, csh or fish.
    if (error instanceof UsageError) return "false;\n";
    throw error;
  }
}

function isHelp(words: readonly string[]): boolean {
  return words.includes("--help") || words.includes("-h");
}

/** The value of an option in words that may not be a valid command line as a whole. */
function lastValue(words: readonly string[], option: string): string | null {
  let value: string | null = null;
  words.forEach((word, index) => {
    if (word === option) value = words[index + 1] ?? null;
    else if (word.startsWith(`${option}=`)) value = word.slice(option.length + 1);
  });
  return value;
}
