import { Command } from "clipanion";
import type { StsSession } from "../context.ts";
import { isoSeconds } from "../environment/instant.ts";
import { CredentialsError, ExitCode } from "../errors.ts";
import { renderProcess } from "../shell/process-format.ts";
import { loginLine, obtain, withLeft, type Intent } from "./obtain.ts";
import { SessionCommand } from "./session-command.ts";
import { until } from "./until.ts";

/** The Go SDK ends the shell around us after 60 s, which would leave us at the terminal: credentials/processcreds/provider.go, DefaultTimeout. */
const limitSeconds = 55;
/** The Go SDK uses credentials up to the last moment that is told, so it is told an earlier one. */
const earlyMs = 5 * 60_000;

/** `credential-process`: prints the session for the AWS SDK that has started this process. */
export class CredentialProcessCommand extends SessionCommand {
  static override paths = [["credential-process"]];
  static override usage = Command.Usage({
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
    // Twice: what is reported shall be good for something.
    const intent = withLeft(this.intend(), 2 * earlyMs);
    const { credentials, expiresAt } = await this.#obtainInTime(intent);
    const early = expiresAt - earlyMs;
    // A moment that is past would let the SDK start us for every request.
    const reported = early - clock.now() > earlyMs / 5 ? early : expiresAt;
    stdout.write(renderProcess({ ...credentials, expiration: isoSeconds(reported) }));
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
