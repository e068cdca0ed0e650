import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, onTestFinished, test } from "vitest";
import { isRunning } from "../../../support/processes.ts";
import {
  parsePidTable,
  processTree,
  signalAll,
} from "../../../../src/platform/processes/process-tree.ts";

test("what ps prints on macOS", () => {
  const text = "  PID  PPID\n    1     0\n  501     1\n12345   501\n";
  expect(parsePidTable(text)).toEqual([
    [1, 0],
    [501, 1],
    [12345, 501],
  ]);
});

test("children and grandchildren end together; who is gone already is no matter", async () => {
  const child = spawn("/bin/sh", ["-c", "sleep 96.5 & (sleep 96.6; true) & echo up; wait"]);
  onTestFinished(() => void child.kill("SIGKILL"));
  await once(child.stdout, "data");
  // The shell in brackets starts its own child a moment later.
  await expect.poll(() => processTree(child.pid ?? 0).length).toBe(4);
  const tree = processTree(child.pid ?? 0);
  expect(tree[0]).toBe(child.pid);
  signalAll(tree, "SIGKILL");
  await once(child, "exit");
  await expect.poll(() => tree.filter(isRunning)).toEqual([]);
  signalAll(tree, "SIGKILL");
});
