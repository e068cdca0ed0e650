import { Command, Option } from "clipanion";
import { KopsMfaError, UsageError } from "../errors.ts";
import { runInit } from "./init-run.ts";
import { chooseDialect } from "../operations/env-output.ts";
import { integrations } from "../shell/integrations.ts";
import type { CommandContext } from "../cli/session-command.ts";

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
    return Promise.resolve(runInit(this.context.app, this.shell, this));
  }
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
