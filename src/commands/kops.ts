import type { ChildCommand as Child, ChildEnd, StsSession } from "../context.ts";
import { applyChange } from "../environment/apply-change.ts";
import { orNull } from "../errors.ts";
import { expiryInWords, timeInWords } from "../expiry.ts";
import { longRun, type LongRun } from "../kops/likely-time.ts";
import { sessionNeed } from "../kops/words.ts";
import { cachedSession } from "../session/obtain.ts";
import { ChildCommand, hasFailed, nestedDeeper } from "./child-command.ts";
import { explainChildFailure, type FailedRun } from "./explain-child-failure.ts";
import { withLeft, type Intent } from "./intend.ts";
import { mayBeRenewed, remembering } from "./renewal.ts";
import { kopsRoute } from "./route.ts";

/** Any command of kops, run with a session: what the script `kops-mfa` of the kops documentation does (docs/mfa.md). */
export class KopsCommand extends ChildCommand {
  static override paths = [[kopsRoute]];

  override async execute(): Promise<number> {
    const { env } = this;
    const args = this.context.child ?? [];
    const { path } = this.find("kops", "See https://kops.sigs.k8s.io/getting_started/install/");
    const depth = nestedDeeper(env, path);
    const start = (own: Child["env"]) => ({ path, name: "kops", args, env: { ...own, ...depth } });
    switch (sessionNeed(args)) {
      case "none":
        return this.become(start(applyChange(env, { unset: [], set: [] })));
      case "if-kept":
        return this.become(start(this.#kept() ?? applyChange(env, { unset: [], set: [] })));
      case "needed":
        return this.#runWithSession(args, start);
    }
  }

  async #runWithSession(words: readonly string[], start: (env: Child["env"]) => Child) {
    const run = longRun(words);
    const intent = remembering(this.intend());
    const session = run ? await this.#obtainFor(run, intent) : await this.obtain(intent);
    const outlives = run !== null && this.#left(session) < run.seconds * 1000;
    const isServed = this.server ?? (outlives && mayBeRenewed(intent));
    if (outlives) this.#tell(run, this.#left(session), isServed);
    if (isServed) {
      return this.serve(start, intent, session, (end, latest, { env }) =>
        this.#explain(end, { intent, session: latest, words, env }),
      );
    }
    const child = start(this.childEnvironment(intent, session));
    return this.run(child, (end) => this.#explain(end, { intent, session, words, ...child }));
  }

  /** For a long run a session counts only with as much left as the run may need, or as a new one would have. */
  async #obtainFor({ name, seconds }: LongRun, intent: Intent): Promise<StsSession> {
    const { clock, terminal } = this.context.app;
    const { store, resolution, plan } = intent;
    const kept = cachedSession(store.cache, resolution, plan, clock.now());
    const whole = plan.steps.at(-1)?.durationSeconds ?? 0;
    const session = await this.obtain(withLeft(intent, Math.min(seconds, whole - 600) * 1000));
    if (kept && kept.expiresAt < session.expiresAt) {
      terminal.note(
        `a new session for kops ${name}: the one that was kept had ${expiryInWords(kept.expiresAt, clock.now())}`,
      );
    }
    return session;
  }

  /** Within another kops-mfa it is that one's to say. */
  async #explain(end: ChildEnd, run: FailedRun): Promise<void> {
    const isOutermost = this.env["KOPS_MFA_DEPTH"] === undefined;
    if (hasFailed(end) && isOutermost) await explainChildFailure(this.context.app, run);
  }

  #left({ expiresAt }: StsSession): number {
    return expiresAt - this.context.app.clock.now();
  }

  #tell({ name, seconds }: LongRun, left: number, isServed: boolean): void {
    const outcome = isServed ? "; it is renewed meanwhile" : "";
    this.context.app.terminal.note(
      `kops ${name} may take ${timeInWords(seconds * 1000)}, and this session ends in ${timeInWords(left)}${outcome}`,
    );
  }

  /** The environment with a session that is there without asking anybody; null where there is none. */
  #kept(): Child["env"] | null {
    return orNull(() => {
      const intent = this.intend();
      const { store, resolution, plan } = intent;
      const session = cachedSession(store.cache, resolution, plan, this.context.app.clock.now());
      return session && this.childEnvironment(intent, session);
    });
  }
}
