import { readFileSync, readlinkSync } from "node:fs";
import type { Ancestor } from "../../shell/detect.ts";
import { runHelper } from "./start-program.ts";

/** What the system knows about one process; null on any failure, since detection has other ways to go. */
export function ancestor(pid: number): Ancestor | null {
  try {
    return process.platform === "linux" ? fromProc(pid) : fromPs(pid);
  } catch {
    return null;
  }
}

function fromProc(pid: number): Ancestor | null {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return parseStat(stat, executable(pid));
}

/** Reads `/proc/PID/stat`, whose second field may itself contain blanks and parentheses: proc_pid_stat(5). */
export function parseStat(stat: string, exe: string | null): Ancestor | null {
  const fields = /^\d+ \((.*)\) \S (\d+) /s.exec(stat);
  if (fields === null) return null;
  const [, comm = null, ppid] = fields;
  return { ppid: Number(ppid), exe, comm };
}

/** Null for a process of another user, whose name can be read all the same. */
function executable(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/exe`);
  } catch {
    return null;
  }
}

function fromPs(pid: number): Ancestor | null {
  // One -o each: in `-o ppid=,comm=` everything after the first `=` may be a heading (POSIX, ps).
  const { status, stdout } = runHelper("ps", ["-o", "ppid=", "-o", "comm=", "-p", String(pid)], {
    stdio: ["ignore", "pipe", "ignore"],
    timeout: 2000,
  });
  return status === 0 ? parsePs(stdout) : null;
}

/** Reads one line of `ps -o ppid= -o comm=`; the name can be a path with blanks. */
export function parsePs(line: string): Ancestor | null {
  const fields = /^\s*(\d+)\s+(.*\S)\s*$/.exec(line);
  if (fields === null) return null;
  const [, ppid, comm = null] = fields;
  return { ppid: Number(ppid), exe: null, comm };
}
