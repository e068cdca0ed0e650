import type { Intent } from "../operations/resolve-session.ts";
import { isLive, statusOf } from "../operations/session-status.ts";
import { renderStatus } from "../operations/render-status.ts";
import type { Context } from "../context.ts";
import { ExitCode } from "../errors.ts";

/** `status`: who, which role, how long; `Ok` only while there is a session. Asks nobody and calls nothing. */
export function runStatus(app: Context, intent: Intent, isJson: boolean): ExitCode {
  const { stdout, env, clock } = app;
  const [status, now] = [statusOf(intent, env), clock.now()];
  stdout.write(renderStatus(status, isJson, now, (line) => stdout.paint(null, line)));
  return isLive(status, now) ? ExitCode.Ok : ExitCode.Failure;
}
