import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";
import type { OpenedFile } from "../../context/files.ts";
import { ownershipOf } from "./stat-file.ts";

/** `Files.open`, for a file that is there. Throws the system's error. */
export function openFile(path: string): OpenedFile {
  const file = openSync(path, "r");
  try {
    const ownership = ownershipOf(fstatSync(file));
    return { text: readFileSync(file, "utf8"), ownership };
  } finally {
    closeSync(file);
  }
}
