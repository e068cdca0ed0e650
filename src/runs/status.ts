import type { Intent } from "../commands/intend.ts";
import { isLive, statusOf } from "../commands/status-of.ts";
import { renderStatus } from "../commands/status-text.ts";
import type { Context } from "../context.ts";
import { ExitCode } from "../errors.ts";

/** `status`: who, which role, how long; `Ok` only while there is a session. Asks nobody and calls nothing. */
export function runStatus(app: Context, intent: Intent, isJson: boolean): ExitCode {
  const { stdout, env, clock } = app;
  const [status, now] = [statusOf(intent, env), clock.now()];
  stdout.write(renderStatus(status, isJson, now, (line) => stdout.paint(null, line)));
  return isLive(status, now) ? ExitCode.Ok : ExitCode.Failure;
}
