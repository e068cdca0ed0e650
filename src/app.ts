import { Cli, type BaseContext, type Definition } from "clipanion";
import { CompletionsCommand } from "./commands/completions.ts";
import { CredentialProcessCommand } from "./commands/credential-process.ts";
import { DoctorCommand } from "./commands/doctor.ts";
import { EnvCommand } from "./commands/env.ts";
import { ExplainCommand } from "./commands/explain.ts";
import { ExecCommand } from "./commands/exec.ts";
import { renderHelp, renderOverview } from "./cli/help.ts";
import { nameOf } from "./cli/help-sections.ts";
import { InitCommand, IntegratedCommand } from "./commands/init.ts";
import { KopsCommand } from "./commands/kops.ts";
import { KubeconfigCommand } from "./commands/kubeconfig.ts";
import { LoginCommand } from "./commands/login.ts";
import { LogoutCommand } from "./commands/logout.ts";
import { PolicyCommand } from "./commands/policy.ts";
import { kopsRoute, routeOf } from "./cli/kops-line.ts";
import type { CommandContext } from "./cli/session-command.ts";
import { SetupCommand } from "./commands/setup.ts";
import { StatusCommand } from "./commands/status.ts";
import { usageErrorOf } from "./cli/usage-error.ts";
import type { Context } from "./context.ts";
import { realContext } from "./platform/real-context.ts";
import { unwritable } from "./platform/terminal/stdout.ts";
import { ExitCode } from "./errors.ts";
import { fail } from "./report.ts";
import { version } from "./version.ts";

const commands = [
  EnvCommand,
  ExecCommand,
  LoginCommand,
  LogoutCommand,
  StatusCommand,
  ExplainCommand,
  DoctorCommand,
  KubeconfigCommand,
  CredentialProcessCommand,
  PolicyCommand,
  InitCommand,
  CompletionsCommand,
  SetupCommand,
  IntegratedCommand,
  KopsCommand,
];

/** What may be typed as a command of ours. */
export const commandNames: readonly string[] = commands
  .flatMap(({ paths }) => paths.map(([name = ""]) => name))
  .filter((name) => name !== kopsRoute);

/** Runs the program on this process's effects. */
export async function main(argv: readonly string[]): Promise<void> {
  const context = realContext();
  if (context.env["NODE_DEBUG"]) {
    context.terminal.note("NODE_DEBUG is ignored: what Node prints then has credentials in it");
  }
  process.exitCode = await run(argv, context);
}

/** Ends as {@link run} does where standard output took nothing: the text had been made without this part of the program. */
export function endUnwritten(argv: readonly string[], cause: unknown): void {
  process.exitCode = fail(unwritable(cause), argv, realContext());
}

/** Runs one command line; the only place that catches. The exit code is the command's, or the error's. */
export async function run(argv: readonly string[], context: Context): Promise<number> {
  let words = argv;
  try {
    const [first] = argv;
    if (first === "--version") return printVersion(context);
    if (first === undefined || isHelp(first)) return overview(context);
    // Before kops's words may stand what may stand before those of `exec`.
    const route = routeOf(argv, commandNames, () =>
      definitionsOf("exec").flatMap(({ options }) => options),
    );
    ({ words } = route);
    if (words[0] !== kopsRoute && words.some(isHelp)) return help(words[0] ?? "", context);
    return await parse(words, { app: context, child: route.child }).validateAndExecute();
  } catch (error) {
    return fail(error, words, context);
  }
}

/** All commands, with what each takes and what is said about it. */
export function commandDefinitions(): readonly Definition[] {
  return createCli(commands).definitions();
}

function definitionsOf(name: string): readonly Definition[] {
  return createCli(commandsNamed(name)).definitions();
}

/** The one command of this name: to make clipanion's automaton of all of them takes as long as Node's start. */
function commandsNamed(name: string) {
  return commands.filter(({ paths }) => paths.some(([word]) => word === name));
}

function createCli(registered: readonly (typeof commands)[number][]): Cli<CommandContext> {
  const cli = new Cli<CommandContext>({
    binaryName: "kops-mfa",
    binaryLabel: "kops-mfa",
    binaryVersion: version,
    enableColors: false,
  });
  for (const command of registered) cli.register(command);
  return cli;
}

/** clipanion's `run` would print errors on standard output, which a shell evaluates (github.com/arcanis/clipanion/issues/176). */
function parse(argv: readonly string[], own: Omit<CommandContext, keyof BaseContext>) {
  try {
    const streams = Cli.defaultContext satisfies BaseContext;
    return createCli(commandsNamed(argv[0] ?? "")).process([...argv], { ...streams, ...own });
  } catch (error) {
    throw usageErrorOf(error, argv, commandDefinitions());
  }
}

function isHelp(word: string): boolean {
  return word === "--help" || word === "-h";
}

function printVersion({ stdout }: Context): number {
  stdout.write(`${version}\n`);
  return ExitCode.Ok;
}

function overview({ stdout }: Context): number {
  stdout.write(renderOverview(commandDefinitions()));
  return ExitCode.Ok;
}

/** The help of a command whose output is evaluated goes where no shell reads it. */
function help(name: string, { terminal, stdout }: Context): number {
  const definition = definitionsOf(name).find(({ path }) => nameOf(path) === name);
  const text = definition ? renderHelp(definition) : renderOverview(commandDefinitions());
  if (name === "env") terminal.print(text);
  else stdout.write(text);
  return ExitCode.Ok;
}
