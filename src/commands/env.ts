import { Command, Option } from "clipanion";
import { ExitCode } from "../errors.ts";
import { shellNames } from "../shell/dialects.ts";
import { chooseDialect, formats, readFormat } from "./env-output.ts";
import { enterText, leaveText } from "./env-text.ts";
import { SessionCommand } from "./session-command.ts";
import { sessionEnvironment } from "./session-environment.ts";

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

  override async execute(): Promise<number> {
    const text = this.unset ? leaveText(this, this.context.app) : await this.#enter();
    this.#deliver(text);
    return ExitCode.Ok;
  }

  async #enter(): Promise<string> {
    const render = enterText(this, this.context.app);
    const intent = this.intend();
    return render(sessionEnvironment(intent, await this.obtain(intent)));
  }

  #deliver(text: string): void {
    const { files, stdout, terminal } = this.context.app;
    if (this.output !== undefined) {
      files.writePrivate(this.output, text);
      return;
    }
    stdout.write(text);
    if (stdout.isTerminal && readFormat(this.format) === "export") {
      const dialect = chooseDialect(this.shell, this.context.app);
      const words = ["kops-mfa env", ...(this.unset ? ["--unset"] : this.#words())];
      terminal.note(`nothing was changed yet; to use it: ${dialect.evaluate(words.join(" "))}`);
    }
  }

  #words(): readonly string[] {
    const profile = this.profileName ?? this.profile;
    const shell = this.shell === undefined ? [] : ["--shell", this.shell];
    return [...(profile === undefined ? [] : [profile]), ...shell];
  }
}
