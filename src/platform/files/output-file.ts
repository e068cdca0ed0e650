import { lstatSync, readlinkSync, realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, join } from "node:path";
import { KopsMfaError } from "../../errors.ts";
import { expandedPath } from "../../paths.ts";
import { describeErrno } from "./errno.ts";
import { isForeign } from "./stat-file.ts";
import { replaceFile } from "./replace-file.ts";

/** `Files.writePrivate`. */
export function writeOutput(path: string, text: string, home: string | null): void {
  if (path === "") throw emptyName();
  try {
    replaceFile(targetOf(expandedPath(path, home), path), text);
  } catch (cause) {
    if (cause instanceof KopsMfaError) throw cause;
    throw new KopsMfaError(`${path}: cannot be written (${describeErrno(cause)})`, {
      hint: "Nothing was written. Name a file in a directory where you may write.",
      cause,
    });
  }
}

/** More links than the kernel would follow. */
const mostLinks = 40;

/**
 * The regular file, or the free name, that a path leads to. Anything else (a device, a pipe, a directory, a descriptor of this process)
 * would be replaced by a file with the session. A link of another user's would choose which file that is.
 */
function targetOf(path: string, shown: string): string {
  let file = path;
  for (let links = 0; links <= mostLinks; links++) {
    if (file.endsWith("/")) throw notAFile(shown);
    // Not the other one, which takes `..` out of the text first.
    const directory = realpathSync.native(dirname(file));
    if (/^\/(?:proc|dev\/fd)(?:\/|$)/.test(directory)) throw notAFile(shown);
    file = join(directory, basename(file));
    const stat = lstatSync(file, { throwIfNoEntry: false });
    if (!stat || stat.isFile()) return file;
    if (!stat.isSymbolicLink()) throw notAFile(shown);
    if (isForeign(stat)) throw foreignLink(shown);
    const target = readlinkSync(file);
    // Not resolved by its text: what `..` means is up to the directories that are links.
    file = isAbsolute(target) ? target : `${directory}/${target}`;
  }
  throw Object.assign(new Error("too many links"), { code: "ELOOP" });
}

function emptyName(): KopsMfaError {
  return new KopsMfaError("--output: the name of the file is empty", {
    hint: "Name a file, or use --output - for standard output.",
  });
}

function notAFile(shown: string): KopsMfaError {
  return new KopsMfaError(`${shown}: is not a regular file`, {
    hint: "Nothing was written. Name a file, or use --output - for standard output.",
  });
}

function foreignLink(shown: string): KopsMfaError {
  return new KopsMfaError(`${shown}: leads through a link that belongs to another user`, {
    hint: "Nothing was written. Name the file itself, or remove the link.",
  });
}
