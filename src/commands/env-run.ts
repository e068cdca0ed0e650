import { chooseDialect, readFormat } from "../operations/env-output.ts";
import { enterText, leaveText, type EnvOptions } from "../operations/render-environment.ts";
import type { Intent } from "../operations/resolve-session.ts";
import { obtain } from "../operations/obtain-session.ts";
import { outputFile } from "../cli/output-option.ts";
import { sessionEnvironment } from "../operations/session-environment.ts";
import type { Context } from "../context.ts";
import { refuseOtherSession } from "../operations/refuse-other-session.ts";
import { ExitCode, UsageError } from "../errors.ts";

export interface EnvRun extends EnvOptions {
  /** As it was typed. */
  readonly profile?: string | undefined;
  readonly unset?: boolean | undefined;
  /** Whether only the session of this shell may be renewed. */
  readonly renew?: boolean | undefined;
}

/** `env`: prints what a shell evaluates to carry the session that is meant, or to leave the one it carries. */
export async function runEnv(app: Context, run: EnvRun, mean: () => Intent): Promise<ExitCode> {
  if (run.unset === true && run.renew === true) {
    throw new UsageError("--unset and --renew contradict each other", { hint: "Use one of them." });
  }
  deliver(app, run, run.unset === true ? leaveText(run, app) : await enter(app, run, mean));
  return ExitCode.Ok;
}

async function enter(app: Context, run: EnvRun, mean: () => Intent): Promise<string> {
  const render = enterText(run, app);
  const intent = mean();
  if (run.renew === true) refuseOtherSession(intent.resolution, app.env);
  return render(sessionEnvironment(intent, await obtain(app, intent)));
}

function deliver(app: Context, run: EnvRun, text: string): void {
  const { files, stdout, terminal } = app;
  const file = outputFile(run.output);
  if (file !== null) {
    files.writePrivate(file, text);
    return;
  }
  stdout.write(text);
  if (stdout.isTerminal && readFormat(run.format) === "export") {
    const line = chooseDialect(run.shell, app).evaluate(wordsOf(run).join(" "));
    terminal.note(`nothing was changed yet; to use it: ${line}`);
  }
}

function wordsOf({ profile, shell, unset }: EnvRun): readonly string[] {
  if (unset === true) return ["kops-mfa env --unset"];
  const named = profile === undefined ? [] : [profile];
  return ["kops-mfa env", ...named, ...(shell === undefined ? [] : ["--shell", shell])];
}
