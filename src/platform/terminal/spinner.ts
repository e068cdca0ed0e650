import type { Environment } from "../../environment/environment.ts";
import { isPlain, showsSigns } from "../../accessibility.ts";
import { isTypingShown } from "./tty-device.ts";
import { LiveLine } from "./status-line.ts";
import { writeWords } from "./stderr.ts";

/** Nobody wonders before. */
const showAfterMs = 1000;
/** A line stays, and is read out: it comes only where there is something to say. */
const sayAfterMs = 3000;
const frameMs = 100;
const brailleFrames = Array.from("⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏");
const asciiFrames = Array.from("|/-\\");

/** How a wait is shown: by a sign that turns, in one line that stays, or, in a file or a log of CI, not at all. */
export type WaitingStyle = "turning" | "line" | "none";

/** `isTerminal` is about standard error. */
export function waitingStyle(
  env: Environment,
  platform: string,
  isTerminal: boolean,
): WaitingStyle {
  const isCi = !/^(|0|false)$/i.test(env["CI"] ?? "");
  if (!isTerminal || isCi) return "none";
  // A terminal that does not say what it is can show lines.
  const canDraw = platform === "win32" || Boolean(env["TERM"]);
  return isPlain(env) || !canDraw ? "line" : "turning";
}

interface Wait {
  readonly what: string;
  readonly since: number;
  isSaid: boolean;
}

interface Showing {
  readonly style: WaitingStyle;
  readonly env: Environment;
  readonly platform: string;
  /** The program's name as words begin with it. */
  readonly name: string;
}

/** What this process waits for, shown while that lasts. Of several waits the latest is shown. */
export class Waiting {
  readonly #line = new LiveLine();
  readonly #showing: Showing;
  readonly #frames: readonly string[];
  readonly #waits = new Set<Wait>();
  /** How many have the terminal for themselves. */
  #lent = 0;
  #frame = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(showing: Showing) {
    this.#showing = showing;
    this.#frames = showsSigns(showing.env, showing.platform) ? brailleFrames : asciiFrames;
  }

  /** The outcome of `work`, which is shown as `waiting for WHAT` once it takes over a second. */
  async on<T>(what: string, work: Promise<T>): Promise<T> {
    if (this.#showing.style === "none") return work;
    const wait = { what, since: Date.now(), isSaid: false };
    this.#waits.add(wait);
    this.#tick();
    try {
      return await work;
    } finally {
      this.#waits.delete(wait);
      this.#tick();
    }
  }

  /**
   * The same for a program that has the terminal: it may have written there, and be in the middle of a question, so that nothing can be
   * drawn over. It gets a line of its own, unless a secret is being typed.
   */
  async onProgram<T>(what: string, work: Promise<T>): Promise<T> {
    const { style, platform, name } = this.#showing;
    if (style === "none") return work;
    const after = style === "line" ? sayAfterMs : showAfterMs;
    const timer = setTimeout(() => {
      if (isTypingShown(platform)) writeWords(`${name} waiting for ${what}\n`);
    }, after);
    try {
      return await this.lend(() => work);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Runs what needs the terminal for itself: a question, say. */
  async lend<T>(use: () => Promise<T>): Promise<T> {
    this.#lent++;
    this.erase();
    try {
      return await use();
    } finally {
      this.#lent--;
      this.#tick();
    }
  }

  /** Draws a line at once; the next one, or {@link Waiting.erase}, takes its place. */
  draw(text: string): void {
    this.#line.draw(`${this.#showing.name} ${text}`);
  }

  /** Clears the line for other words; what is still waited for is shown again a moment later. */
  erase(): void {
    this.#line.erase();
  }

  #tick(): void {
    clearTimeout(this.#timer);
    if (this.#lent > 0) return;
    const waits = [...this.#waits];
    const isTurning = this.#showing.style === "turning";
    const after = isTurning ? showAfterMs : sayAfterMs;
    const due = waits.filter(({ since }) => Date.now() - since >= after).at(-1);
    if (!due) this.erase();
    else if (isTurning) this.#turn(due);
    else this.#say(due);
    const [oldest] = waits;
    if (!oldest) return;
    const next = due ? frameMs : oldest.since + after - Date.now();
    this.#timer = setTimeout(() => this.#tick(), Math.max(next, 0)).unref();
  }

  #turn({ what }: Wait): void {
    this.#frame = (this.#frame + 1) % this.#frames.length;
    this.draw(`${this.#frames[this.#frame] ?? ""} waiting for ${what}`);
  }

  #say(wait: Wait): void {
    if (wait.isSaid) return;
    wait.isSaid = true;
    writeWords(`${this.#showing.name} still waiting for ${wait.what}\n`);
  }
}
