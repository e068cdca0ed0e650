import { closeSync } from "node:fs";
import { CredentialsError, InterruptedError } from "../../errors.ts";
import { openDevice, type Device } from "./tty-device.ts";
import { writeAll } from "../files/write-all.ts";
import { HiddenLine } from "./line-editor.ts";

interface Asking {
  readonly platform: string;
  /** Whether what is typed is shown. */
  readonly isShown: boolean;
  /** Ends the question. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Asks on the terminal device itself, since standard output is being evaluated and standard input may be a pipe.
 * Null when the process has no terminal; throws {@link InterruptedError} on Ctrl-C, and the signal's reason.
 */
export async function askOnTerminal(question: string, asking: Asking): Promise<string | null> {
  asking.signal?.throwIfAborted();
  const device = openDevice(asking.platform);
  if (!device) return null;
  try {
    return await readLine(device, question, asking);
  } finally {
    if (device.output !== device.input) closeSync(device.output);
  }
}

/** Raw mode, so that the terminal itself echoes nothing; it is left again however the process ends. */
function readLine(
  { input, output }: Device,
  question: string,
  { isShown, signal: end }: Asking,
): Promise<string> {
  const { ReadStream } = process.getBuiltinModule("node:tty");
  const stream = new ReadStream(input);
  const line = new HiddenLine();
  const restore = () => stream.setRawMode(false);
  const stop = (signal: NodeJS.Signals) => {
    // Somebody else in this process decides what the signal means: whoever runs a child, say.
    if (process.listenerCount(signal) > 1) return;
    restore();
    process.removeListener(signal, stop);
    process.kill(process.pid, signal);
  };
  return new Promise<string>((resolve, reject) => {
    let isOver = false;
    const finish = (settle: () => void) => {
      if (isOver) return;
      isOver = true;
      for (const signal of fatalSignals) process.removeListener(signal, stop);
      process.removeListener("exit", restore);
      end?.removeEventListener("abort", aborted);
      restore();
      writeAll(output, "\n");
      stream.destroy();
      settle();
    };
    const closed = () => finish(() => reject(terminalGone(isShown)));
    const aborted = () => finish(() => reject(end?.reason as Error));
    process.once("exit", restore);
    for (const signal of fatalSignals) process.on(signal, stop);
    end?.addEventListener("abort", aborted);
    // A shell that has just taken the terminal back lets nobody set its mode.
    stream.on("error", closed);
    stream.setRawMode(true);
    if (stream.destroyed) return;
    // Only now, so that nobody can type into a terminal that still echoes.
    writeAll(output, question);
    stream.setEncoding("utf8");
    stream.on("end", closed);
    stream.on("data", (keys: string) => {
      const before = line.text;
      const outcome = line.type(keys);
      if (isShown) writeAll(output, redraw(before, line.text));
      if (outcome === "interrupted") finish(() => reject(new InterruptedError()));
      else if (outcome === "closed") closed();
      else if (outcome === "entered") finish(() => resolve(line.text));
    });
  });
}

/** What turns one typed line on the screen into another. Answers are plain; what is not takes one column, too. */
function redraw(before: string, after: string): string {
  const echo = (text: string) =>
    Array.from(text, (key) => (/[ -~]/.test(key) ? key : "?")).join("");
  if (after.startsWith(before)) return echo(after.slice(before.length));
  return "\b \b".repeat(echo(before).length) + echo(after);
}

const fatalSignals = ["SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT"] as const;

function terminalGone(isShown: boolean): CredentialsError {
  if (isShown) {
    return new CredentialsError("the prompt was closed before it was answered", {
      hint: "Run the command again.",
    });
  }
  return new CredentialsError("the prompt was closed before a code was given", {
    hint: "Run the command again, or give the code with --token-code.",
  });
}
