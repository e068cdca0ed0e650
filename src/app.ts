import { Cli, type BaseContext } from "clipanion";
import { EnvCommand } from "./commands/env.ts";
import { ExplainCommand } from "./commands/explain.ts";
import { failingLine } from "./commands/env-output.ts";
import { nameOf, renderHelp, renderOverview } from "./commands/help.ts";
import { InitCommand, IntegratedCommand } from "./commands/init.ts";
import { LoginCommand } from "./commands/login.ts";
import { LogoutCommand } from "./commands/logout.ts";
import type { CommandContext } from "./commands/session-command.ts";
import { StatusCommand } from "./commands/status.ts";
import { usageErrorOf } from "./commands/usage-error.ts";
import type { Context } from "./context.ts";
import { realContext } from "./effects/context.ts";
import { ExitCode, InterruptedError, KopsMfaError } from "./errors.ts";
import { version } from "./version.ts";

const commands = [
  EnvCommand,
  LoginCommand,
  LogoutCommand,
  StatusCommand,
  ExplainCommand,
  InitCommand,
  IntegratedCommand,
];

/** Runs the program on this process's effects. */
export async function main(argv: readonly string[]): Promise<void> {
  process.exitCode = await run(argv, realContext());
}

/** Runs one command line; the only place that catches. The exit code is the command's, or the error's. */
export async function run(argv: readonly string[], context: Context): Promise<number> {
  try {
    return await dispatch(argv, context);
  } catch (error) {
    report(error, context);
    const line = failingLine(argv, context);
    if (line !== null) writeFailure(line, context);
    return error instanceof KopsMfaError ? error.exitCode : ExitCode.Failure;
  }
}

async function dispatch(argv: readonly string[], context: Context): Promise<number> {
  const cli = createCli();
  const [first] = argv;
  if (first === "--version") {
    context.stdout.write(`${version}\n`);
    return ExitCode.Ok;
  }
  if (first === undefined || asksForHelp(argv)) return help(cli, first, context);
  return parse(cli, argv, context).validateAndExecute();
}

function createCli(): Cli<CommandContext> {
  const cli = new Cli<CommandContext>({
    binaryName: "kops-mfa",
    binaryLabel: "kops-mfa",
    binaryVersion: version,
    enableColors: false,
  });
  for (const command of commands) cli.register(command);
  return cli;
}

/** clipanion's `run` would print errors on standard output, which a shell evaluates (github.com/arcanis/clipanion/issues/176). */
function parse(cli: Cli<CommandContext>, argv: readonly string[], app: Context) {
  try {
    const streams = Cli.defaultContext satisfies BaseContext;
    return cli.process([...argv], { ...streams, app });
  } catch (error) {
    throw usageErrorOf(error, argv, cli.definitions());
  }
}

function asksForHelp(argv: readonly string[]): boolean {
  const end = argv.indexOf("--");
  return argv
    .slice(0, end === -1 ? undefined : end)
    .some((word) => word === "--help" || word === "-h");
}

/** The help of a command whose output is evaluated goes where no shell reads it. */
function help(cli: Cli<CommandContext>, first: string | undefined, context: Context): number {
  const definitions = cli.definitions();
  const definition = definitions.find(({ path }) => nameOf(path) === first);
  const text = definition ? renderHelp(definition) : renderOverview(definitions);
  if (first === "env") context.terminal.print(text);
  else context.stdout.write(text);
  return ExitCode.Ok;
}

function report(error: unknown, { terminal, env }: Context): void {
  if (error instanceof InterruptedError) return;
  if (error instanceof KopsMfaError) {
    terminal.error(error.message, error.hint);
    return;
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  terminal.error(
    `internal error: ${message}`,
    "This is a bug of kops-mfa: please report it, with what KOPS_MFA_DEBUG=1 adds.",
  );
  if (env["KOPS_MFA_DEBUG"]) terminal.print(stack ?? "");
}

function writeFailure(line: string, { stdout }: Context): void {
  try {
    stdout.write(line);
  } catch (error) {
    // Whoever would have evaluated the line is gone, and the reason has been reported.
    if (!(error instanceof KopsMfaError)) throw error;
  }
}
