import type { Environment } from "../../environment/environment.ts";
import { isAbsolutePath } from "../../paths.ts";

/** As the AWS SDKs look for it; null where there is none, as in some containers, and for a HOME that depends on the working directory. */
export function homeDirectory(env: Environment): string | null {
  try {
    // Not imported, since few runs need it: each module of Node's takes its time.
    const home = env["HOME"] || process.getBuiltinModule("node:os").homedir();
    return isAbsolutePath(home, process.platform) ? home : null;
  } catch {
    return null;
  }
}
