import { writeSync } from "node:fs";
import { errnoOf } from "./errno.ts";

/** Writes every byte, also where the kernel takes them in parts. */
export function writeAll(file: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length;) {
    try {
      written += writeSync(file, bytes, written);
    } catch (error) {
      if (errnoOf(error) !== "EAGAIN") throw error;
      // A full pipe whose reader left it non-blocking: give the reader a moment.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}
