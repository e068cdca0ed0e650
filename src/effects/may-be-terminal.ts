import { fstatSync, lstatSync } from "node:fs";

/** Whether a person looks at standard output, as far as that can be seen without loading what knows terminals. */
export function mayBeTerminal(): boolean {
  const output = fstatSync(1);
  return output.isCharacterDevice() && output.rdev !== lstatSync("/dev/null").rdev;
}
