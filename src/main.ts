#!/usr/bin/env node
// The entry: small, so that what a run does not need is not even read. The rest of the program is beside it.
import type { Environment } from "./environment/environment.ts";
import { muteDiagnostics } from "./platform/diagnostics.ts";
import { ExitCode } from "./errors.ts";
import { writeWords } from "./platform/terminal/stderr.ts";
import { writeAll } from "./platform/files/write-all.ts";
import { spell, type Spelt } from "./replay/answer.ts";
import { version } from "./version.ts";
import { recall } from "./replay/replay.ts";

const standardOutput = 1;
const warmWords = /^(?:env|status|credential-process|__profiles|__complete-kops)$/;

/** What standard output did not take; the text was made without the part of the program that can say so. */
let unwritten: unknown = null;

void start(typedArguments(process.argv.slice(2)));

/**
 * Behind `alias sudo='sudo '`, zsh expands the integration's own alias, too (shell/kops-mfa.zsh): its word, the state of some variables, is
 * for the function of the shell and comes first.
 */
function typedArguments(argv: readonly string[]): readonly string[] {
  return /^AWS_ACCESS_KEY_ID(?:=.*)?\n/.test(argv[0] ?? "") ? argv.slice(1) : argv;
}

async function start(argv: readonly string[]): Promise<void> {
  const [word = ""] = argv;
  const isWarm = warmWords.test(word) && !wantsMore(argv, process.env);
  // Otherwise the whole program does so, which knows no such word.
  if (word.startsWith("__") && process.env["NODE_DEBUG"]) muteDiagnostics();
  const isAnswered =
    word === "--version" ? tellVersion() : isWarm && (replay(argv) || (await warm(argv)));
  // Whoever asked at a Tab is gone.
  if (isAnswered && (unwritten === null || word.startsWith("__"))) return;
  muteDiagnostics();
  if (isAnswered) (await import("./app.ts")).endUnwritten(argv, unwritten);
  else await run(argv);
}

async function run(argv: readonly string[]): Promise<void> {
  const { main } = process.env["NODE_DEBUG"]
    ? await import("./app.ts")
    : await import("./direct.ts");
  await main(argv);
}

function tellVersion(): boolean {
  deliver({ text: `${version}\n`, errors: "", exitCode: ExitCode.Ok });
  return true;
}

/** A token code always requests a new session; with NODE_DEBUG there is something to say. Not at a Tab, which is answered only here. */
function wantsMore(argv: readonly string[], env: Environment): boolean {
  if (argv[0]?.startsWith("__")) return false;
  if (env["NODE_DEBUG"] || env["KOPS_MFA_TOKEN_CODE"]) return true;
  return argv.some((word) => word.startsWith("--token-code"));
}

function replay(argv: readonly string[]): boolean {
  const now = Date.now();
  const answer = recallSafely(argv, now);
  if (answer !== null) deliver(spell(answer, now));
  return answer !== null;
}

/** A memo can be damaged, or lie where it cannot be read: then it is as if there were none. */
function recallSafely(argv: readonly string[], now: number) {
  try {
    return recall(argv, process.env, now);
  } catch {
    return null;
  }
}

async function warm(argv: readonly string[]): Promise<boolean> {
  const { answer } = await import("./direct.ts");
  return answer(argv, process.env, deliver);
}

function deliver({ text, errors, exitCode }: Spelt): void {
  if (errors !== "") writeWords(errors);
  try {
    writeAll(standardOutput, text);
    process.exitCode = exitCode;
  } catch (error) {
    unwritten = error;
  }
}
