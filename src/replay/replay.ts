import type { Environment } from "../environment/environment.ts";
import { fileIdentity } from "../platform/files/file-identity.ts";
import { homeDirectory } from "../platform/files/home.ts";
import { mayBeTerminal } from "../platform/terminal/may-be-tty.ts";
import { parentIdentity } from "../platform/processes/parent-identity.ts";
import { readVault } from "../platform/files/read-secret-store.ts";
import { cacheDirectory } from "../session/cache-directory.ts";
import type { Answer } from "./answer.ts";
import { errorStyle } from "./error-style.ts";
import { inputsOf } from "./inputs.ts";
import { decodeMemo, memoName, type Memo } from "./recording.ts";

/** The answer to this command line as it was remembered; null where anything that it came from has changed, or nothing is remembered. */
export function recall(argv: readonly string[], env: Environment, now: number): Answer | null {
  const inputs = inputsOf(argv, env);
  if (inputs === null || (argv[0] === "env" && mayBeTerminal(1))) return null;
  const memo = readMemo(argv, env);
  const isSame = memo?.inputs === inputs && isGood(memo, now);
  return isSame && (memo.errorStyle === null || memo.errorStyle === errorStyle(env))
    ? memo.answer
    : null;
}

function readMemo(argv: readonly string[], env: Environment): Memo | null {
  const { platform } = process;
  const directory = cacheDirectory({ env, platform, home: homeDirectory(env) });
  if (directory === null) return null;
  const { text } = readVault(directory, directory).read(memoName(argv, env));
  return text === null ? null : decodeMemo(text);
}

function isGood({ from, until, files, parent }: Memo, now: number): boolean {
  if (now < from || now >= until) return false;
  if (parent !== null && parentIdentity() !== parent) return false;
  return files.every(([path, identity]) => fileIdentity(path) === identity);
}
