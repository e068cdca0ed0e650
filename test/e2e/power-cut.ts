import { existsSync, readFileSync, rmSync } from "node:fs";
import { expect } from "vitest";
import type { Person, Result } from "./person.ts";

/**
 * Loaded into the program before anything of its own: counts what it does to files beneath one directory, and ends it by SIGKILL
 * at the step of that number. A long text is written half before that.
 */
const hook = `
const fs = require("node:fs");
const { CUT_AT, CUT_BENEATH, CUT_LOG, CUT_STEPS } = process.env;
const paths = new Map();
const { openSync, writeSync, appendFileSync } = fs;
let step = 0;
const isMeant = (path) => path !== CUT_LOG && path.startsWith(CUT_BENEATH);
const reach = (what, path, halfway = () => undefined) => {
  if (!CUT_STEPS.split(" ").includes(what)) return;
  step += 1;
  appendFileSync(CUT_LOG, what + " " + path + "\\n");
  if (step !== Number(CUT_AT)) return;
  halfway();
  process.kill(process.pid, "SIGKILL");
};
fs.openSync = (path, flags, mode) => {
  const isWritten = typeof flags === "string" && /[wa+]/.test(flags) && isMeant(path);
  if (isWritten) reach("open", path);
  const file = openSync(path, flags, mode);
  if (isWritten) paths.set(file, path);
  return file;
};
fs.writeSync = (file, data, ...rest) => {
  const path = paths.get(file);
  const half = () => { if (data.length > 100) writeSync(file, data.subarray(0, data.length / 2)); };
  if (path !== undefined) reach("write", path, half);
  return writeSync(file, data, ...rest);
};
for (const name of ["fsyncSync", "fchmodSync"]) {
  const real = fs[name];
  fs[name] = (file, ...rest) => {
    const path = paths.get(file);
    if (path !== undefined) reach(name.slice(0, -4), path);
    return real(file, ...rest);
  };
}
const { closeSync } = fs;
fs.closeSync = (file) => {
  paths.delete(file);
  closeSync(file);
};
for (const name of ["renameSync", "unlinkSync", "mkdirSync"]) {
  const real = fs[name];
  fs[name] = (path, ...rest) => {
    if (isMeant(path)) reach(name.slice(0, -4), path);
    return real(path, ...rest);
  };
}
`;

/** What is counted; closing a file changes nothing that a power cut would show. */
type Step = "mkdir" | "open" | "write" | "fchmod" | "fsync" | "rename" | "unlink";

/**
 * Runs the program again and again, each time ended one step later, until it gets through. `check` looks at what is there each time,
 * and is told the step: `rename /home/…/config.123.abc.tmp`. A kind of step that never comes is a failure.
 */
export async function atEachStep(
  person: Person,
  beneath: string,
  kinds: readonly Step[],
  run: (env: Readonly<Record<string, string>>) => Promise<Result>,
  check: (last: string) => Promise<void>,
): Promise<void> {
  const log = person.path("steps");
  const steps = new Set<string>();
  for (let at = 1; ; at++) {
    if (existsSync(log)) rmSync(log);
    const { exitCode } = await run({
      NODE_OPTIONS: `--require ${person.write("power-cut.cjs", hook)}`,
      CUT_AT: String(at),
      CUT_BENEATH: beneath,
      CUT_LOG: log,
      CUT_STEPS: kinds.join(" "),
    });
    if (exitCode !== null) break;
    const last = readFileSync(log, "utf8").trim().split("\n").at(-1) ?? "";
    const [step = ""] = last.split(" ");
    steps.add(step);
    await check(last);
  }
  expect(steps).toEqual(new Set(kinds));
}
