import type { Person } from "./person.ts";

/** Loaded into the program before itself: its time runs from a moment on, faster than the machine's, and its timers with it. */
const preload = `
const [start, offset, factor] = ["START", "OFFSET", "FACTOR"].map((name) => Number(process.env["CLOCK_" + name]));
const RealDate = Date;
const now = () => Math.round(start + offset + (RealDate.now() - start) * factor);
globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(now());
    else super(...given);
  }
  static now() {
    return now();
  }
};
const wait = globalThis.setTimeout;
globalThis.setTimeout = (callback, ms, ...given) => wait(callback, ms / factor, ...given);
`;

/** A clock for a program and its STS, which agree; the clock of the machine stays as it is, and so do the times of files. */
export class MovedClock {
  readonly #person: Person;
  readonly #start = Date.now();
  readonly #factor: number;
  /** What the sandbox has been moved by. */
  #moved = 0;
  #offset = 0;
  #ticking: NodeJS.Timeout | undefined;

  /** Time passes `factor` times as fast as on the machine. */
  constructor(person: Person, factor = 1) {
    this.#person = person;
    this.#factor = factor;
    person.write("clock.cjs", preload);
  }

  /** For the program. */
  get env(): Readonly<Record<string, string>> {
    return {
      NODE_OPTIONS: `--require ${this.#person.path("clock.cjs")}`,
      CLOCK_START: String(this.#start),
      CLOCK_OFFSET: String(this.#offset),
      CLOCK_FACTOR: String(this.#factor),
    };
  }

  now(): number {
    return this.#start + this.#offset + (Date.now() - this.#start) * this.#factor;
  }

  /** Lets so much time pass at once. */
  advance(ms: number): void {
    this.#offset += ms;
    this.#follow();
  }

  /** Keeps the sandbox's clock with this one, and calls `tick` each time; until {@link MovedClock.stop}. */
  run(tick: () => void): void {
    this.#ticking = setInterval(() => {
      this.#follow();
      tick();
    }, 20);
  }

  stop(): void {
    clearInterval(this.#ticking);
  }

  #follow(): void {
    const moved = this.now() - Date.now();
    this.#person.sandbox.advance(moved - this.#moved);
    this.#moved = moved;
  }
}
