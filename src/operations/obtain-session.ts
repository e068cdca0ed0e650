import { refuseExposed } from "../config/encryption.ts";
import type { Clock, Context } from "../context.ts";
import type { StsSession } from "../context/sts.ts";
import type { Terminal } from "../context/terminal.ts";
import { cachedSession, lockName, obtainSession } from "../session/obtain.ts";
import { oneAtATime } from "../session/one-at-a-time.ts";
import { chooseCodes, type TokenCodes } from "../session/mfa/token-code.ts";
import { allNotes, identityNotes, type Intent } from "./resolve-session.ts";
import { profileArgument } from "../cli/profile-name.ts";

/** What may stand in for the program's own. */
interface Using {
  readonly terminal?: Terminal;
  readonly clock?: Clock;
  readonly codes?: TokenCodes;
  /** Ends the calls to STS. */
  readonly signal?: AbortSignal;
}

/** The session that is meant, from the cache or from STS; one process of this person at a time asks for it. */
export async function obtain(app: Context, intent: Intent, using: Using = {}): Promise<StsSession> {
  const { request, resolution, plan, store } = intent;
  const { mayPrompt } = request;
  const { terminal: wanted = app.terminal, clock = app.clock } = using;
  const terminal = mayPrompt ? wanted : unasking(wanted);
  const { cache, guard, vault } = store;
  const find = () => cachedSession(cache, resolution, plan, clock.now());
  const found = find();
  for (const note of found ? identityNotes(intent) : allNotes(intent)) terminal.note(note);
  if (found) return found;
  // Before anything is asked of the user, or of a program of theirs.
  if (plan.steps.length > 0) refuseExposed(resolution.sts, "sts");
  const chosen = () =>
    chooseCodes(request.tokenCode, resolution.mfaProcess, { terminal, mayPrompt });
  const codes = using.codes ?? chosen();
  const sts = app.sts(resolution.sts, { terminal, signal: using.signal });
  const from = { sts, cache, codes, guard, clock, terminal, credentials: app.credentials };
  const work = () => obtainSession(from, resolution, plan);
  return vault ? oneAtATime({ vault, clock, terminal }, lockName(resolution), find, work) : work();
}

/** What makes the session by itself, as a person types it: `kops-mfa login prod`. */
export function loginLine({ resolution: { profile } }: Intent): string {
  return `kops-mfa login${profileArgument(profile?.value ?? null)}`;
}

/** A terminal at which nobody is. */
export function unasking(terminal: Terminal): Terminal {
  const nobody = () => Promise.resolve(null);
  return { ...terminal, askHidden: nobody, askLine: nobody };
}
