import { readdirSync } from "node:fs";
import { errnoOf } from "../files/errno.ts";
import { ancestor } from "./process-info.ts";
import { runHelper } from "./start-program.ts";

/**
 * A process and all that descend from it, at this moment. A group of its own would be easier to end, but only
 * setsid makes one from Node, and what runs there has no terminal to ask its questions on.
 */
export function processTree(root: number): readonly number[] {
  const parents = listParents();
  const tree = [root];
  for (const parent of tree) {
    for (const [pid, ppid] of parents) if (ppid === parent && pid !== root) tree.push(pid);
  }
  return tree;
}

/** Sends a signal to every process of a list that is still there. On Windows a tree ends whole, whatever the signal. */
export function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  if (process.platform === "win32") {
    run("taskkill", ["/pid", String(pids[0]), "/t", "/f"]);
    return;
  }
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      // ESRCH: it has ended by itself. EPERM: it became somebody else's (sudo), and is theirs to end.
      if (errnoOf(error) === null) throw error;
    }
  }
}

function listParents(): readonly (readonly [pid: number, ppid: number])[] {
  if (process.platform === "win32") return [];
  if (process.platform !== "linux")
    return parsePidTable(run("ps", ["-A", "-o", "pid=", "-o", "ppid="]));
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const found = ancestor(Number(name));
      return found === null ? [] : [[Number(name), found.ppid] as const];
    });
}

/** Reads the lines of `ps -o pid= -o ppid=`. */
export function parsePidTable(text: string): readonly (readonly [pid: number, ppid: number])[] {
  return Array.from(
    text.matchAll(/^\s*(\d+)\s+(\d+)\s*$/gm),
    ([, pid, ppid]) => [Number(pid), Number(ppid)] as const,
  );
}

/** What a small program prints; nothing where it cannot run. */
function run(file: string, args: readonly string[]): string {
  const { stdout } = runHelper(file, args, {
    stdio: ["ignore", "pipe", "ignore"],
    timeout: 2000,
  });
  return stdout;
}
