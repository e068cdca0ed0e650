import { Command, Option } from "clipanion";
import { SessionCommand } from "../cli/session-command.ts";

/** `doctor`: looks at everything that goes wrong in practice, and says what to do about it. */
export class DoctorCommand extends SessionCommand {
  static override paths = [["doctor"]];
  static override usage = Command.Usage({
    category: "Configuration and policy",
    description: "check all that a session needs, and say what is wrong and what to do",
    details: `
      One line a check, with the cure beneath. Nobody is asked: what needs a session is checked with the one that is kept, or with --login.
      The exit code is 1 when something is wrong.
    `,
    examples: [
      ["Why does it not work?", "kops-mfa doctor"],
      ["One profile, with a new session if there is none", "kops-mfa doctor prod --login"],
      ["For programs", "kops-mfa doctor prod --json"],
    ],
  });

  state = Option.String("--state", { description: "the state store of kops: s3://BUCKET" });
  login = Option.Boolean("--login", false, {
    description: "make a session first if none is kept, with a code",
  });
  offline = Option.Boolean("--offline", false, {
    description: "read files and variables only: no request, no other program",
  });
  json = Option.Boolean("--json", false, { description: "as JSON" });

  override async execute(): Promise<number> {
    const { runDoctor } = await import("./doctor-run.ts");
    return runDoctor(this.context.app, this.requestOptions, this);
  }
}
