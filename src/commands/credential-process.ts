import { Command } from "clipanion";
import { runCredentialProcess } from "./credential-process-run.ts";
import { SessionCommand } from "../cli/session-command.ts";

/** `credential-process`: prints the session for the AWS SDK that has started this process. */
export class CredentialProcessCommand extends SessionCommand {
  static override paths = [["credential-process"]];
  static override usage = Command.Usage({
    category: "Running programs",
    description: "print the session for an AWS SDK, as credential_process in ~/.aws/config",
    details: `
      For programs that get their credentials from an AWS profile. The code is asked for on the terminal,
      within 55 seconds, since SDKs wait for a minute.
    `,
    examples: [
      [
        "[profile prod-kops] in ~/.aws/config",
        "credential_process = kops-mfa credential-process --profile prod",
      ],
    ],
  });

  override execute(): Promise<number> {
    return runCredentialProcess(this.context.app, this.intend());
  }
}
