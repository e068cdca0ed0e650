import { homedir } from "node:os";
import type { Environment } from "../context.ts";

/** As the AWS SDKs look for it; null where there is none, as in some containers. */
export function homeDirectory(env: Environment): string | null {
  if (env["HOME"]) return env["HOME"];
  try {
    return homedir() || null;
  } catch {
    return null;
  }
}
