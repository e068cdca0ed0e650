import type { ChildProcess } from "node:child_process";
import type { Readable } from "node:stream";
import { startProgram } from "./start-program.ts";

/** A Tab is worth waiting for so long: kops looks into the state store, which may be far or gone. */
const longestMs = 5000;

const stopSignals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * What `kops __complete` prints for words; null where there is no kops, or it does not end well or in time. kops is found on the PATH,
 * has the environment of this process, and a session of its own: neither it nor a `credential_process` that it starts can ask on the terminal.
 */
export async function askKops(words: readonly string[]): Promise<string | null> {
  const child = start(words);
  const end = () => endGroup(child);
  const timer = setTimeout(end, longestMs);
  for (const signal of stopSignals) process.once(signal, end);
  try {
    return await output(child);
  } finally {
    clearTimeout(timer);
    for (const signal of stopSignals) process.removeListener(signal, end);
  }
}

type Started = ChildProcess & { readonly stdout: Readable };

function start(words: readonly string[]): Started {
  return startProgram("kops", ["__complete", ...words], {
    env: process.env,
    detached: process.platform !== "win32",
    windowsHide: true,
    stdio: ["ignore", "pipe", "ignore"],
  }) as Started;
}

function output(child: Started): Promise<string | null> {
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (part: string) => (text += part));
  return new Promise((resolve) => {
    child.on("error", () => resolve(null));
    child.on("close", (exitCode) => resolve(exitCode === 0 ? text : null));
  });
}

/** With all that it has started, which would keep its output open. */
function endGroup(child: Started): void {
  if (child.pid === undefined) return;
  try {
    process.kill(process.platform === "win32" ? child.pid : -child.pid, "SIGKILL");
  } catch {
    // It has just ended by itself.
  }
  child.stdout.destroy();
}
