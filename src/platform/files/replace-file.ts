import {
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  renameSync,
  type Stats,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { errnoOf } from "./errno.ts";
import { removeFile } from "./remove-file.ts";
import { writeAll } from "./write-all.ts";

/** Longer than a write takes. */
export const longestWriteMs = 60_000;

/**
 * Writes beside and renames: a reader sees the old text or the new one, and after a crash the disk has one of them. The file is
 * for its owner only, or as the one before was.
 */
export function replaceFile(path: string, text: string, former?: Stats): void {
  const beside = `${path}.${process.pid}.${Date.now().toString(36)}.tmp`;
  removeLeftovers(path);
  const file = openSync(beside, "wx", 0o600);
  try {
    try {
      if (former) allowAs(file, former);
      writeAll(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(beside, path);
  } catch (error) {
    removeFile(beside);
    throw error;
  }
}

/** Takes away what a write of this file that was killed, or lost its power, left beside it. Where that cannot be, it does no harm. */
function removeLeftovers(path: string): void {
  const start = `${basename(path)}.`;
  try {
    for (const name of readdirSync(dirname(path))) {
      const isOurs =
        name.startsWith(start) && /^\d+\.[0-9a-z]+\.tmp$/.test(name.slice(start.length));
      if (isOurs) removeLeftover(join(dirname(path), name));
    }
  } catch (error) {
    if (errnoOf(error) === null) throw error;
  }
}

function removeLeftover(path: string): void {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat?.isFile() || stat.uid !== (process.getuid?.() ?? stat.uid)) return;
  if (Date.now() - stat.mtimeMs > longestWriteMs) removeFile(path);
}

function allowAs(file: number, { uid, gid, mode }: Stats): void {
  // Windows has none; and only root has to mind whose file it is.
  if (process.getuid?.() === 0) fchownSync(file, uid, gid);
  fchmodSync(file, mode & 0o777);
}
