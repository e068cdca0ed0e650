import { readFileSync } from "node:fs";
import { errnoOf } from "../files/errno.ts";
import { runHelper } from "../processes/start-program.ts";

/** Whether this process's group is the one that may read from its terminal; true where that cannot be told, or there is none. */
export function isInFront(): boolean {
  if (process.platform === "win32") return true;
  const [own, front] = process.platform === "linux" ? fromProc() : fromPs();
  // -1 or 0 stands for no terminal.
  return own === undefined || front === undefined || front <= 0 || own === front;
}

/** The fields pgrp and tpgid of /proc/PID/stat, which follow the name in parentheses: proc_pid_stat(5). */
function fromProc(): readonly number[] {
  try {
    const stat = readFileSync("/proc/self/stat", "utf8");
    const [, pgrp, tpgid] = /^\d+ \(.*\) \S \d+ (\d+) \d+ -?\d+ (-?\d+) /s.exec(stat) ?? [];
    return pgrp === undefined ? [] : [Number(pgrp), Number(tpgid)];
  } catch (error) {
    if (errnoOf(error) === null) throw error;
    return [];
  }
}

function fromPs(): readonly number[] {
  const args = ["-o", "pgid=", "-o", "tpgid=", "-p", String(process.pid)];
  const { stdout } = runHelper("ps", args, { timeout: 2000 });
  return (stdout || "").trim().split(/\s+/).filter(Boolean).map(Number);
}
