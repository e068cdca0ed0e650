import { intend, type Intent } from "./operations/resolve-session.ts";
import { readPlainLine, type PlainCommand, type PlainLine } from "./cli/parse.ts";
import { profileName } from "./cli/profile-name.ts";
import type { Context } from "./context.ts";
import { realContext } from "./platform/real-context.ts";
import { fail } from "./report.ts";
import { runCompletions } from "./commands/completions-run.ts";
import { runCredentialProcess } from "./commands/credential-process-run.ts";
import { runEnv } from "./commands/env-run.ts";
import { runExec } from "./commands/exec-run.ts";
import { runExplain } from "./commands/explain-run.ts";
import { runInit } from "./commands/init-run.ts";
import { runKops } from "./commands/kops-run.ts";
import { runLogin } from "./commands/login-run.ts";
import { runLogout } from "./commands/logout-run.ts";
import { runStatus } from "./commands/status-run.ts";

export { answer } from "./replay/answer-from-disk.ts";

/** Runs a plain command line without clipanion, which takes half of Node's start to read one; any other by the whole program. */
export async function main(argv: readonly string[]): Promise<void> {
  const line = readPlainLine(argv);
  if (line === null || isIncomplete(line)) {
    const app = await import("./app.ts");
    await app.main(argv);
    return;
  }
  const context = realContext();
  process.exitCode = await run(line, context).catch((error: unknown) => fail(error, argv, context));
}

/** What is missing, clipanion says. */
function isIncomplete({ command, options: { word } }: PlainLine): boolean {
  return (command === "init" || command === "completions") && word === undefined;
}

type Run = (app: Context, line: PlainLine, mean: () => Intent) => Promise<number> | number;

/** What is typed once in a while is in files of its own. */
const runs: Readonly<Record<PlainCommand, Run>> = {
  env: (app, { options }, mean) =>
    runEnv(app, { ...options, profile: options.word ?? options.profile }, mean),
  status: (app, { options }, mean) => runStatus(app, mean(), options.json === true),
  "credential-process": (app, _, mean) => runCredentialProcess(app, mean()),
  login: (app, _, mean) => runLogin(app, mean()),
  logout: (app, { options }) => runLogout(app, options.word),
  explain: (app, { options }, mean) => runExplain(app, mean(), options.json === true),
  exec: (app, { options, child }, mean) => runExec(app, child, options, mean),
  kops: (app, { options, child }, mean) => runKops(app, child ?? [], options, mean),
  doctor: async (app, { options }) => {
    const { runDoctor } = await import("./commands/doctor-run.ts");
    return runDoctor(app, { ...options, profile: profileOf(options) }, options);
  },
  policy: async (app, { options }) => {
    const { runPolicy } = await import("./commands/policy-run.ts");
    return runPolicy(app, profileOf(options), options);
  },
  setup: async (app, { options }) => {
    const { runSetup } = await import("./commands/setup-run.ts");
    return runSetup(app, profileOf(options), options);
  },
  kubeconfig: async (app, { options }) => {
    const { runKubeconfig } = await import("./commands/kubeconfig-run.ts");
    return runKubeconfig(app, { ...options, name: options.word });
  },
  init: (app, { options }) => runInit(app, options.word ?? "", options),
  completions: (app, { options }) => runCompletions(app, options.word ?? ""),
};

async function run(line: PlainLine, app: Context): Promise<number> {
  const { options } = line;
  return runs[line.command](app, line, () =>
    intend(app, { ...options, profile: profileOf(options) }),
  );
}

function profileOf({ word, profile }: PlainLine["options"]): string | undefined {
  return profileName(word, profile);
}
