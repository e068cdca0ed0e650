import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  type Stats,
} from "node:fs";
import { join } from "node:path";
import type { Vault, VaultProblem } from "../../context/files.ts";
import { describeErrno, errnoOf } from "./errno.ts";

/** Windows has no such flag. */
const noFollow = (constants as Partial<typeof constants>).O_NOFOLLOW ?? 0;

/** Larger than any session can be. */
const largestFile = 65_536;

/** What can be read of the vault in a directory; `shown` is the directory's name in messages. */
export function readVault(directory: string, shown: string): Pick<Vault, "read" | "names"> {
  return {
    read(name) {
      try {
        const refusal = refuseDirectory(directory, shown);
        if (refusal !== null) return { text: null, problem: refusal };
        return readOwn(join(directory, name), `${shown}/${name}`);
      } catch (error) {
        const problem = `${shown}/${name}: ${describeErrno(error)}`;
        return { text: null, problem: errnoOf(error) === "ENOENT" ? null : problem };
      }
    },
    names() {
      try {
        return refuseDirectory(directory, shown) === null ? readdirSync(directory) : [];
      } catch {
        return [];
      }
    },
  };
}

/** Why a directory is not this person's own; null when it is. Throws when it does not exist. */
export function refuseDirectory(directory: string, shown: string): VaultProblem | null {
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
