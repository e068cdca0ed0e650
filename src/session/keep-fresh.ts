import type { Problem } from "../errors.ts";
import type { Clock } from "../context.ts";
import type { CredentialAnswer } from "../context/credential-server.ts";
import type { StsSession } from "../context/sts.ts";
import type { Terminal } from "../context/terminal.ts";
import { InterruptedError, KopsMfaError } from "../errors.ts";
import { expiryInWords, timeInWords } from "../expiry.ts";
import { CodeNeededError } from "./mfa/token-code.ts";

const minuteMs = 60_000;
/** With less left than this, SDKs ask again for every request, and the Go SDK, kops's own, waits for the answer. */
const windowMs = 5 * minuteMs;
/** A session is renewed with half of its life left: at most so much, for the sake of a person who has to find a phone, … */
const longestLeadMs = 20 * minuteMs;
/** … and at least so much, which is ahead of the SDKs' window. */
const shortestLeadMs = 7 * minuteMs;
/** A timer stands still while the machine sleeps, so none is longer. */
const longestSleepMs = 30_000;
/** Shorter than any SDK waits for an answer (that for JavaScript: 1 s). */
const longestWaitMs = 700;
const firstDelayMs = 5000;
const longestDelayMs = minuteMs;

/** How a session is made anew. */
export interface Renewal {
  /** A session with more than `leftMs` left, without a person. Throws {@link CodeNeededError} where only a code opens one. */
  withoutCode(leftMs: number): Promise<StsSession>;
  /** The same with a code, which is asked for until the signal is aborted. */
  withCode(leftMs: number, signal: AbortSignal): Promise<StsSession>;
  /** Whether a person is asked, and not a program. */
  readonly asksPerson: boolean;
}

export interface KeepingFresh {
  readonly clock: Clock;
  readonly terminal: Pick<Terminal, "note" | "error">;
  readonly renewal: Renewal;
  /** The command that uses the session: `kops`. */
  readonly command: string;
  /** What gives the code from another terminal: `kops-mfa login prod`. */
  readonly login: string;
  /** Aborted when the command has ended. */
  readonly until: AbortSignal;
}

/**
 * A session that is renewed while a command uses it: well before its end, and without a person while that goes. Where a code is needed,
 * it is asked for once, and requests go on meanwhile; a session that another kops-mfa makes is taken too.
 */
export class FreshSession {
  readonly #from: KeepingFresh;
  #session: StsSession;
  #leadMs = 0;
  /** When the next attempt may be made, and when the last one was. */
  #nextAt = -Infinity;
  #lastAt = -Infinity;
  #delayMs = firstDelayMs;
  #attempt: Promise<void> | null = null;
  #question: AbortController | null = null;
  #wasAsked = false;
  /** Why there is no newer session, once it was said. */
  #failure: string | null = null;

  constructor(from: KeepingFresh, session: StsSession) {
    this.#from = from;
    this.#session = session;
    this.#leadMs = this.#lead();
  }

  /** The session as it is now, over or not. */
  get session(): StsSession {
    return this.#session;
  }

