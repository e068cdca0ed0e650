import { Command } from "clipanion";
import type { StsSession } from "../context.ts";
import { CredentialsError, ExitCode } from "../errors.ts";
import type { Intent } from "./intend.ts";
import { loginLine, obtain } from "./obtain.ts";
import { forAnSdk, processText } from "./process-text.ts";
import { SessionCommand } from "./session-command.ts";
import { until } from "./until.ts";

/** The Go SDK ends the shell around us after 60 s, which would leave us at the terminal: credentials/processcreds/provider.go, DefaultTimeout. */
const limitSeconds = 55;

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

  override async execute(): Promise<number> {
    const { stdout, clock } = this.context.app;
    const intent = forAnSdk(this.intend());
    stdout.write(processText(await this.#obtainInTime(intent), clock.now()));
    return ExitCode.Ok;
  }

  async #obtainInTime(intent: Intent): Promise<StsSession> {
    const { app } = this.context;
    const [limit, done] = [new AbortController(), new AbortController()];
    app.clock.sleep(limitSeconds * 1000, done.signal).then(
      () => limit.abort(tooLate(intent)),
      () => undefined,
    );
    try {
      return await obtain(app, intent, until(limit.signal, app));
    } finally {
      done.abort();
    }
  }
}

function tooLate(intent: Intent): CredentialsError {
  return new CredentialsError(`no code was given within ${limitSeconds} s, as long as SDKs wait`, {
    hint: `Run ${loginLine(intent)} --min-ttl 30m, then the command again: the session is kept.`,
  });
}
