import { spawnSync } from "node:child_process";

/** Whether the process exists and has not ended; one that has ended and nobody has waited for has. */
export function isRunning(pid: number): boolean {
  const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" });
  return /^[^Z\s]/.test(stdout.trim());
}
