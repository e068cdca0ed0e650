import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  type Stats,
} from "node:fs";
import { dirname, join } from "node:path";
import type { Lock, Vault, VaultProblem } from "../context.ts";
import { describeErrno, errnoOf } from "./errno.ts";
import { replaceFile } from "./files.ts";
import { noLock, tryLockFile } from "./lock.ts";

/** Windows has no such flag. */
const noFollow = (constants as Partial<typeof constants>).O_NOFOLLOW ?? 0;

/** Larger than any session can be. */
const largestFile = 65_536;

/** Leaves a directory as it is: for one of another program's. */
export const untidied = (): void => undefined;

/**
 * The vault in a directory, which is made when first needed. `shown` is the directory's name in messages; `tidy` is called for the
 * directory after each write.
 */
export function openVault(directory: string, shown: string, tidy = sweep): Vault {
  const problem = (name: string, error: unknown): VaultProblem =>
    `${shown}/${name}: ${describeErrno(error)}`;
  return {
    read(name) {
      try {
        const refusal = refuseDirectory(directory, shown);
        if (refusal !== null) return { text: null, problem: refusal };
        return { ...readOwn(join(directory, name), `${shown}/${name}`) };
      } catch (error) {
        const absent = errnoOf(error) === "ENOENT";
        return { text: null, problem: absent ? null : problem(name, error) };
      }
    },
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
        rmSync(join(directory, name), { force: true });
        return null;
      } catch (error) {
        return problem(name, error);
      }
    },
    tryLock: (name) => lockIn(directory, name),
    names() {
      try {
        return refuseDirectory(directory, shown) === null ? readdirSync(directory) : [];
      } catch {
        return [];
      }
    },
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
/** Longer than a write takes. */
const longestWriteMs = 60_000;

/** Removes what nobody will read again: sessions long over, and what a write that was killed left behind. */
function sweep(directory: string): void {
  for (const name of readdirSync(directory)) {
    const path = join(directory, name);
    const age = Date.now() - (lstatSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    const isOver = /\.(?:json|code|receipt)$/.test(name) && age > longestLifeMs;
    const isLeft = /\.(?:tmp|dead)$/.test(name) && age > longestWriteMs;
    if (isOver || isLeft) rmSync(path, { force: true });
  }
}

/** Node's own `recursive` never returns where a parent takes no directories, as /proc. */
function makeDirectory(directory: string): void {
  try {
    mkdirSync(directory, 0o700);
  } catch (error) {
    if (errnoOf(error) === "EEXIST") return;
    const parent = dirname(directory);
    if (errnoOf(error) !== "ENOENT" || parent === directory || existsSync(parent)) throw error;
    makeDirectory(parent);
    mkdirSync(directory, 0o700);
  }
}

/** Why a directory is not this person's own; null when it is. Throws when it does not exist. */
function refuseDirectory(directory: string, shown: string): VaultProblem | null {
  const stat = lstatSync(directory);
  if (!stat.isDirectory()) return `${shown} is not a directory of its own, and is not used`;
  return refuseForeign(stat, shown, 0o022, "can be written by others");
}

/** A file is opened before it is looked at, so that what is checked is what is read. */
function readOwn(path: string, shown: string): ReturnType<Vault["read"]> {
  const file = openSync(path, constants.O_RDONLY | noFollow);
  try {
    const stat = fstatSync(file);
    const refusal = stat.isFile()
      ? refuseForeign(stat, shown, 0o077, "can be read by others")
      : `${shown} is not a file, and is ignored`;
    if (refusal !== null) return { text: null, problem: refusal };
    if (stat.size > largestFile)
      return { text: null, problem: `${shown} is too large, and is ignored` };
    return { text: readFileSync(file, "utf8"), problem: null };
  } finally {
    closeSync(file);
  }
}

function refuseForeign(stat: Stats, shown: string, mask: number, why: string): VaultProblem | null {
  if (process.getuid === undefined) return null;
  if (stat.uid !== process.getuid()) return `${shown} belongs to somebody else, and is not used`;
  return (stat.mode & mask) === 0 ? null : `${shown} ${why}, and is not used (chmod go= it)`;
}
