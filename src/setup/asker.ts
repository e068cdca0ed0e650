import type { Terminal } from "../context/terminal.ts";
import { UsageError } from "../errors.ts";
import type { Reading } from "./readings.ts";

export interface Question<T> {
  /** The option that answers it as well. */
  readonly option: string;
  /** What is asked for, and why: a line or two. */
  readonly about: readonly string[];
  readonly prompt: string;
  /** What Enter means, and how that is shown; null where it means nothing. */
  readonly fallback: { readonly shown: string; readonly value: T } | null;
  readonly read: (answer: string) => Reading<T>;
}

/** Asks questions, until each has an answer that can be used. */
export class Asker {
  readonly #terminal: Pick<Terminal, "askLine" | "note">;
  /** Whether nothing is asked, and Enter is the answer to everything. */
  readonly isSilent: boolean;
  #isFirst = true;

  constructor(terminal: Pick<Terminal, "askLine" | "note">, isSilent: boolean) {
    this.#terminal = terminal;
    this.isSilent = isSilent;
  }

  /** Throws {@link UsageError} for what was `given` and is wrong, or for a question that nobody can answer. */
  async ask<T>(question: Question<T>, given?: string): Promise<T> {
    const { option, fallback, read } = question;
    if (given !== undefined) return readGiven(option, read(given));
    if (!this.isSilent) return this.#answer(question);
    if (fallback) return fallback.value;
    throw new UsageError(`${option} is needed: --yes has no answer to take`, {
      hint: "Give the option, or leave --yes out to be asked.",
    });
  }

  async #answer<T>({ option, about, prompt, fallback, read }: Question<T>): Promise<T> {
    const sign = prompt.endsWith("?") ? "" : ":";
    const line = `${prompt}${fallback ? ` [${fallback.shown}]` : ""}${sign}`;
    const introduction = this.#isFirst ? [howTo] : [];
    this.#isFirst = false;
    for (let text = [...introduction, "", ...about, line].join("\n"); ; text = line) {
      const answer = (await this.#terminal.askLine(text))?.trim();
      if (answer === undefined) throw nobody(option, fallback?.shown);
      if (answer === "" && fallback) return fallback.value;
      const reading = read(answer);
      if ("value" in reading) return reading.value;
      this.#terminal.note(reading.wrong);
    }
  }
}

const howTo = "Enter takes what stands in brackets; Ctrl-C ends this, and nothing is changed.";

function readGiven<T>(option: string, reading: Reading<T>): T {
  if ("value" in reading) return reading.value;
  throw new UsageError(`${option}: ${reading.wrong}`, {
    hint: "kops-mfa setup --help shows what it takes.",
  });
}

function nobody(option: string, shown: string | undefined): UsageError {
  return new UsageError(`${option} is needed: there is no terminal to ask on`, {
    hint:
      shown === undefined
        ? "Give the option, or run this in a terminal."
        : `Give the option, or --yes for all that is found or left out (here: ${shown}).`,
  });
}
