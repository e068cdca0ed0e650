import { intend } from "./commands/intend.ts";
import { readPlainLine, type PlainLine } from "./commands/plain-line.ts";
import { profileName } from "./commands/profile-name.ts";
import type { Context } from "./context.ts";
import { realContext } from "./effects/context.ts";
import type { ExitCode } from "./errors.ts";
import { fail } from "./report.ts";
import { runCompletions } from "./runs/completions.ts";
import { runCredentialProcess } from "./runs/credential-process.ts";
import { runEnv } from "./runs/env.ts";
import { runExplain } from "./runs/explain.ts";
import { runInit } from "./runs/init.ts";
import { runLogin } from "./runs/login.ts";
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

async function run({ command, options }: PlainLine, app: Context): Promise<ExitCode> {
  const { word = "", json = false } = options;
  switch (command) {
    case "init":
      return runInit(app, word, options);
    case "completions":
      return runCompletions(app, word);
    case "env":
      return runEnv(app, { ...options, profile: options.word ?? options.profile }, mean);
    case "login":
      return runLogin(app, mean());
    case "status":
      return runStatus(app, mean(), json);
    case "explain":
      return runExplain(app, mean(), json);
    case "credential-process":
      return runCredentialProcess(app, mean());
  }

  function mean() {
    return intend(app, { ...options, profile: profileName(options.word, options.profile) });
  }
}
