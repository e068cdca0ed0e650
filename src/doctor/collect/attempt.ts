import type { Problem } from "../../errors.ts";
import { InterruptedError, KopsMfaError } from "../../errors.ts";

/** A value, or the words of the error that there was instead. */
export type Attempt<T> =
  | { readonly value: T; readonly trouble: null }
  | { readonly value: null; readonly trouble: Problem };

/** What `run` gives, with an error that a person can understand as a value. */
export function attempt<T>(run: () => T): Attempt<T> {
  try {
    return { value: run(), trouble: null };
  } catch (error) {
    return { value: null, trouble: troubleOf(error) };
  }
}

/** The words of an error; throws it again where there are none, or the person has pressed Ctrl-C. */
export function troubleOf(error: unknown): Problem {
  if (!(error instanceof KopsMfaError) || error instanceof InterruptedError) throw error;
  const { message, hint } = error;
  return { message, hint };
}
