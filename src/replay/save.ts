import { join } from "node:path";
import type { Environment } from "../environment/environment.ts";
import { fileIdentity } from "../platform/files/file-identity.ts";
import { homeDirectory } from "../platform/files/home.ts";
import { openVault } from "../platform/files/secret-store.ts";
import { cacheDirectory } from "../session/cache-directory.ts";
import type { Lasting } from "./answer.ts";
import { errorStyle } from "./error-style.ts";
import { inputsOf } from "./inputs.ts";
import { encodeMemo, memoName } from "./recording.ts";
import type { Witness } from "./recorder.ts";

/** A file may change twice before its time stamps do: FAT counts in 2 s. */
const settledMs = 2000;

/** Remembers an answer for the next run, where it can be told then whether it is still good; says nothing where that fails. */
export function remember(
  argv: readonly string[],
  env: Environment,
  { answer, until }: Lasting,
  witness: Witness,
  now: number,
): void {
  const inputs = inputsOf(argv, env);
  const { platform } = process;
  const directory = cacheDirectory({ env, platform, home: homeDirectory(env) });
  const from = witness.seen();
  if (inputs === null || directory === null || from === null || until === null) return;
  const program = join(import.meta.dirname, "main.cjs");
  const files = [...from.files, [program, fileIdentity(program)] as const];
  if (!files.every(([, identity]) => isSettled(identity, now))) return;
  const hasErrors = "errors" in answer && answer.errors !== "";
  const style = hasErrors ? errorStyle(env) : null;
  const memo = { inputs, parent: from.parent, errorStyle: style, files, from: now, until, answer };
  // Who only presses Tab gets no directory for it.
  if (fileIdentity(directory) === null) return;
  openVault(directory, directory).write(memoName(argv, env), encodeMemo(memo));
}

function isSettled(identity: string | null, now: number): boolean {
  const [modified = 0, changed = 0] = identity?.split(" ").slice(-2).map(Number) ?? [];
  return now - Math.max(modified, changed) > settledMs;
}
