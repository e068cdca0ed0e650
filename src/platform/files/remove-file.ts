import { unlinkSync } from "node:fs";
import { errnoOf } from "./errno.ts";

/** Removes a file, if there is one. Not by `rmSync`, which loads what removes trees. Throws the system's errors. */
export function removeFile(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (errnoOf(error) !== "ENOENT") throw error;
  }
}
