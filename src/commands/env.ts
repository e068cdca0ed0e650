import { Command, Option } from "clipanion";
import { isoSeconds } from "../environment/instant.ts";
import {
  enterSession,
  leaveSession,
  plainSession,
  type SessionEnvironment,
} from "../environment/session-change.ts";
import { ExitCode, UsageError } from "../errors.ts";
import { shellNames } from "../shell/dialects.ts";
import { renderDotenv, renderJson } from "../shell/formats.ts";
import { renderProcess } from "../shell/process-format.ts";
import {
  chooseDialect,
  formats,
  githubText,
  readFormat,
  refuseOverwriting,
  type Format,
} from "./env-output.ts";
import { SessionCommand } from "./session-command.ts";
import { sessionEnvironment } from "./session-environment.ts";

/** `env`: prints what a shell evaluates to carry the session. */
export class EnvCommand extends SessionCommand {
  static override paths = [["env"]];
  static override usage = Command.Usage({
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
    const format = readFormat(this.format);
    const text = this.unset ? this.#leave(format) : await this.#enter(format);
    this.#deliver(text);
    return ExitCode.Ok;
  }

  async #enter(format: Format): Promise<string> {
    const render = this.#renderer(format);
    const intent = this.intend();
    return render(sessionEnvironment(intent, await this.obtain(intent)));
  }

  /** Chosen before anything is asked, so that a wrong option costs no code. */
  #renderer(format: Format): (session: SessionEnvironment) => string {
    switch (format) {
      case "export": {
        const dialect = this.#dialect();
        return (session) => dialect.render(enterSession(session, this.env));
      }
      case "dotenv":
        return (session) => renderDotenv(plainSession(session));
      case "json":
        return (session) => renderJson(plainSession(session));
      case "process":
        return (session) =>
          renderProcess({ ...session, expiration: isoSeconds(session.expiresAt) });
      case "github":
        refuseOverwriting(this.output);
        return (session) => githubText(plainSession(session), this.context.app);
    }
  }

  #leave(format: Format): string {
    if (format !== "export") {
      throw new UsageError(`--unset has no form in --format ${format}`, {
        hint: "Delete the file instead; --unset is for a shell.",
      });
    }
    const dialect = this.#dialect();
    const { terminal } = this.context.app;
    const change = leaveSession(this.env);
    if (!change) terminal.note("this shell carries no session of kops-mfa; nothing to undo");
    else if (this.env["KOPS_MFA_PREVIOUS"]?.includes("AWS_ACCESS_KEY_ID=")) {
      terminal.note(
        "the access keys that were in this shell before are not kept, and not restored",
      );
    }
    return dialect.render(change ?? { unset: [], set: [] });
  }

  #dialect() {
    return chooseDialect(this.shell, this.context.app);
  }

  #deliver(text: string): void {
    const { files, stdout, terminal } = this.context.app;
    if (this.output !== undefined) {
      files.writePrivate(this.output, text);
      return;
    }
    stdout.write(text);
    if (stdout.isTerminal && readFormat(this.format) === "export") {
      const words = ["kops-mfa env", ...(this.unset ? ["--unset"] : this.#words())];
      terminal.note(
        `nothing was changed yet; to use it: ${this.#dialect().evaluate(words.join(" "))}`,
      );
    }
  }

  #words(): readonly string[] {
    const profile = this.profileName ?? this.profile;
    const shell = this.shell === undefined ? [] : ["--shell", this.shell];
    return [...(profile === undefined ? [] : [profile]), ...shell];
  }
}
