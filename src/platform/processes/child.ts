import { closeSync } from "node:fs";
import type { ChildCommand, ChildEnd } from "../../context/processes.ts";
import { openDevice } from "../terminal/tty-device.ts";
import { describeErrno } from "../files/errno.ts";
import { startProgram } from "./start-program.ts";

/** What a keyboard sends to every process in front of the terminal, the child among them. */
const keyboardSignals = ["SIGINT", "SIGQUIT"] as const;
/** What somebody sends to this process, and means for the child. */
const sentSignals = ["SIGTERM", "SIGHUP", "SIGUSR1", "SIGUSR2"] as const;

/**
 * Runs a program on this process's own standard streams, in its process group: so Ctrl-C, Ctrl-Z and the size of the window reach it
 * from the terminal, and the shell stops and continues both. What is sent to this process alone is passed on.
 */
export function runChild(command: ChildCommand, platform: string): Promise<ChildEnd> {
  const listeners = new AbortController();
  return new Promise<ChildEnd>((resolve) => {
    const child = startProgram(command.path, command.args, {
      argv0: command.name,
      env: command.env,
      stdio: "inherit",
    });
    const passedOn = signalsToPassOn(platform);
    for (const signal of signals(platform)) {
      // Listened to also where it is not passed on: this process must not end before its child.
      const listener = passedOn.includes(signal) ? () => child.kill(signal) : () => undefined;
      listen(signal, listener, listeners.signal);
    }
    child.on("error", (error) => {
      if (child.pid === undefined) resolve({ how: "not-started", why: describeErrno(error) });
    });
    child.on("exit", (exitCode, signal) =>
      resolve(signal === null ? { how: "exited", exitCode: exitCode ?? 1 } : killed(signal)),
    );
  }).finally(() => listeners.abort());
}

/**
 * Ends this process by the signal that ended its child, so that a shell sees what happened: bash leaves a loop at Ctrl-C only then.
 * Not by one that writes a core, with the secrets of this process in it.
 */
export function endBySignal(signal: string): void {
  if (signal === "SIGINT" || signal === "SIGTERM" || signal === "SIGHUP") {
    process.kill(process.pid, signal);
  }
}

function killed(signal: NodeJS.Signals): ChildEnd {
  const { constants } = process.getBuiltinModule("node:os");
  return { how: "killed", signal, exitCode: 128 + constants.signals[signal] };
}

function signals(platform: string): readonly NodeJS.Signals[] {
  return platform === "win32" ? ["SIGINT", "SIGTERM"] : [...keyboardSignals, ...sentSignals];
}

/** Without a terminal it was no keyboard that sent SIGINT, and the child has not got it. */
function signalsToPassOn(platform: string): readonly NodeJS.Signals[] {
  return hasTerminal(platform) ? sentSignals : signals(platform);
}

function hasTerminal(platform: string): boolean {
  const device = openDevice(platform);
  if (device === null) return false;
  for (const file of new Set([device.input, device.output])) closeSync(file);
  return true;
}

function listen(signal: NodeJS.Signals, listener: () => void, until: AbortSignal): void {
  process.on(signal, listener);
  until.addEventListener("abort", () => process.removeListener(signal, listener));
}
