import { closeSync, openSync } from "node:fs";
import { ReadStream } from "node:tty";
import type { Environment } from "../context.ts";
import { CredentialsError, InterruptedError } from "../errors.ts";
import { errnoOf } from "./errno.ts";
import { writeAll } from "./files.ts";
import { HiddenLine } from "./hidden-line.ts";

interface Device {
  readonly input: number;
  readonly output: number;
}

/**
 * Asks on the terminal device itself, since standard output is being evaluated and standard input may be a pipe.
 * What is typed is not shown. Null when the process has no terminal; throws {@link InterruptedError} on Ctrl-C.
 */
export async function askOnTerminal(
  question: string,
  { platform }: { readonly env: Environment; readonly platform: string },
): Promise<string | null> {
  const device = openDevice(platform);
  if (!device) return null;
  try {
    return await readHidden(device, question);
  } finally {
    if (device.output !== device.input) closeSync(device.output);
  }
}

function openDevice(platform: string): Device | null {
  try {
    if (platform === "win32") {
      return { input: openSync("\\\\.\\CONIN$", "r+"), output: openSync("\\\\.\\CONOUT$", "r+") };
    }
    const terminal = openSync("/dev/tty", "r+");
    return { input: terminal, output: terminal };
  } catch (error) {
    // ENXIO: there is a device file, and no terminal behind it.
    if (errnoOf(error) !== null) return null;
    throw error;
  }
}

/** Raw mode, so that nothing is echoed; it is left again however the process ends. */
function readHidden({ input, output }: Device, question: string): Promise<string> {
  const stream = new ReadStream(input);
  const line = new HiddenLine();
  const restore = () => stream.setRawMode(false);
  const stop = (signal: NodeJS.Signals) => {
    restore();
    process.removeListener(signal, stop);
    process.kill(process.pid, signal);
  };
  return new Promise<string>((resolve, reject) => {
    const finish = (settle: () => void) => {
      for (const signal of fatalSignals) process.removeListener(signal, stop);
      process.removeListener("exit", restore);
      restore();
      writeAll(output, "\n");
      stream.destroy();
      settle();
    };
    process.once("exit", restore);
    for (const signal of fatalSignals) process.on(signal, stop);
    stream.setRawMode(true);
    // Only now, so that nobody can type into a terminal that still echoes.
    writeAll(output, question);
    stream.setEncoding("utf8");
    stream.on("error", () => finish(() => reject(terminalGone())));
    stream.on("end", () => finish(() => reject(terminalGone())));
    stream.on("data", (text: string) => {
      const outcome = line.type(text);
      if (outcome === "interrupted") finish(() => reject(new InterruptedError()));
      else if (outcome === "closed") finish(() => reject(terminalGone()));
      else if (outcome === "entered") finish(() => resolve(line.text));
    });
  });
}

const fatalSignals = ["SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT"] as const;

function terminalGone(): CredentialsError {
  return new CredentialsError("the prompt was closed before a code was given", {
    hint: "Run the command again, or give the code with --token-code.",
  });
}
