import { Command } from "clipanion";
import { ExitCode } from "../errors.ts";
import { expiryInWords } from "../expiry.ts";
import { SessionCommand } from "./session-command.ts";

/** `login`: makes the session now, so that later commands ask nothing. */
export class LoginCommand extends SessionCommand {
  static override paths = [["login"]];
  static override usage = Command.Usage({
    category: "Sessions",
    description: "make the session now; print nothing to evaluate",
    examples: [["Before a script that cannot ask", "kops-mfa login prod"]],
  });

  override async execute(): Promise<number> {
    const intent = this.intend();
    const session = await this.obtain(intent);
    const { clock, terminal } = this.context.app;
    const who = session.arn ?? intent.resolution.profile?.value ?? "your user";
    terminal.note(`session of ${who}: ${expiryInWords(session.expiresAt, clock.now())}`);
    return ExitCode.Ok;
  }
}
