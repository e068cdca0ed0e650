import { accessSync, constants, type Stats, statSync } from "node:fs";
import type { FileFacts } from "../context.ts";
import { errnoOf } from "./errno.ts";

/** What is known about a file or directory without opening it; null when there is none, or it cannot be seen. */
export function fileFacts(path: string): FileFacts | null {
  try {
    const stat = statSync(path);
    const kind = stat.isFile() ? "file" : stat.isDirectory() ? "directory" : "other";
    const mode = process.getuid === undefined ? null : stat.mode & 0o777;
    return { kind, mode, isWritable: isWritable(path), isForeign: isForeign(stat) };
  } catch (error) {
    if (errnoOf(error) === null) throw error;
    return null;
  }
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
