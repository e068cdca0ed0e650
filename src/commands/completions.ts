import { Command, Option } from "clipanion";
import { runCompletions } from "./completions-run.ts";
import type { CommandContext } from "../cli/session-command.ts";

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
    return Promise.resolve(runCompletions(this.context.app, this.shell));
  }
}
