import type { Environment } from "../environment/environment.ts";
import { readRegularFile } from "../platform/files/regular-file.ts";
import { warmContext, type WarmContext } from "./replay-context.ts";
import { readPlainLine } from "../cli/parse.ts";
import { ExitCode } from "../errors.ts";
import { spell, type Deliver, type Lasting } from "./answer.ts";
import { kopsOffer, profileLines } from "./completion-candidates.ts";
import { remember } from "./save.ts";
import { sessionAnswer } from "./session-answer.ts";
import { witness, type Witness } from "./recorder.ts";

/** Names do not age; the files that they are in do. */
const namesLastMs = 36 * 3_600_000;

/**
 * The warm lane: answers a command line when all that it takes is on the disk, by the same modules as the whole program's, entered
 * without the rest of it. False where the whole program has to answer; nothing was done or said then.
 */
export async function answer(
  argv: readonly string[],
  env: Environment,
  deliver: Deliver,
): Promise<boolean> {
  if (argv[0] === "__complete-kops") {
    deliver({ text: await kopsOffer(argv.slice(1)), errors: "", exitCode: ExitCode.Ok });
    return true;
  }
  const now = Date.now();
  const app = warmContext(env);
  const from = witness(argv[0] === "__profiles" ? lenient(app) : app);
  const found = findAnswer(argv, from, now);
  if (found === null) return false;
  deliver(spell(found.answer, now));
  remember(argv, env, found, from, now);
  return true;
}

function findAnswer(argv: readonly string[], { app }: Witness, now: number): Lasting | null {
  try {
    if (argv[0] === "__profiles") return profilesAnswer(app, now);
    const line = readPlainLine(argv);
    return line && sessionAnswer(line, app, now);
  } catch {
    // Whatever it is, the whole program meets it too, and has the words for it.
    return null;
  }
}

/** One name a line, of whatever files can be read. */
function profilesAnswer(app: WarmContext, now: number): Lasting {
  const answer = { text: profileLines(app), errors: "", exitCode: ExitCode.Ok };
  return { answer, until: now + namesLastMs };
}

/** At a Tab nobody wants to hear of a file that cannot be read. */
function lenient(app: WarmContext): WarmContext {
  return { ...app, files: { ...app.files, read: readRegularFile } };
}
