import { withoutNotes, type Intent } from "../operations/resolve-session.ts";
import { obtain } from "../operations/obtain-session.ts";
import { openStore } from "../operations/open-store.ts";
import type { RequestOptions } from "../config/request.ts";
import type { Context } from "../context.ts";
import type { StsSession } from "../context/sts.ts";
import { ExitCode, UsageError } from "../errors.ts";
import { consult, describeChecks } from "../doctor/collect/consult.ts";
import type { SessionMaking } from "../doctor/collect/session.ts";
import { awsCliSession } from "../session/aws-cli/key.ts";

export interface DoctorOptions {
  /** The state store of kops: `s3://BUCKET`. */
  readonly state?: string | undefined;
  readonly login?: boolean | undefined;
  readonly offline?: boolean | undefined;
  readonly json?: boolean | undefined;
}

/** `doctor`: looks at everything that goes wrong in practice, and says what to do about it. The exit code says whether something is wrong. */
export async function runDoctor(
  app: Context,
  options: RequestOptions,
  { state, login: mayAsk = false, offline: isOffline = false, json: isJson = false }: DoctorOptions,
): Promise<ExitCode> {
  if (mayAsk && isOffline) {
    throw new UsageError("--login calls AWS, and --offline calls nobody", {
      hint: "Give one of them.",
    });
  }
  const making = makingOf(app, mayAsk);
  const work = consult(app, { options, state, isOffline, mayAsk, making });
  const checks = await app.terminal.waitFor("AWS and kops", work);
  const { stdout, env, platform } = app;
  const paint = stdout.paint.bind(stdout);
  stdout.write(
    isJson
      ? `${JSON.stringify(checks, null, 2)}\n`
      : describeChecks(checks, { env, platform, paint }),
  );
  return checks.some(({ status }) => status === "failure") ? ExitCode.Failure : ExitCode.Ok;
}

/** Problems of the cache are findings here, and not words on the way. */
function makingOf(app: Context, mayAsk: boolean): SessionMaking {
  const quiet = { ...app, terminal: { ...app.terminal, note: () => undefined } };
  return {
    openStore: ({ resolution, plan }) =>
      openStore(quiet, resolution.cache?.value, awsCliSession(resolution, plan)),
    obtain: (intent) => (mayAsk ? obtain(app, intent) : obtainUnasked(app, intent)),
  };
}

function obtainUnasked(app: Context, intent: Intent): Promise<StsSession> {
  const quiet = withoutNotes(intent);
  const { request, resolution, store } = quiet;
  return obtain(app, {
    ...quiet,
    // Without a code there is nobody to wait for.
    store: { ...store, vault: null },
    request: { ...request, tokenCode: null, mayPrompt: false },
    resolution: { ...resolution, mfaProcess: null },
  });
}
