import { intend, type Intent } from "./commands/intend.ts";
import { readPlainLine, type PlainCommand, type PlainLine } from "./commands/plain-line.ts";
import { profileName } from "./commands/profile-name.ts";
import type { Context } from "./context.ts";
import { realContext } from "./effects/context.ts";
import { fail } from "./report.ts";
import { runCompletions } from "./runs/completions.ts";
import { runCredentialProcess } from "./runs/credential-process.ts";
import { runEnv } from "./runs/env.ts";
import { runExec } from "./runs/exec.ts";
import { runExplain } from "./runs/explain.ts";
import { runInit } from "./runs/init.ts";
import { runKops } from "./runs/kops.ts";
import { runLogin } from "./runs/login.ts";
import { runLogout } from "./runs/logout.ts";
import { runStatus } from "./runs/status.ts";

export { answer } from "./warm.ts";

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
    const { runDoctor } = await import("./runs/doctor.ts");
    return runDoctor(app, { ...options, profile: profileOf(options) }, options);
  },
  policy: async (app, { options }) => {
    const { runPolicy } = await import("./runs/policy.ts");
    return runPolicy(app, profileOf(options), options);
  },
  setup: async (app, { options }) => {
    const { runSetup } = await import("./runs/setup.ts");
    return runSetup(app, profileOf(options), options);
  },
  kubeconfig: async (app, { options }) => {
    const { runKubeconfig } = await import("./runs/kubeconfig.ts");
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
