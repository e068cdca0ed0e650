import { Command } from "clipanion";
import { runLogin } from "./login-run.ts";
import { SessionCommand } from "../cli/session-command.ts";

/** `login`: makes the session now, so that later commands ask nothing. */
export class LoginCommand extends SessionCommand {
  static override paths = [["login"]];
  static override usage = Command.Usage({
    category: "Sessions",
    description: "make the session now; print nothing to evaluate",
    examples: [["Before a script that cannot ask", "kops-mfa login prod"]],
  });

  override execute(): Promise<number> {
    return runLogin(this.context.app, this.intend());
  }
}
