import { Command, Option } from "clipanion";
import { runLogout } from "./logout-run.ts";
import type { CommandContext } from "../cli/session-command.ts";

/** `logout`: forgets cached sessions. */
export class LogoutCommand extends Command<CommandContext> {
  static override paths = [["logout"]];
  static override usage = Command.Usage({
    category: "Sessions",
    description: "forget the sessions that are kept, all or those of one profile",
    details: `
      The MFA session of a profile is shared by all profiles with the same access keys and device; it is
      forgotten too, so that the next session asks for a code. In the AWS CLI's cache (cache = aws-cli) only
      sessions that kops-mfa put there are forgotten, and that of the profile named.
    `,
    examples: [
      ["Forget everything", "kops-mfa logout"],
      ["Forget one profile", "kops-mfa logout prod"],
    ],
  });

  profile = Option.String({ name: "PROFILE", required: false });

  override execute(): Promise<number> {
    return Promise.resolve(runLogout(this.context.app, this.profile));
  }
}
