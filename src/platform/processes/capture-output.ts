import type { ChildCommand, ProgramAnswer } from "../../context/processes.ts";
import { describeErrno, errnoOf } from "../files/errno.ts";
import { execProgram } from "./start-program.ts";

/** More than any version is long. */
const mostOutput = 64 * 1024;

/** Runs a program to its end, for seconds at most, without a terminal or input, and gives back what it printed. */
export function askProgram(
  { path, name, args, env }: ChildCommand,
  seconds: number,
): Promise<ProgramAnswer> {
  const options = {
    argv0: name,
    env,
    timeout: seconds * 1000,
    killSignal: "SIGKILL",
    maxBuffer: mostOutput,
    windowsHide: true,
  } as const;
  return new Promise((resolve) => {
    const child = execProgram(path, args, options, (error, output, errors) => {
      if (error?.killed === true) resolve({ how: "timed-out" });
      else if (error && errnoOf(error) !== null) {
        resolve({ how: "not-started", why: describeErrno(error) });
      } else resolve({ how: "exited", exitCode: child.exitCode ?? 1, output, errors });
    });
    child.stdin?.on("error", () => undefined).end();
  });
}
