import { isInFront } from "./foreground.ts";
import { writeWords } from "./stderr.ts";

/** A line longer than the terminal is wide is cut there, and not continued on a second one that nobody would erase: DECAWM of the VT100. */
const [cutting, wrapping] = ["\x1b[?7l", "\x1b[?7h"];
/** What takes a text of {@link overLine} away again. */
export const eraseLine = "\r\x1b[K";

const fatalSignals = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const;
const stopSignal = "SIGTSTP";

/**
 * A text as it is drawn over the line of the cursor, with nothing of the terminal changed afterwards. The cursor goes back to the
 * beginning: at the end, the ^C that a terminal echoes could begin another line.
 */
export function overLine(text: string): string {
  return `\r${cutting}${text}${wrapping}\x1b[K\r`;
}

/**
 * One line on standard error that is drawn again and again in its place. It leaves no trace: when it is erased, when this process ends, by
 * itself or by a signal, and when it is stopped. The cursor is always visible, so that nothing has to be given back after a SIGKILL.
 */
export class LiveLine {
  #isDrawn = false;

  /** Nothing is drawn by a process in the background. */
  draw(text: string): void {
    if (!this.#isDrawn) {
      if (!isInFront()) return;
      this.#listen();
    }
    this.#isDrawn = true;
    writeWords(overLine(text));
  }

  erase(): void {
    if (!this.#isDrawn) return;
    this.#isDrawn = false;
    for (const signal of fatalSignals) process.removeListener(signal, this.#end);
    if (process.platform !== "win32") process.removeListener(stopSignal, this.#stop);
    process.removeListener("exit", this.#exit);
    writeWords(eraseLine);
  }

  #listen(): void {
    for (const signal of fatalSignals) process.on(signal, this.#end);
    if (process.platform !== "win32") process.on(stopSignal, this.#stop);
    process.on("exit", this.#exit);
  }

  readonly #exit = () => this.erase();

  readonly #end = (signal: NodeJS.Signals) => {
    // Somebody else in this process decides what the signal means: whoever runs a child, say.
    const isOurs = process.listenerCount(signal) === 1;
    this.erase();
    if (isOurs) process.kill(process.pid, signal);
  };

  readonly #stop = () => {
    this.erase();
    process.kill(process.pid, "SIGSTOP");
  };
}
