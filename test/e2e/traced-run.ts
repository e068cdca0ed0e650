import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { program, runProgram, type Person, type Result } from "./person.ts";

/** Without strace there is no telling what was started: a visible skip, and in CI a failure. */
export const skipWithoutStrace =
  spawnSync("strace", ["-V"]).status !== 0 && process.env["KOPS_MFA_REQUIRE_ALL"] !== "1";

/** A program that was started, or tried to be, by the program under test or by what that has started. */
export interface Started {
  readonly argv: string;
  readonly environ: string;
}

export interface TracedResult extends Result {
  readonly started: readonly Started[];
}

/** Runs the built program without a terminal, and notes arguments and environment of every process, however short its life. */
export async function tracedRun(
  person: Person,
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<TracedResult> {
  const file = person.path("trace");
  const options = ["-f", "--seccomp-bpf", "-qq", "-v", "-s", "200000", "-e", "trace=execve"];
  const result = await runProgram(
    "strace",
    [...options, "-o", file, process.execPath, program, ...words],
    { ...person.env, ...env },
  );
  const [, ...started] = readFileSync(file, "utf8")
    .split("\n")
    .flatMap((line) => readExecve(line));
  return { ...result, started };
}

function readExecve(line: string): readonly Started[] {
  const [, argv, environ] = /execve\("(?:[^"\\]|\\.)*", \[(.*?)\], \[(.*)\]/.exec(line) ?? [];
  return argv === undefined || environ === undefined ? [] : [{ argv, environ }];
}

/**
 * What strace says of each file that Node opens when it runs these words. Of each thread in a file of its own, so that no line is torn
 * by another thread's.
 */
export async function tracedOpens(
  person: Person,
  words: readonly string[],
): Promise<readonly string[]> {
  const folder = mkdtempSync(person.path("trace-"));
  const options = ["-ff", "-qq", "-s", "300", "-e", "trace=open,openat", "-o", join(folder, "of")];
  await runProgram("strace", [...options, process.execPath, ...words], person.env);
  const traces = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
  rmSync(folder, { recursive: true });
  return traces.flatMap((trace) => trace.split("\n"));
}
