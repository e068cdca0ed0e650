import type { Intent } from "../operations/resolve-session.ts";
import { obtain } from "../operations/obtain-session.ts";
import { remembering } from "../operations/renew-session.ts";
import type { ChildCommand, ChildEnd } from "../context/processes.ts";
import type { Context } from "../context.ts";
import type { StsSession } from "../context/sts.ts";
import { UsageError } from "../errors.ts";
import { explainExpiry } from "../kops/explain-end.ts";
import {
  becomeChild,
  childEnvironment,
  findChild,
  hasFailed,
  serveChild,
  type ChildOptions,
} from "../operations/run-child.ts";

/** `exec`: runs any program with the session that is meant; the person's shell where `words` is null. The exit code is the program's. */
export async function runExec(
  app: Context,
  words: readonly string[] | null,
  { server }: ChildOptions,
  mean: () => Intent,
): Promise<number> {
  const { name, args } = programOf(app, words);
  const { path } = findChild(app, name);
  const start = (env: ChildCommand["env"]) => ({ path, name, args, env });
  const meant = mean();
  const intent = server === true ? remembering(meant) : meant;
  const session = await obtain(app, intent);
  if (server === true) return serveChild(app, start, { intent, session });
  const child = start(childEnvironment(app, intent, session));
  return becomeChild(app, child, (end) => {
    explain(app, end, session, name);
    return Promise.resolve();
  });
}

/** Of a command that is not kops nothing is known but that it had a session. */
function explain(app: Context, end: ChildEnd, session: StsSession, name: string): void {
  const why = hasFailed(end) ? explainExpiry(session, app.clock.now(), name) : null;
  if (why) app.terminal.error(why.message, why.hint);
}

function programOf(app: Context, words: readonly string[] | null) {
  if (words === null) return { name: personsShell(app), args: [] };
  const [name, ...args] = words;
  if (name) return { name, args };
  throw new UsageError("exec: there is no command after --", {
    hint: "kops-mfa exec -- terraform plan",
  });
}

function personsShell({ env, platform }: Context): string {
  if (platform === "win32") return env["ComSpec"] || "cmd.exe";
  return env["SHELL"] || "/bin/sh";
}
