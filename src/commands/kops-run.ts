import { explainChildFailure, type FailedRun } from "../operations/explain-child-failure.ts";
import { withLeft, type Intent } from "../operations/resolve-session.ts";
import { obtain } from "../operations/obtain-session.ts";
import { mayBeRenewed, remembering } from "../operations/renew-session.ts";
import type { ChildCommand, ChildEnd } from "../context/processes.ts";
import type { Context } from "../context.ts";
import type { StsSession } from "../context/sts.ts";
import { applyChange } from "../environment/apply-change.ts";
import { orNull } from "../errors.ts";
import { expiryInWords, timeInWords } from "../expiry.ts";
import { longRun, type LongRun } from "../kops/likely-time.ts";
import { namesCluster } from "../kops/names-cluster.ts";
import { sessionNeed } from "../kops/words.ts";
import { cachedSession } from "../session/obtain.ts";
import {
  becomeChild,
  childEnvironment,
  findChild,
  hasFailed,
  nestedDeeper,
  runChild,
  serveChild,
  type ChildOptions,
} from "../operations/run-child.ts";

/** kops as it is to be run. */
interface KopsRun extends ChildOptions {
  readonly words: readonly string[];
  readonly start: (env: ChildCommand["env"]) => ChildCommand;
}

/** Runs kops with these words and, where they need one, the session that is meant. The exit code is kops's. */
export async function runKops(
  app: Context,
  words: readonly string[],
  { server }: ChildOptions,
  mean: () => Intent,
): Promise<number> {
  const { path } = findChild(app, "kops", "See https://kops.sigs.k8s.io/getting_started/install/");
  const depth = nestedDeeper(app.env, path);
  const start: KopsRun["start"] = (env) => ({
    ...{ path, name: "kops", args: words },
    env: { ...env, ...depth },
  });
  const own = () => applyChange(app.env, { unset: [], set: [] });
  switch (sessionNeed(words)) {
    case "none":
      return becomeChild(app, start(own()));
    case "if-kept":
      return becomeChild(app, start(keptEnvironment(app, mean) ?? own()));
    case "needed":
      return runWithSession(app, { words, start, server }, remembering(clusterFor(words, mean())));
  }
}

/** Without the cluster of the settings where the command line names one. */
function clusterFor(words: readonly string[], intent: Intent): Intent {
  if (!namesCluster(words)) return intent;
  return { ...intent, resolution: { ...intent.resolution, cluster: null } };
}

async function runWithSession(app: Context, kops: KopsRun, intent: Intent): Promise<number> {
  const { words, start } = kops;
  const run = longRun(words);
  const session = run ? await obtainFor(app, run, intent) : await obtain(app, intent);
  const leftMs = session.expiresAt - app.clock.now();
  const outlives = run !== null && leftMs < run.seconds * 1000;
  const isServed = kops.server ?? (outlives && mayBeRenewed(intent));
  if (outlives) tell(app, run, leftMs, isServed);
  if (isServed) {
    return serveChild(app, start, { intent, session }, (end, latest, { env }) =>
      explain(app, end, { intent, session: latest, words, env }),
    );
  }
  const child = start(childEnvironment(app, intent, session));
  return runChild(app, child, (end) => explain(app, end, { intent, session, words, ...child }));
}

/** For a long run a session counts only with as much left as the run may need, or as a new one would have. */
async function obtainFor(
  app: Context,
  { name, seconds }: LongRun,
  intent: Intent,
): Promise<StsSession> {
  const { clock, terminal } = app;
  const { store, resolution, plan } = intent;
  const kept = cachedSession(store.cache, resolution, plan, clock.now());
  const whole = plan.steps.at(-1)?.durationSeconds ?? 0;
  const session = await obtain(app, withLeft(intent, Math.min(seconds, whole - 600) * 1000));
  if (kept && kept.expiresAt < session.expiresAt) {
    terminal.note(
      `a new session for kops ${name}: the one that was kept had ${expiryInWords(kept.expiresAt, clock.now())}`,
    );
  }
  return session;
}

/** Within another kops-mfa it is that one's to say. */
async function explain(app: Context, end: ChildEnd, run: FailedRun): Promise<void> {
  const isOutermost = app.env["KOPS_MFA_DEPTH"] === undefined;
  if (hasFailed(end) && isOutermost) await explainChildFailure(app, run);
}

function tell(app: Context, { name, seconds }: LongRun, leftMs: number, isServed: boolean): void {
  const outcome = isServed ? "; it is renewed meanwhile" : "";
  app.terminal.note(
    `kops ${name} may take ${timeInWords(seconds * 1000)}, and this session ends in ${timeInWords(leftMs)}${outcome}`,
  );
}

/** The environment with a session that is there without asking anybody; null where there is none. */
function keptEnvironment(app: Context, mean: () => Intent): ChildCommand["env"] | null {
  return orNull(() => {
    const intent = mean();
    const { store, resolution, plan } = intent;
    const session = cachedSession(store.cache, resolution, plan, app.clock.now());
    return session && childEnvironment(app, intent, session);
  });
}
