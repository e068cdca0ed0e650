import { statSync } from "node:fs";

/** What tells one state of a file from another without reading it; null where there is none. Throws where it cannot be looked at. */
export function fileIdentity(path: string): string | null {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return null;
  const { dev, ino, size, mtimeMs, ctimeMs } = stat;
  return `${dev} ${ino} ${size} ${mtimeMs} ${ctimeMs}`;
}
