import type { StsSession } from "../context/sts.ts";
import { enterText, leaveText } from "../operations/render-environment.ts";
import { identityNotes, intend, type Intent } from "../operations/resolve-session.ts";
import { forAnSdk, processText } from "../operations/credential-document.ts";
import type { PlainLine } from "../cli/parse.ts";
import { profileName } from "../cli/profile-name.ts";
import { sessionEnvironment } from "../operations/session-environment.ts";
import { isLive, statusOf } from "../operations/session-status.ts";
import { noteLine } from "../platform/terminal/terminal.ts";
import { mayBeTerminal } from "../platform/terminal/may-be-tty.ts";
import type { WarmContext } from "./replay-context.ts";
import { ExitCode } from "../errors.ts";
import { cachedSession, renewalAt } from "../session/obtain.ts";
import type { Lasting } from "./answer.ts";

/**
 * The answer where a session is at hand, or none is needed; null where there is more to do. Throws where there is something to say.
 * `now` is milliseconds since the epoch.
 */
export function sessionAnswer(line: PlainLine, app: WarmContext, now: number): Lasting | null {
  const { word, profile, unset, renew, json, shell, format, output, ...request } = line.options;
  // What writes a file, brings a code, or is bound to the session of this shell, is more than an answer.
  if (output !== undefined || renew === true || request.tokenCode !== undefined) return null;
  const meant = () => intend(app, { ...request, profile: profileName(word, profile) });
  if (line.command === "status") return statusAnswer(meant(), app, json === true, now);
  if (line.command === "credential-process") {
    return cachedText(forAnSdk(meant()), app, now, (session) => processText(session, now));
  }
  if (line.command !== "env" || mayBeTerminal(1)) return null;
  if (unset === true) return { answer: ok(leaveText({ shell, format }, app), ""), until: null };
  const render = enterText({ shell, format }, app);
  const intent = meant();
  return cachedText(intent, app, now, (session) => render(sessionEnvironment(intent, session)));
}

function statusAnswer(
  intent: Intent,
  { env }: WarmContext,
  isJson: boolean,
  now: number,
): Lasting | null {
  const status = statusOf(intent, env);
  // Without a session the exit code is another one, and nobody is in a hurry.
  if (status.expiresAt === null || !isLive(status, now)) return null;
  return { answer: { status, isJson }, until: isOwnCache(intent) ? status.expiresAt - 1000 : null };
}

function cachedText(
  intent: Intent,
  { env, platform }: WarmContext,
  now: number,
  render: (session: StsSession) => string,
): Lasting | null {
  const { store, resolution, plan } = intent;
  const session = cachedSession(store.cache, resolution, plan, now);
  if (session === null) return null;
  const until = isOwnCache(intent) ? renewalAt(session, resolution) : null;
  const errors = identityNotes(intent).map((note) => noteLine(note, env, platform));
  return { answer: ok(render(session), errors.join("")), until };
}

/** Only where the session is in a file of ours may a copy of it be in another. */
function isOwnCache({ resolution: { cache } }: Intent): boolean {
  return cache === null || cache.value === "files";
}

function ok(text: string, errors: string) {
  return { text, errors, exitCode: ExitCode.Ok };
}
