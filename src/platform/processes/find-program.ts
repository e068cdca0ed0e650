import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import type { Environment } from "../../environment/environment.ts";
import type { FoundProgram } from "../../context/processes.ts";

/** POSIX's own, for an environment without PATH: execvp(3). */
const defaultPath = "/usr/bin:/bin";

/** Looks for a program as the system does when it is started by this name. */
export function findProgram(name: string, env: Environment, platform: string): FoundProgram {
  const isPath = name.includes("/") || (platform === "win32" && name.includes("\\"));
  const folders = isPath ? [""] : (env["PATH"] ?? defaultPath).split(delimiter);
  let denied: string | null = null;
  for (const folder of folders) {
    for (const ending of endings(name, env, platform)) {
      // Made absolute, since an empty entry is the folder one is in.
      const path = resolve(join(folder, name) + ending);
      if (!isFile(path)) continue;
      if (isExecutable(path)) return { how: "found", path };
      denied ??= path;
    }
  }
  return denied === null ? { how: "not-found" } : { how: "not-executable", path: denied };
}

function endings(name: string, env: Environment, platform: string): readonly string[] {
  if (platform !== "win32") return [""];
  const known = (env["PATHEXT"] ?? ".COM;.EXE").split(";");
  const hasEnding = known.some((ending) => name.toUpperCase().endsWith(ending.toUpperCase()));
  return hasEnding ? [""] : known;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
