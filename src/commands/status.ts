import { Command, Option } from "clipanion";
import { runStatus } from "./status-run.ts";
import { SessionCommand } from "../cli/session-command.ts";

/** `status`: who, which role, how long; exit code 0 only while there is a session. Asks nobody and calls nothing. */
export class StatusCommand extends SessionCommand {
  static override paths = [["status"]];
  static override usage = Command.Usage({
    category: "Sessions",
    description: "tell role, identity and time left",
    details: "The exit code is 0 while the session lasts, and 1 when there is none.",
    examples: [
      ["For people", "kops-mfa status"],
      ["For programs", "kops-mfa status prod --json"],
    ],
  });

  json = Option.Boolean("--json", false, { description: "as JSON" });

  override execute(): Promise<number> {
    return Promise.resolve(runStatus(this.context.app, this.intend(), this.json));
  }
}
