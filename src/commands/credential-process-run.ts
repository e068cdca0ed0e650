import type { Intent } from "../operations/resolve-session.ts";
import { loginLine, obtain } from "../operations/obtain-session.ts";
import { forAnSdk, processText } from "../operations/credential-document.ts";
import { until } from "../operations/with-signal.ts";
import type { Context } from "../context.ts";
import type { StsSession } from "../context/sts.ts";
import { CredentialsError, ExitCode } from "../errors.ts";

/** The Go SDK ends the shell around us after 60 s, which would leave us at the terminal: credentials/processcreds/provider.go, DefaultTimeout. */
const limitSeconds = 55;

/** `credential-process`: prints the session that is meant for the AWS SDK that has started this process. */
export async function runCredentialProcess(app: Context, meant: Intent): Promise<ExitCode> {
  const session = await obtainInTime(app, forAnSdk(meant));
  app.stdout.write(processText(session, app.clock.now()));
  return ExitCode.Ok;
}

async function obtainInTime(app: Context, intent: Intent): Promise<StsSession> {
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

function tooLate(intent: Intent): CredentialsError {
  return new CredentialsError(`no code was given within ${limitSeconds} s, as long as SDKs wait`, {
    hint: `Run ${loginLine(intent)} --min-ttl 30m, then the command again: the session is kept.`,
  });
}
