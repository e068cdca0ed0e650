import { readFileSync, statSync } from "node:fs";

/** The text of a regular file, null for whatever else is there or goes wrong: a pipe would be waited for. */
export function readRegularFile(path: string): string | null {
  try {
    return statSync(path).isFile() ? readFileSync(path, "utf8") : null;
  } catch {
    return null;
  }
}
