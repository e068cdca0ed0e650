import type { Context } from "../context.ts";
import type { Environment } from "../environment/environment.ts";
import type { StsSession } from "../context/sts.ts";
import { KopsMfaError } from "../errors.ts";
import { askStore } from "../kops/ask-store.ts";
import {
  explainExpiry,
  explainRefusedSession,
  explainStore,
  type KopsSession,
  type StoreCheck,
} from "../kops/explain-end.ts";
import type { Problem } from "../errors.ts";
import { findStateStore, placeInS3 } from "../kops/state-store.ts";
import { storeAccess } from "../kops/store-access.ts";
import { StsFailure } from "../session/sts-failure.ts";
import type { Intent } from "./resolve-session.ts";

/** A run of kops that failed by itself: not one that was ended. */
export interface FailedRun {
  readonly intent: Pick<Intent, "files" | "resolution">;
  readonly session: StsSession;
  /** kops's command line and environment. */
  readonly words: readonly string[];
  readonly env: Environment;
}

const awsWords = "AWS, which may know why kops failed";

/** Somebody waits for the prompt of the shell. */
const longestWaitMs = 2500;

/**
 * Says why kops failed, after kops has said what it knows: a session that is over, revoked or not permitted shows there only as
 * `BadRequest: Bad Request` and `Forbidden: Forbidden`. Silent where nothing is known. What needs the network is asked once, and for
 * seconds only.
 */
export async function explainChildFailure(context: Context, run: FailedRun): Promise<void> {
  const { roles } = run.intent.resolution;
  const { expiresAt } = run.session;
  const session = { expiresAt, roleArn: roles.at(-1)?.roleArn.value ?? null };
  const explanation =
    explainExpiry(session, context.clock.now()) ??
    (await context.terminal.waitFor(awsWords, askAws(context, run, session)));
  if (explanation) context.terminal.error(explanation.message, explanation.hint);
}

async function askAws(
  context: Context,
  run: FailedRun,
  session: KopsSession,
): Promise<Problem | null> {
  try {
    const check = await checkStore(context, run, session);
    // Whatever S3 says, it has looked at the session.
    return check ? explainStore(check, session) : await checkSession(context, run);
  } catch (error) {
    // The failure is kops's: a configuration that cannot be read is not what this is about.
    if (error instanceof KopsMfaError) return null;
    throw error;
  }
}

/** Null where there is no state store in S3, or S3 is not to be asked. */
async function checkStore(
  context: Context,
  { intent, session: { credentials }, words, env }: FailedRun,
  { roleArn }: KopsSession,
): Promise<StoreCheck | null> {
  const { home, files } = context;
  const store = findStateStore({ words, env, home, read: (path) => files.read(path) });
  const place = store && placeInS3(store);
  if (!place) return null;
  const { region, serialNumber } = intent.resolution;
  const arn = roleArn ?? serialNumber?.value ?? null;
  const access = storeAccess({ files: intent.files, env, credentials, region, arn });
  return access && askStore(context, { store, place }, access);
}

async function checkSession(
  { sts, terminal }: Context,
  { intent: { resolution }, session }: FailedRun,
): Promise<Problem | null> {
  try {
    const timeoutMs = Math.min(resolution.sts.timeoutMs, longestWaitMs);
    await sts({ ...resolution.sts, timeoutMs }, { terminal }).getCallerIdentity(
      session.credentials,
    );
    return null;
  } catch (error) {
    if (!(error instanceof StsFailure)) throw error;
    return explainRefusedSession(error.details.code ?? "");
  }
}