  /** Renews the session until the command has ended; no failure ends it. */
  async run(): Promise<void> {
    const { clock, until } = this.#from;
    for (;;) {
      const dueAt = Math.max(this.#session.expiresAt - this.#leadMs, this.#nextAt);
      const wait = Math.min(Math.max(dueAt - clock.now(), 0), longestSleepMs);
      await clock.sleep(wait, until).catch(() => undefined);
      if (until.aborted) break;
      if (clock.now() >= dueAt) await this.#renew();
    }
    this.#question?.abort();
  }

  /** The session, from memory; or why there is none. A request never waits for a person. */
  async answer(): Promise<CredentialAnswer> {
    const { clock } = this.#from;
    // The machine may have slept past everything.
    if (this.#left() <= windowMs && this.#mayTry()) void this.#renew();
    if (this.#left() <= windowMs && this.#attempt) {
      await Promise.race([this.#attempt, clock.sleep(longestWaitMs)]);
    }
    return this.#left() > 0 ? this.#session : { refusal: this.#refusal() };
  }

  #left(): number {
    return this.#session.expiresAt - this.#from.clock.now();
  }

  #lead(): number {
    return Math.min(Math.max(this.#left() / 2, shortestLeadMs), longestLeadMs);
  }

  /** Once the session is over, a request is worth an attempt of its own. */
  #mayTry(): boolean {
    const now = this.#from.clock.now();
    return now >= this.#nextAt || (this.#left() <= 0 && now - this.#lastAt >= firstDelayMs);
  }

  #renew(): Promise<void> {
    this.#attempt ??= this.#tryOnce().finally(() => (this.#attempt = null));
    return this.#attempt;
  }

  async #tryOnce(): Promise<void> {
    this.#lastAt = this.#from.clock.now();
    try {
      this.#take(await this.#from.renewal.withoutCode(this.#leadMs));
    } catch (error) {
      this.#postpone();
      if (this.#from.until.aborted) return;
      if (!(error instanceof CodeNeededError)) this.#fail(error);
      else if (!this.#wasAsked) void this.#ask();
    }
  }

  #take(session: StsSession): void {
    // A source that renews its credentials itself gives the same ones until it does.
    if (session.expiresAt <= this.#session.expiresAt) {
      this.#postpone();
      return;
    }
    this.#session = session;
    this.#leadMs = this.#lead();
    this.#delayMs = firstDelayMs;
    this.#nextAt = this.#from.clock.now() + firstDelayMs;
    // The question leaves its line before anything else is said.
    this.#question?.abort();
    if (this.#failure !== null || this.#wasAsked) {
      this.#from.terminal.note(
        `the session is renewed: ${expiryInWords(session.expiresAt, this.#from.clock.now())}`,
      );
    }
    this.#failure = null;
    this.#wasAsked = false;
  }

  #postpone(): void {
    this.#nextAt = this.#from.clock.now() + this.#delayMs;
    this.#delayMs = Math.min(this.#delayMs * 2, longestDelayMs);
  }

  #fail(error: unknown): void {
    if (this.#failure !== null) return;
    const { message, hint } = wordsOf(error);
    this.#failure = message;
    this.#from.terminal.error(
      `the session of ${this.#from.command}, which ${this.#end()}, cannot be renewed yet: ${message}`,
      hint,
    );
  }

  async #ask(): Promise<void> {
    const { terminal, renewal, command } = this.#from;
    this.#wasAsked = true;
    // A program that is asked again and again says so once.
    if (renewal.asksPerson) this.#failure = null;
    if (this.#failure === null) {
      terminal.note(
        `${command} is still running, and its session ${this.#end()}: a code renews it`,
      );
    }
    const question = new AbortController();
    this.#question = question;
    try {
      this.#take(await renewal.withCode(this.#leadMs, question.signal));
    } catch (error) {
      if (!question.signal.aborted) this.#unanswered(error);
    } finally {
      this.#question = null;
    }
  }

  #unanswered(error: unknown): void {
    const { terminal, renewal, command, login } = this.#from;
    if (!renewal.asksPerson) {
      this.#wasAsked = false;
      this.#fail(error);
      return;
    }
    const elsewhere = `${login} in another terminal renews it`;
    if (error instanceof InterruptedError) {
      terminal.note(`no code was given. The session ${this.#end()}; until then, ${elsewhere}.`);
      terminal.note(`Ctrl-C now goes to ${command}`);
      return;
    }
    this.#failure = wordsOf(error).message;
    terminal.error(
      `the session, which ${this.#end()}, is not renewed: ${this.#failure}`,
      elsewhere,
    );
  }

  /** The words that the SDK in the command shows. */
  #refusal(): string {
    const { login, command } = this.#from;
    const over = `the session of kops-mfa ${this.#end()}`;
    if (this.#question !== null && this.#from.renewal.asksPerson) {
      return `${over}: type the MFA code at the question in the terminal of ${command}, or run "${login}" in another one`;
    }
    if (this.#wasAsked) {
      return `${over}, and only an MFA code renews it: run "${login}" in a terminal, then try again`;
    }
    if (this.#failure !== null) return `${over} and cannot be renewed: ${this.#failure}`;
    return `${over} and is being renewed: try again in a moment`;
  }

  /** `ends in 14 min`, `expired 3 min ago`. */
  #end(): string {
    const left = this.#left();
    const { expiresAt } = this.#session;
    return left > 0 ? `ends in ${timeInWords(left)}` : expiryInWords(expiresAt, expiresAt - left);
  }
}

function wordsOf(error: unknown): Problem {
  if (error instanceof KopsMfaError) return error;
  return { message: `internal error: ${String(error)}`, hint: null };
}
