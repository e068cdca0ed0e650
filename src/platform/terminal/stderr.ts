import { errnoOf } from "../files/errno.ts";
import { writeAll } from "../files/write-all.ts";

const standardError = 2;

/** Writes for the person. Standard error may be closed or full; there is nowhere left to say so. */
export function writeWords(text: string): void {
  try {
    writeAll(standardError, text);
  } catch (error) {
    if (errnoOf(error) === null) throw error;
  }
}
