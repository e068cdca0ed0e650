import type { ChildProcess } from "node:child_process";
import { processTree, signalAll } from "../processes/process-tree.ts";

/** How long a command may take to end after it was told to. */
const graceMs = 2000;

/**
 * Ends a command that a shell runs, with everything that it has started: the shell alone would leave them on the terminal, where they
 * would go on reading. They are asked first, so that one which has turned off the echo can turn it on again.
 */
export function stopTree(child: ChildProcess): void {
  if (child.pid === undefined) return;
  const tree = processTree(child.pid);
  signalAll(tree, "SIGTERM");
  const timer = setTimeout(() => signalAll(tree, "SIGKILL"), graceMs);
  child.once("exit", () => clearTimeout(timer));
}
