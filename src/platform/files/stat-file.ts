import { accessSync, constants, type Stats, statSync } from "node:fs";
import type { FileFacts, FileOwnership } from "../../context/files.ts";
import { errnoOf } from "./errno.ts";

/** What is known about a file or directory without opening it; null when there is none, or it cannot be seen. */
export function fileFacts(path: string): FileFacts | null {
  try {
    const stat = statSync(path);
    const kind = stat.isFile() ? "file" : stat.isDirectory() ? "directory" : "other";
    return { kind, isWritable: isWritable(path), ...ownershipOf(stat) };
  } catch (error) {
    if (errnoOf(error) === null) throw error;
    return null;
  }
}

export function ownershipOf(stat: Stats): FileOwnership {
  const mode = process.getuid === undefined ? null : stat.mode & 0o777;
  return { mode, isForeign: isForeign(stat) };
}

/** What root owns is as good as the system itself. */
export function isForeign({ uid }: Stats): boolean {
  return process.getuid !== undefined && uid !== 0 && uid !== process.getuid();
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
