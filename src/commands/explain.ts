import { Command, Option } from "clipanion";
import { runExplain } from "./explain-run.ts";
import { SessionCommand } from "../cli/session-command.ts";

/** `explain`: the resolution, step by step, without any call. */
export class ExplainCommand extends SessionCommand {
  static override paths = [["explain"]];
  static override usage = Command.Usage({
    category: "Configuration and policy",
    description: "show where every value comes from, and which calls would be made; calls nothing",
    examples: [
      ["Why this role?", "kops-mfa explain prod"],
      ["For programs", "kops-mfa explain prod --json"],
    ],
  });

  json = Option.Boolean("--json", false, { description: "as JSON" });

  override execute(): Promise<number> {
    return Promise.resolve(runExplain(this.context.app, this.intend(), this.json));
  }
}
