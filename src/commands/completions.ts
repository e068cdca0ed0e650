import { Command, Option } from "clipanion";
import { ExitCode, UsageError } from "../errors.ts";
import { findDialect } from "../shell/dialects.ts";
import type { CommandContext } from "./session-command.ts";

/** The completion of each shell, in the package's `completions/`. */
const files: Readonly<Record<string, string>> = {
  bash: "kops-mfa.bash",
  zsh: "_kops-mfa",
  fish: "kops-mfa.fish",
  powershell: "kops-mfa.ps1",
  nushell: "kops-mfa.nu",
  elvish: "kops-mfa.elv",
};

/** What `completions` takes. */
export const completedShells: readonly string[] = Object.keys(files);

/** `completions`: prints the completion of a shell. */
export class CompletionsCommand extends Command<CommandContext> {
  static override paths = [["completions"]];
  static override usage = Command.Usage({
    category: "Shell integration",
    description: "print the completion for a shell's start-up file",
    details:
      "It completes commands, options, values and the names of your profiles, and what kops offers for its own commands.",
    examples: [
      ["~/.bashrc", 'eval "$(kops-mfa completions bash)"'],
      ["~/.zshrc, after compinit", 'eval "$(kops-mfa completions zsh)"'],
      ["~/.config/fish/config.fish", "kops-mfa completions fish | source"],
      [
        "$PROFILE of PowerShell",
        "Invoke-Expression (& kops-mfa completions powershell | Out-String)",
      ],
      ["config.nu of nushell", "source kops-mfa.nu"],
      ["~/.config/elvish/rc.elv", "eval (kops-mfa completions elvish | slurp)"],
    ],
  });

  shell = Option.String({ name: "SHELL" });

  override execute(): Promise<number> {
    const { name } = findDialect(this.shell, "completions");
    const file = files[name];
    if (file === undefined) {
      throw new UsageError(`completions: there is none for ${name}`, {
        hint: `There is one for ${completedShells.join(", ")}.`,
      });
    }
    const { assets, stdout } = this.context.app;
    stdout.write(assets.read(`completions/${file}`));
    return Promise.resolve(ExitCode.Ok);
  }
}
