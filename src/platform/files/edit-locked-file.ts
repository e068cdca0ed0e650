import { readFileSync, realpathSync, statSync } from "node:fs";
import { KopsMfaError } from "../../errors.ts";
import { describeErrno } from "./errno.ts";
import { replaceFile } from "./replace-file.ts";
import { removeIfKilled, writeLock } from "./lock.ts";
import { sleep } from "../processes/sleep.ts";
import { removeFile } from "./remove-file.ts";

/** kubectl and kops hold theirs for milliseconds. */
const longestWaitMs = 2000;

/** `Files.replaceLocked`; `shown` is the file's name in messages. */
export async function replaceLocked(
  path: string,
  before: string,
  after: string,
  shown: string,
): Promise<void> {
  const release = await lock(path, shown);
  try {
    // Where the path is a link, that stays one.
    const file = realpathSync(path);
    if (!readFileSync(file).equals(Buffer.from(before))) throw changedMeanwhile(shown);
    replaceFile(file, after, statSync(file));
  } catch (cause) {
    if (cause instanceof KopsMfaError) throw cause;
    throw notWritten(shown, cause);
  } finally {
    release();
  }
}

/**
 * Takes `PATH.lock` as Kubernetes' clients do, which never wait for it (client-go, tools/clientcmd/config.go, lockFile): a moment's
 * patience is ours. Theirs do not say whose they are, so an old one is left to the person; ours do, for a run of ours that was killed.
 */
async function lock(path: string, shown: string): Promise<() => void> {
  const name = `${path}.lock`;
  const end = Date.now() + longestWaitMs;
  while (!create(name, shown)) {
    if (removeIfKilled(name)) continue;
    if (Date.now() > end) throw locked(shown);
    await sleep(50);
  }
  return () => removeFile(name);
}

function create(name: string, shown: string): boolean {
  try {
    return writeLock(name) !== null;
  } catch (cause) {
    throw notWritten(shown, cause);
  }
}

function locked(shown: string): KopsMfaError {
  return new KopsMfaError(`${shown}: somebody else is changing it (${shown}.lock exists)`, {
    hint: "If neither kubectl nor kops is running, one of them was killed: remove the lock file.",
  });
}

function changedMeanwhile(shown: string): KopsMfaError {
  return new KopsMfaError(`${shown}: has changed since it was read; nothing was written`, {
    hint: "Run this again.",
  });
}

function notWritten(shown: string, cause: unknown): KopsMfaError {
  return new KopsMfaError(`${shown}: cannot be written (${describeErrno(cause)})`, {
    hint: "Nothing was changed. Both the file and its directory have to be yours to write.",
    cause,
  });
}
