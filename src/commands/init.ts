import { Command, Option } from "clipanion";
import { ExitCode, KopsMfaError, UsageError } from "../errors.ts";
import { findDialect } from "../shell/dialects.ts";
import { chooseDialect } from "./env-output.ts";
import { integrations, type Integration } from "../shell/integrations.ts";
import type { CommandContext } from "./session-command.ts";

/** What `init` takes. */
export const integratedShells: readonly string[] = Object.keys(integrations);

/** `init`: prints the integration of a shell. */
export class InitCommand extends Command<CommandContext> {
  static override paths = [["init"]];
  static override usage = Command.Usage({
    category: "Shell integration",
    description: "print the integration for a shell's start-up file",
    details:
      "With it, `kops-mfa use PROFILE` changes the shell it is typed in, and `kops-mfa off` undoes that.",
    examples: Object.values(integrations).map(({ place, line }) => [place, line]),
  });

  shell = Option.String({ name: "SHELL" });
  wrap = Option.String("--wrap", {
    description: "commands that renew a session that is over before they run: kops,kubectl",
  });
  output = Option.String("--output", { description: "a file to write instead (mode 0600)" });

  override execute(): Promise<number> {
    const { name } = findDialect(this.shell, "init");
    const integration: Integration | undefined = integrations[name];
    if (integration === undefined) {
      throw new UsageError(`init: there is no integration for ${name} yet`, {
        hint: `There is one for ${integratedShells.join(", ")}.`,
      });
    }
    const { assets, files, stdout } = this.context.app;
    const names = readNames(this.wrap);
    const wrapping = names.length === 0 ? "" : integration.wrap(names);
    const text = assets.read(`shell/${integration.file}`) + wrapping;
    if (this.output === undefined) stdout.write(text);
    else files.writePrivate(this.output, text);
    return Promise.resolve(ExitCode.Ok);
  }
}

/** The names that `--wrap` lists. Throws {@link UsageError} for what would be more than a name in some shell. */
function readNames(list: string | undefined): readonly string[] {
  if (list === undefined) return [];
  const names = list.split(",").map((name) => name.trim());
  const wrong = names.find((name) => !/^[A-Za-z0-9_.+-]+$/.test(name));
  if (wrong === undefined) return names;
  throw new UsageError(`--wrap: "${wrong}" is not the name of a command`, {
    hint: "Name commands, with commas between them: --wrap kops,kubectl.",
  });
}

/** `use` and `off` without the integration: a program cannot change the shell that started it. */
export class IntegratedCommand extends Command<CommandContext> {
  static override paths = [["use"], ["off"]];

  rest = Option.Proxy();

  override execute(): Promise<number> {
    const [name = ""] = this.path;
    throw new KopsMfaError(`kops-mfa ${name} works in a shell that has loaded the integration`, {
      hint: `${this.#line()}; kops-mfa init --help has the line for every shell.`,
    });
  }

  /** What loads it into the shell that runs this process. */
  #line(): string {
    const { line, place } = integrations[this.#shell()] ?? integrations.bash;
    return `Once: ${line} (in ${place})`;
  }

  #shell() {
    try {
      return chooseDialect(undefined, this.context.app).name;
    } catch (error) {
      if (error instanceof UsageError) return "bash";
      throw error;
    }
  }
}
