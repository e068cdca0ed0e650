import type { RequestOptions } from "../config/request.ts";
import { resolve, type Resolution } from "../config/resolve.ts";
import type { Inputs } from "../config/inputs.ts";
import type { Environment } from "../environment/environment.ts";
import { originalEnvironment } from "../environment/carried.ts";
import { awsCliSession } from "../session/aws-cli/key.ts";
import { planSession, type Plan } from "../session/plan.ts";
import { readInputs } from "./read-inputs.ts";
import { openStore, type Store, type StoreContext } from "./open-store.ts";

/** A session that is meant, before anything is asked or called. */
export interface Intent extends Inputs {
  readonly resolution: Resolution;
  readonly plan: Plan;
  readonly store: Store;
}

/**
 * Resolves and plans; effects are read, none is caused. `env` decides: the environment before any session of ours, unless given.
 * Throws {@link KopsMfaError} for what cannot be meant.
 */
export function intend(
  app: StoreContext,
  options: RequestOptions,
  env: Environment = originalEnvironment(app.env),
): Intent {
  const inputs = readInputs(app, env, options);
  const resolution = resolve(inputs);
  const plan = planSession(resolution);
  const store = openStore(app, resolution.cache?.value, awsCliSession(resolution, plan));
  return { ...inputs, resolution, plan, store };
}

/** What decides whose session it is and may surprise: to be reported by every run that uses the session, cached or not. */
export function identityNotes({ files, resolution }: Intent): readonly string[] {
  const ofFiles = files.notes.filter(
    ({ profile }) => profile !== null && resolution.profiles.includes(profile),
  );
  return [...ofFiles.map(({ text }) => text), ...resolution.identityNotes];
}

/** All that there is to report when a session is made. */
export function allNotes(intent: Intent): readonly string[] {
  const { files, resolution, plan } = intent;
  const notes = [
    ...files.notes.map(({ text }) => text),
    ...identityNotes(intent),
    ...resolution.notes,
    ...plan.notes,
  ];
  return [...new Set(notes)];
}

/** The same with nothing to report. */
export function withoutNotes(intent: Intent): Intent {
  const { files, resolution, plan } = intent;
  return {
    ...intent,
    files: { ...files, notes: [] },
    resolution: { ...resolution, identityNotes: [], notes: [] },
    plan: { ...plan, notes: [] },
  };
}

/** The same, with more than so much left. */
export function withLeft(intent: Intent, leftMs: number): Intent {
  const { resolution } = intent;
  const seconds = Math.max(leftMs / 1000, resolution.minTtlSeconds?.value ?? 0);
  const minTtlSeconds = { value: seconds, origin: { kind: "default", why: "renewal" } } as const;
  return { ...intent, resolution: { ...resolution, minTtlSeconds } };
}
