import type { Intent } from "../operations/resolve-session.ts";
import { obtain } from "../operations/obtain-session.ts";
import type { Context } from "../context.ts";
import { ExitCode } from "../errors.ts";
import { expiryInWords } from "../expiry.ts";

/** `login`: makes the session that is meant now, so that later commands ask nothing. */
export async function runLogin(app: Context, intent: Intent): Promise<ExitCode> {
  const session = await obtain(app, intent);
  const who = session.arn ?? intent.resolution.profile?.value ?? "your user";
  app.terminal.note(`session of ${who}: ${expiryInWords(session.expiresAt, app.clock.now())}`);
  return ExitCode.Ok;
}
