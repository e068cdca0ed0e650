import { fstatSync, lstatSync } from "node:fs";

/** Whether an open file may be a terminal, as far as that can be seen without loading what knows terminals. */
export function mayBeTerminal(descriptor: number): boolean {
  const file = fstatSync(descriptor);
  if (!file.isCharacterDevice()) return false;
  return file.rdev !== lstatSync("/dev/null", { throwIfNoEntry: false })?.rdev;
}
