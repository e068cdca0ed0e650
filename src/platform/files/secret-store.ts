import { existsSync, lstatSync, mkdirSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Lock, Vault } from "../../context/files.ts";
import { describeErrno, errnoOf } from "./errno.ts";
import { longestWriteMs, replaceFile } from "./replace-file.ts";
import { noLock, tryLockFile } from "./lock.ts";
import { readVault, refuseDirectory } from "./read-secret-store.ts";
import { removeFile } from "./remove-file.ts";

/** Leaves a directory as it is: for one of another program's. */
export const untidied = (): void => undefined;

/**
 * The vault in a directory, which is made when first needed. `shown` is the directory's name in messages; `tidy` is called for the
 * directory after each write.
 */
export function openVault(directory: string, shown: string, tidy = sweep): Vault {
  return {
    ...readVault(directory, shown),
    write(name, text) {
      try {
        makeDirectory(directory);
        const refusal = refuseDirectory(directory, shown);
        if (refusal !== null) return refusal;
        replaceFile(join(directory, name), text);
        tidy(directory);
        return null;
      } catch (error) {
        return `the session is not kept: ${shown}: ${describeErrno(error)}`;
      }
    },
    remove(name) {
      try {
        removeFile(join(directory, name));
        return null;
      } catch (error) {
        return `${shown}/${name}: ${describeErrno(error)}`;
      }
    },
    tryLock: (name) => lockIn(directory, name),
  };
}

function lockIn(directory: string, name: string): Lock | null {
  try {
    makeDirectory(directory);
    const isOurs = refuseDirectory(directory, directory) === null;
    return isOurs ? tryLockFile(join(directory, name)) : noLock;
  } catch (error) {
    if (errnoOf(error) === null) throw error;
    return noLock;
  }
}

/** Longer than any session lives (GetSessionToken: 36 h). */
const longestLifeMs = 37 * 3_600_000;

/** Removes what nobody will read again: sessions long over, and what a write that was killed left behind. */
function sweep(directory: string): void {
  for (const name of readdirSync(directory)) {
    const path = join(directory, name);
    const age = Date.now() - (lstatSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    const isOver = /\.(?:json|memo|code|receipt)$/.test(name) && age > longestLifeMs;
    const isLeft = /\.(?:tmp|dead)$/.test(name) && age > longestWriteMs;
    if (isOver || isLeft) removeFile(path);
  }
}

/**
 * Makes it, and the directory above it. Not what is above that, which would be the home of somebody who has none; and Node's own
 * `recursive` never returns where a parent takes no directories, as /proc.
 */
function makeDirectory(directory: string): void {
  try {
    mkdirSync(directory, 0o700);
  } catch (error) {
    if (errnoOf(error) === "EEXIST") return;
    const parent = dirname(directory);
    if (errnoOf(error) !== "ENOENT" || existsSync(parent)) throw error;
    mkdirSync(parent, 0o700);
    mkdirSync(directory, 0o700);
  }
}
