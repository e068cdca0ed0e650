import type { ChildProcess } from "node:child_process";

/** How long a command may take to end after it was told to. */
const graceMs = 2000;

/**
 * Ends a command that a shell runs, with everything that it has started: the shell alone would leave them on the terminal, where they
 * would go on reading. A process group of their own, which could be ended as one, would take the terminal from them.
 * They are asked first, so that one which has turned off the echo can turn it on again.
 */
export function stopTree(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined) return;
  if (process.platform === "win32") {
    runQuietly("taskkill", ["/pid", String(pid), "/T", "/F"]);
    return;
  }
  const pids = [pid, ...descendants(pid)];
  signal(pids, "SIGTERM");
  const timer = setTimeout(() => signal(pids, "SIGKILL"), graceMs);
  child.once("exit", () => clearTimeout(timer));
}

function descendants(root: number): readonly number[] {
  // One -o each: in `-o pid=,ppid=` everything after the first `=` may be a heading (POSIX, ps).
  const listing = runQuietly("ps", ["-A", "-o", "pid=", "-o", "ppid="]);
  const parents = new Map(
    listing.split("\n").map((line) => {
      const [pid, ppid] = line.trim().split(/\s+/, 2).map(Number);
      return [pid ?? NaN, ppid ?? NaN] as const;
    }),
  );
  const isBelow = (pid: number): boolean => {
    const parent = parents.get(pid);
    return parent !== undefined && parent > 1 && (parent === root || isBelow(parent));
  };
  return [...parents.keys()].filter((pid) => isBelow(pid));
}

/** What it prints; nothing where it cannot run, and then only the shell is ended. */
function runQuietly(file: string, args: readonly string[]): string {
  const { execFileSync } = process.getBuiltinModule("node:child_process");
  try {
    return execFileSync(file, args, {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      timeout: 2000,
    });
  } catch {
    return "";
  }
}

function signal(pids: readonly number[], name: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch {
      // It has ended meanwhile.
    }
  }
}
