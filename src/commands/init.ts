import { Command, Option } from "clipanion";
import { ExitCode, KopsMfaError, UsageError } from "../errors.ts";
import { findDialect } from "../shell/dialects.ts";
import type { CommandContext } from "./session-command.ts";

/** The snippet of each shell, in the package's `shell/`. */
const snippets: Readonly<Record<string, string>> = {
  bash: "kops-mfa.bash",
  zsh: "kops-mfa.zsh",
  sh: "kops-mfa.sh",
  fish: "kops-mfa.fish",
  powershell: "kops-mfa.ps1",
};

/** What `init` takes. */
export const integratedShells: readonly string[] = Object.keys(snippets);

/** `init`: prints the integration of a shell. */
export class InitCommand extends Command<CommandContext> {
  static override paths = [["init"]];
  static override usage = Command.Usage({
    description: "print the integration for a shell's start-up file",
    details:
      "With it, `kops-mfa use PROFILE` changes the shell it is typed in, and `kops-mfa off` undoes that.",
    examples: [
      ["~/.bashrc", 'eval "$(kops-mfa init bash)"'],
      ["~/.zshrc", 'eval "$(kops-mfa init zsh)"'],
      ["~/.config/fish/config.fish", "kops-mfa init fish | source"],
      ["$PROFILE of PowerShell", "Invoke-Expression (& kops-mfa init powershell | Out-String)"],
    ],
  });

  shell = Option.String({ name: "SHELL" });
  wrap = Option.String("--wrap", {
    description: "commands that renew a session that is over before they run: kops,kubectl",
  });

  override execute(): Promise<number> {
    const { name } = findDialect(this.shell, "init");
    const file = snippets[name];
    if (file === undefined) {
      throw new UsageError(`init: there is no integration for ${name} yet`, {
        hint: `There is one for ${integratedShells.join(", ")}.`,
      });
    }
    const { assets, stdout } = this.context.app;
    stdout.write(assets.read(`shell/${file}`) + wrapLine(this.wrap));
    return Promise.resolve(ExitCode.Ok);
  }
}

/** The line that wraps commands, which is the same in every shell. Throws {@link UsageError}. */
function wrapLine(list: string | undefined): string {
  if (list === undefined) return "";
  const names = list.split(",").map((name) => name.trim());
  const wrong = names.find((name) => !/^[A-Za-z0-9_.+-]+$/.test(name));
  if (wrong === undefined) return `__kops_mfa_wrap ${names.join(" ")}\n`;
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
      hint: 'Once: eval "$(kops-mfa init bash)" (or zsh, fish, powershell, sh); kops-mfa init --help has the line for each.',
    });
  }
}
