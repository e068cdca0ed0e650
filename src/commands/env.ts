import { Command, Option } from "clipanion";
import { runEnv } from "./env-run.ts";
import { shellNames } from "../shell/dialects/registry.ts";
import { formats } from "../operations/env-output.ts";
import { SessionCommand } from "../cli/session-command.ts";

/** `env`: prints what a shell evaluates to carry the session. */
export class EnvCommand extends SessionCommand {
  static override paths = [["env"]];
  static override usage = Command.Usage({
    category: "Sessions",
    description: "print the lines that put a session into your shell",
    details: `
      Standard output is for your shell to evaluate; everything that is for you is on standard error.
    `,
    examples: [
      ["bash, zsh and other POSIX shells", 'eval "$(kops-mfa env)"'],
      ["fish", "kops-mfa env --shell fish | source"],
      ["PowerShell", "kops-mfa env --shell powershell | Out-String | Invoke-Expression"],
      ["A file for other tools", "kops-mfa env --format dotenv --output .env"],
      ["The next steps of a GitHub workflow", 'kops-mfa env --format github >> "$GITHUB_ENV"'],
      ["Another profile, for two hours", 'eval "$(kops-mfa env prod --duration 2h)"'],
      ["Out of the session again", 'eval "$(kops-mfa env --unset)"'],
    ],
  });

  shell = Option.String("--shell", { description: shellNames.join(", ") });
  format = Option.String("--format", { description: formats.join(", ") });
  output = Option.String("--output", { description: "a file to write instead (mode 0600)" });
  unset = Option.Boolean("--unset", false, { description: "print the way out of the session" });
  renew = Option.Boolean("--renew", false, {
    description: "fail if the session in this shell would become another one",
  });

  override execute(): Promise<number> {
    const { shell, format, output, unset, renew } = this;
    const profile = this.profileName ?? this.profile;
    const run = { ...{ shell, format, output, unset, renew }, profile };
    return runEnv(this.context.app, run, () => this.intend());
  }
}
