import { statSync } from "node:fs";
import type { Context } from "../context.ts";
import type { Environment } from "../environment/environment.ts";
import type { OpenedFile } from "../context/files.ts";
import { shortenHome } from "../paths.ts";
import { errnoOf } from "../platform/files/errno.ts";
import { homeDirectory } from "../platform/files/home.ts";
import { openFile } from "../platform/files/open-file.ts";
import { ancestor } from "../platform/processes/process-info.ts";
import { sha1 } from "../platform/sha1.ts";
import { readVault } from "../platform/files/read-secret-store.ts";

/** What a run can see that changes nothing, asks nobody, and says nothing. */
export type WarmContext = Pick<
  Context,
  "env" | "platform" | "home" | "clock" | "keyring" | "sha1" | "processes"
> & {
  readonly files: Pick<Context["files"], "read" | "open" | "vault" | "foreignVault">;
  readonly terminal: Pick<Context["terminal"], "note" | "print">;
};

/**
 * The effects of this process as far as the warm lane goes. Whatever would be more than reading a file throws, since the whole
 * program does that.
 */
export function warmContext(env: Environment): WarmContext {
  const home = homeDirectory(env);
  const vault = (directory: string) => ({
    ...readVault(directory, shortenHome(directory, home)),
    write: stepAside,
    remove: stepAside,
    tryLock: stepAside,
  });
  return {
    env,
    platform: process.platform,
    home,
    files: {
      read: (path) => openIfRegular(path)?.text ?? null,
      open: openIfRegular,
      vault,
      foreignVault: vault,
    },
    keyring: stepAside,
    sha1,
    terminal: { note: stepAside, print: stepAside },
    clock: { now: () => Date.now(), sleep: stepAside },
    processes: { parentPid: process.ppid, ancestor },
  };
}

/** A pipe (`<(…)`) can be read only once, which is for the whole program to do. */
function openIfRegular(path: string): OpenedFile | null {
  try {
    return statSync(path).isFile() ? openFile(path) : stepAside();
  } catch (error) {
    if (errnoOf(error) === "ENOENT") return null;
    throw error;
  }
}

function stepAside(): never {
  throw new Error("this is for the whole program");
}
