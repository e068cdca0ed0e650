import type { Stdout } from "../../context/terminal.ts";
import { KopsMfaError } from "../../errors.ts";
import { describeErrno } from "../files/errno.ts";
import { isTerminal } from "./is-tty.ts";
import { writeAll } from "../files/write-all.ts";

const standardOutput = 1;

/** The error for a standard output that did not take what was written. */
export function unwritable(cause: unknown): KopsMfaError {
  return new KopsMfaError(`standard output cannot be written (${describeErrno(cause)})`, {
    hint: "Nothing was lost: run the command again, with something that reads all of it.",
    cause,
  });
}

/** Written without Node's stream, which is slower to load and drops what is in flight when the process ends. */
export function realStdout(paint: Stdout["paint"]): Stdout {
  return {
    paint,
    isTerminal: isTerminal(standardOutput),
    write(text) {
      try {
        writeAll(standardOutput, text);
      } catch (cause) {
        throw unwritable(cause);
      }
    },
  };
}
