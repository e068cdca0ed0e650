import { errnoOf } from "../files/errno.ts";
import { mayBeTerminal } from "./may-be-tty.ts";

/** Whether a file descriptor is a terminal. Where it cannot be one, nothing is loaded: node:tty takes a tenth of Node's start. */
export function isTerminal(descriptor: number): boolean {
  try {
    if (!mayBeTerminal(descriptor)) return false;
  } catch (error) {
    // EBADF: it is closed.
    if (errnoOf(error) === null) throw error;
    return false;
  }
  return process.getBuiltinModule("node:tty").isatty(descriptor);
}
