import { isAbsolute, join } from "node:path";
import { fileIdentity } from "../platform/files/file-identity.ts";
import { parentIdentity } from "../platform/processes/parent-identity.ts";
import type { WarmContext } from "./replay-context.ts";
import type { Memo } from "./recording.ts";

/** A context that remembers what was read through it. */
export interface Witness {
  readonly app: WarmContext;
  /** What an answer came from besides its inputs; null where it cannot be told whether that has changed. */
  seen(): Pick<Memo, "files" | "parent"> | null;
}

export function witness(app: WarmContext): Witness {
  const files = new Map<string, string | null>();
  const ancestors: number[] = [];
  let isWhole = true;
  // Looked at before it is read: what changes in between is seen later.
  const look = (path: string) => {
    if (!isAbsolute(path)) isWhole = false;
    else if (!files.has(path)) files.set(path, fileIdentity(path));
  };
  return {
    app: {
      ...app,
      files: {
        read(path) {
          look(path);
          return app.files.read(path);
        },
        open(path) {
          look(path);
          return app.files.open(path);
        },
        vault(directory) {
          const vault = app.files.vault(directory);
          const read = (name: string) => {
            look(join(directory, name));
            return vault.read(name);
          };
          return { ...vault, read };
        },
        foreignVault(directory) {
          isWhole = false;
          return app.files.foreignVault(directory);
        },
      },
      processes: {
        ...app.processes,
        ancestor(pid) {
          ancestors.push(pid);
          return app.processes.ancestor(pid);
        },
      },
    },
    seen() {
      // A shell further up may be another one next time, though the parent is the same.
      if (!isWhole || ancestors.length > 1) return null;
      return { files: [...files], parent: ancestors.length === 0 ? null : parentIdentity() };
    },
  };
}
