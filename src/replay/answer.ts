import { renderStatus, type Status } from "../operations/render-status.ts";
import { printable } from "../platform/terminal/printable.ts";
import { ExitCode } from "../errors.ts";

/** A text, or what `status` says, which changes with the time. */
export type Answer = Spelt | { readonly status: Status; readonly isJson: boolean };

/** An answer, and how long it stays so if nothing else changes. */
export interface Lasting {
  readonly answer: Answer;
  /** Milliseconds since the epoch; null where it is not to be remembered. */
  readonly until: number | null;
}

/** What a run prints, and how it ends. */
export interface Spelt {
  readonly text: string;
  /** For standard error, as it is shown there ({@link errorStyle}). */
  readonly errors: string;
  readonly exitCode: ExitCode;
}

/** Prints, and sets the exit code. */
export type Deliver = (spelt: Spelt) => void;

/** An answer as it is now (milliseconds since the epoch). */
export function spell(answer: Answer, now: number): Spelt {
  if ("text" in answer) return answer;
  const text = renderStatus(answer.status, answer.isJson, now, printable);
  return { text, errors: "", exitCode: ExitCode.Ok };
}
