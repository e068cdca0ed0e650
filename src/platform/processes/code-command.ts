import type { ChildProcess } from "node:child_process";
import { closeSync } from "node:fs";
import type { Readable } from "node:stream";
import type { CodeCommandEnd } from "../../context/terminal.ts";
import { InterruptedError } from "../../errors.ts";
import { openDevice, showTyping } from "../terminal/tty-device.ts";
import { describeErrno } from "../files/errno.ts";
import { processTree, signalAll } from "./process-tree.ts";
import { sleep } from "./sleep.ts";
import { startProgram } from "./start-program.ts";

/** How long what was asked to end may take before it is ended. */
const graceMs = 1000;
/** How long output is waited for after the command is gone: what it left in the background may hold the pipe for hours. */
const lingerMs = 250;
/** More than any code; the rest is not kept. */
const mostOutput = 4096;

const stopSignals = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const;

interface Running {
  readonly platform: string;
  readonly seconds: number;
  /** Ends the command. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs a command that is to print a code, in the platform's shell and with this process's environment. Its standard
 * input and error are the terminal, also inside `$(…)`; where there is none, it has no input, and its errors go where ours go.
 * Throws {@link InterruptedError} on Ctrl-C, and the signal's reason.
 */
export async function runCodeCommand(
  command: string,
  { platform, seconds, signal }: Running,
): Promise<CodeCommandEnd> {
  signal?.throwIfAborted();
  const stop = new AbortController();
  // Listened for before there is anything that could be left behind.
  const stopped = stopSignal(stop.signal);
  const child = start(command, platform);
  const ended = end(child);
  const time = sleep(seconds * 1000, stop.signal).then(() => "time" as const);
  const aborted = abortion(signal, stop.signal);
  const first = await Promise.race([ended, time, stopped, aborted]).finally(() => stop.abort());
  if (typeof first !== "string") {
    if (isInterrupt(first)) throw new InterruptedError();
    return first;
  }
  // Ctrl-C reached the command too, which may have a terminal to put in order.
  if (first === "SIGINT") await Promise.race([ended, grace()]);
  await endTree(child, ended);
  showTyping(platform);
  if (first === "aborted") signal?.throwIfAborted();
  if (first === "time") return { how: "timed-out", seconds };
  if (first !== "SIGINT" && first !== "aborted") process.kill(process.pid, first);
  throw new InterruptedError();
}

function start(command: string, platform: string): ChildProcess & { readonly stdout: Readable } {
  const device = openDevice(platform);
  const child = startProgram(command, [], {
    shell: true,
    env: process.env,
    stdio: [device?.input ?? "ignore", "pipe", device?.output ?? "inherit"],
    windowsHide: true,
  });
  for (const file of new Set(device ? [device.input, device.output] : [])) closeSync(file);
  return child as ChildProcess & { readonly stdout: Readable };
}

function end(child: ChildProcess & { readonly stdout: Readable }): Promise<CodeCommandEnd> {
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output = (output + text).slice(0, mostOutput);
  });
  return new Promise((resolve) => {
    child.on("error", (error) => resolve({ how: "not-started", why: describeErrno(error) }));
    child.on("exit", (exitCode, signal) => {
      const settle = () => {
        child.stdout.destroy();
        resolve(
          exitCode === null
            ? { how: "killed", signal: signal ?? "a signal" }
            : { how: "exited", exitCode, output },
        );
      };
      child.on("close", settle);
      setTimeout(settle, lingerMs).unref();
    });
  });
}

function isInterrupt(end: CodeCommandEnd): boolean {
  if (end.how === "killed") return end.signal === "SIGINT";
  return end.how === "exited" && end.exitCode === 130;
}

/** The first signal that would have ended this process, and left the command behind. */
function stopSignal(until: AbortSignal): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of stopSignals) {
      process.on(signal, resolve);
      until.addEventListener("abort", () => process.removeListener(signal, resolve));
    }
  });
}

function abortion(signal: AbortSignal | undefined, until: AbortSignal): Promise<"aborted"> {
  return new Promise((resolve) => {
    signal?.addEventListener("abort", () => resolve("aborted"), { once: true, signal: until });
  });
}

async function endTree(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  child.stdout?.destroy();
  if (child.pid === undefined) return;
  const tree = processTree(child.pid);
  signalAll(tree, "SIGTERM");
  await Promise.race([ended, grace()]);
  signalAll(tree, "SIGKILL");
}

function grace(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, graceMs).unref());
}
