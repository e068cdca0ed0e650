import { Option } from "clipanion";
import { SessionCommand } from "./session-command.ts";

/** A command that runs another program. */
export abstract class ChildCommand extends SessionCommand {
  server = Option.Boolean("--server", {
    description: "renew the session while the command runs; --no-server: never",
  });
}
