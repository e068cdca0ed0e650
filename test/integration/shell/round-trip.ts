import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { EnvironmentChange } from "../../../src/shell/change.ts";
import type { Dialect } from "../../../src/shell/dialects/dialect.ts";
import { runShell } from "../../support/shells.ts";
import type { AnyShell, RunOptions } from "../../support/shells.ts";

/** How a person may come to evaluate our text. */
export interface Variant extends Pick<RunOptions, "args" | "env"> {
  readonly title: string;
  /** What was typed before. */
  readonly before?: string;
  /** In place of the line that the dialect recommends. */
  readonly evaluate?: (command: string) => string;
  /** The values that the shell itself can hold there; all of them, where this is absent. */
  readonly carries?: (value: string) => boolean;
}

/** How a script starts the program in the variable NODE, and how it prints the status of the line before. */
interface Words {
  readonly node: string;
  readonly status: string;
  readonly success: string;
}

const posix: Words = { node: '"$NODE"', status: 'echo "$?"', success: "0" };
/** After anything but a success, these do not come to the next line. */
const exceptions = (print: string): Omit<Words, "node"> => ({
  status: `${print} reached`,
  success: "reached",
});

const words: Readonly<Record<AnyShell, Words>> = {
  bash: posix,
  zsh: posix,
  dash: posix,
  ksh: posix,
  fish: { ...posix, status: 'echo "$status"' },
  powershell: { node: "& $env:NODE", status: 'echo "$?"', success: "True" },
  tcsh: { ...posix, status: "echo $status" },
  nushell: { node: "^$env.NODE", ...exceptions("print") },
  elvish: { node: "(external $E:NODE)", ...exceptions("echo") },
  xonsh: { node: "@($NODE)", ...exceptions("echo") },
};

type Variables = Readonly<Record<string, string>>;

/**
 * One process of the shell evaluates the change, shows its environment to a child, evaluates the reversal,
 * and shows its environment again.
 */
export async function roundTrip(
  shell: AnyShell,
  dialect: Dialect,
  change: EnvironmentChange,
  variant: Variant,
) {
  const names = [...change.unset, ...change.set.map(([name]) => name)];
  const reversal = { unset: names, set: [] };
  const { result, environments } = await evaluateAll(shell, dialect, [change, reversal], variant);
  const [afterSet = {}, afterUnset = {}] = environments;
  return { result, afterSet, afterUnset };
}

/** One process of the shell evaluates the changes, one after the other, and shows its environment to a child after each. */
export async function evaluateAll(
  shell: AnyShell,
  dialect: Dialect,
  changes: readonly EnvironmentChange[],
  { before = "", evaluate = (command) => dialect.evaluate(command), args = [], env = {} }: Variant,
) {
  const cwd = await mkdtemp(join(tmpdir(), "kops-mfa-"));
  onTestFinished(() => rm(cwd, { recursive: true }));
  const { node, status } = words[shell];
  await writeFile(
    join(cwd, "dump.cjs"),
    `require("fs").writeFileSync(process.argv[2], JSON.stringify(process.env))`,
  );
  const script = [before];
  for (const [index, change] of changes.entries()) {
    await writeFile(join(cwd, `change${index}`), dialect.render(change));
    script.push(evaluate(`cat change${index}`), status, `${node} dump.cjs ${index}.json`);
  }
  const { stdout, ...result } = await runShell(shell, script.join("\n"), {
    args,
    env: { ...env, NODE: process.execPath },
    cwd,
  });
  const environment = async (_: unknown, index: number) =>
    JSON.parse(await readFile(join(cwd, `${index}.json`), "utf8")) as Variables;
  return {
    result: { ...result, statuses: stdout.toString().trim().split(/\s+/) },
    environments: await Promise.all(changes.map(environment)),
  };
}

/** What is found when each of so many changes went well. */
export function wellDone(shell: AnyShell, changes: number) {
  const statuses = Array.from({ length: changes }, () => words[shell].success);
  return { exitCode: 0, statuses, stderr: "" };
}
