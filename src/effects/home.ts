import type { Environment } from "../context.ts";

/** As the AWS SDKs look for it; null where there is none, as in some containers. */
export function homeDirectory(env: Environment): string | null {
  if (env["HOME"]) return env["HOME"];
  try {
    // Not imported, since few runs need it: each module of Node's takes its time.
    return process.getBuiltinModule("node:os").homedir() || null;
  } catch {
    return null;
  }
}
