import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { EnvironmentChange } from "../../src/shell/change.ts";
import type { Dialect } from "../../src/shell/dialect.ts";
import { fish } from "../../src/shell/fish.ts";
import { renderShell, renderUnset } from "../../src/shell/formats.ts";
import { bash, sh, zsh } from "../../src/shell/posix.ts";
import { powershell } from "../../src/shell/powershell.ts";
import { describeShell, runShell } from "../shells.ts";
import type { RunOptions, TestShell } from "../shells.ts";
import { generatedValues, hostileValues } from "./hostile-values.ts";

const values = [...hostileValues, ...generatedValues];
const variables = values.map((value, index): [string, string] => [`KM_${index}`, value]);
const change: EnvironmentChange = { unset: ["KM_MISSING", "KM_0"], set: variables };

interface Variant extends RunOptions {
  readonly title: string;
  /** What the person has typed before. */
  readonly before?: string;
  /** How the output is evaluated, where it isn't the line that the dialect recommends. */
  readonly evaluate?: (command: string) => string;
}

const locale = { title: "LC_ALL=C", env: { LC_ALL: "C" } } as const;

const cases: readonly {
  readonly shell: TestShell;
  readonly dialect: Dialect;
  readonly variants: readonly Variant[];
}[] = [
  {
    shell: "bash",
    dialect: bash,
    variants: [
      { title: "as it is" },
      { title: "errexit, nounset, pipefail", args: ["-eu", "-o", "pipefail"] },
      { title: "--posix", args: ["--posix"] },
      { title: "history expansion", args: ["-H"] },
      { title: "interactive", args: ["-i"], env: { PS1: "" } },
      { title: "from a file", evaluate: (command) => `${command} > code; . ./code` },
      locale,
    ],
  },
  {
    shell: "zsh",
    dialect: zsh,
    variants: [
      { title: "as it is" },
      { title: "errexit, nounset", args: ["-eu"] },
      { title: "EXTENDED_GLOB", args: ["-o", "EXTENDED_GLOB"] },
      { title: "SH_WORD_SPLIT", args: ["-o", "SH_WORD_SPLIT"] },
      { title: "RC_QUOTES", args: ["-o", "RC_QUOTES"] },
      { title: "MAGIC_EQUAL_SUBST", args: ["-o", "MAGIC_EQUAL_SUBST"] },
      { title: "KSH_ARRAYS", args: ["-o", "KSH_ARRAYS"] },
      { title: "interactive", args: ["-i"], env: { PS1: "" } },
      { title: "emulating sh", args: ["--emulate", "sh"] },
      locale,
    ],
  },
  {
    shell: "dash",
    dialect: sh,
    variants: [{ title: "as it is" }, { title: "errexit, nounset", args: ["-eu"] }, locale],
  },
  {
    shell: "ksh",
    dialect: sh,
    variants: [{ title: "as it is" }, { title: "errexit, nounset", args: ["-eu"] }, locale],
  },
  {
    shell: "fish",
    dialect: fish,
    variants: [
      { title: "as it is" },
      { title: "psub", evaluate: (command) => `source (${command} | psub)` },
      { title: "string collect", evaluate: (command) => `eval (${command} | string collect)` },
      locale,
    ],
  },
  {
    shell: "powershell",
    dialect: powershell,
    variants: [
      { title: "as it is" },
      {
        title: "strict mode, stop at errors",
        before: "Set-StrictMode -Version Latest; $ErrorActionPreference = 'Stop'",
      },
    ],
  },
];

describe.each(cases)("$dialect.name text", ({ shell, dialect, variants }) => {
  describeShell(shell, () => {
    it.each(variants)("arrives and goes again: $title", async ({ before, evaluate, ...options }) => {
      const { set, unset, ...run } = await roundTrip(shell, dialect, { before, evaluate, options });
      expect(run).toEqual({ exitCode: 0, statuses: okay(shell), stderr: "" });
      expect(variables.filter(([name, value]) => set[name] !== value)).toEqual([]);
      expect(Object.keys(unset).filter((name) => name.startsWith("KM_"))).toEqual([]);
    });
  });
});

/** `$?` after each of the two evaluations. */
const okay = (shell: TestShell): string => (shell === "powershell" ? "True True " : "0 0 ");
const statusVariable = (shell: TestShell): string => (shell === "fish" ? "$status" : "$?");

interface Typed {
  readonly before: string | undefined;
  readonly evaluate: Variant["evaluate"];
  readonly options: RunOptions;
}

/** One process of the shell evaluates all, shows its environment to a child, undoes it, and shows it again. */
async function roundTrip(shell: TestShell, dialect: Dialect, typed: Typed) {
  const folder = await mkdtemp(join(tmpdir(), "kops-mfa-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const dump = `require("fs").writeFileSync(process.argv[2], JSON.stringify(process.env))`;
  await writeFile(join(folder, "dump.cjs"), dump);
  await writeFile(join(folder, "set"), renderShell(dialect, change));
  const names = [...variables.map(([name]) => name), "KM_MISSING"];
  await writeFile(join(folder, "unset"), renderUnset(dialect, names));

  const { before = "", evaluate = dialect.evaluate, options } = typed;
  const status = `echo "${statusVariable(shell)}"`;
  const node = shell === "powershell" ? "& $env:NODE" : `"$NODE"`;
  const script = [
    before,
    evaluate("cat set"),
    status,
    `${node} dump.cjs set.json`,
    evaluate("cat unset"),
    status,
    `${node} dump.cjs unset.json`,
  ].join("\n");
  const env = { ...options.env, NODE: process.execPath };
  const { exitCode, stdout, stderr } = await runShell(shell, script, {
    ...options,
    env,
    cwd: folder,
  });
  const environment = async (file: string) =>
    JSON.parse(await readFile(join(folder, file), "utf8")) as Readonly<Record<string, string>>;
  return {
    exitCode,
    statuses: stdout.toString().replace(/\s+/g, " "),
    stderr,
    set: await environment("set.json"),
    unset: await environment("unset.json"),
  };
}
