import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { EnvironmentChange } from "../../src/shell/change.ts";
import type { Dialect } from "../../src/shell/dialect.ts";
import { renderShell, renderUnset } from "../../src/shell/formats.ts";
import { runShell } from "../shells.ts";
import type { RunOptions, TestShell } from "../shells.ts";

/** How a person may come to evaluate our text. */
export interface Variant extends Pick<RunOptions, "args" | "env"> {
  readonly title: string;
  /** What was typed before. */
  readonly before?: string;
  /** In place of the line that the dialect recommends. */
  readonly evaluate?: (command: string) => string;
}

type Variables = Readonly<Record<string, string>>;

/**
 * One process of the shell evaluates the change, shows its environment to a child, evaluates the reversal,
 * and shows its environment again.
 */
export async function roundTrip(
  shell: TestShell,
  dialect: Dialect,
  change: EnvironmentChange,
  { before = "", evaluate = (command) => dialect.evaluate(command), args = [], env = {} }: Variant,
) {
  const cwd = await mkdtemp(join(tmpdir(), "kops-mfa-"));
  onTestFinished(() => rm(cwd, { recursive: true }));
  const names = [...change.unset, ...change.set.map(([name]) => name)];
  await writeFile(join(cwd, "set"), renderShell(dialect, change));
  await writeFile(join(cwd, "unset"), renderUnset(dialect, names));
  await writeFile(
    join(cwd, "dump.cjs"),
    `require("fs").writeFileSync(process.argv[2], JSON.stringify(process.env))`,
  );
  const dump = `${shell === "powershell" ? "& $env:NODE" : '"$NODE"'} dump.cjs`;
  const status = `echo "${shell === "fish" ? "$status" : "$?"}"`;
  const script = [
    before,
    ...[evaluate("cat set"), status, `${dump} set.json`],
    ...[evaluate("cat unset"), status, `${dump} unset.json`],
  ].join("\n");

  const { stdout, ...result } = await runShell(shell, script, {
    args,
    env: { ...env, NODE: process.execPath },
    cwd,
  });
  const environment = async (file: string) =>
    JSON.parse(await readFile(join(cwd, file), "utf8")) as Variables;
  return {
    result: { ...result, statuses: stdout.toString().trim().split(/\s+/) },
    afterSet: await environment("set.json"),
    afterUnset: await environment("unset.json"),
  };
}
