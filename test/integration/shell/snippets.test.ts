import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { integrations } from "../../../src/shell/integrations.ts";
import { describeProgram } from "../../support/describe-program.ts";
import { findShell } from "../../support/shells.ts";

/** A program that finds mistakes in a file: with an exit code, or by printing something else than `clean`. */
interface Linter {
  readonly program: string;
  readonly args: (file: string) => readonly string[];
  readonly clean?: string;
}

const linter = (program: string, ...options: readonly string[]): Linter => ({
  program,
  args: (file) => [...options, file],
});

const shellcheck = linter("shellcheck", "--norc");
// The indentation is that of the files' .editorconfig.
const shfmt = linter("shfmt", "-d", "-i", "2", "-ci");

/** PowerShell's own parser, which collects its errors. */
const parsePowerShell = (file: string): string => `
  $errors = $null
  $null = [Management.Automation.Language.Parser]::ParseFile('${file}', [ref]$null, [ref]$errors)
  $errors | ForEach-Object { [string]$_ }
  exit $errors.Count
`;

const linters: Readonly<Record<string, readonly Linter[]>> = {
  "kops-mfa.bash": [linter("bash", "-n"), shellcheck, shfmt],
  "kops-mfa.zsh": [linter("zsh", "-n"), shellcheck, shfmt],
  "kops-mfa.sh": [linter("dash", "-n"), linter("ksh", "-n"), shellcheck, shfmt],
  "kops-mfa.fish": [linter("fish", "--no-execute"), linter("fish_indent", "--check")],
  "kops-mfa.ps1": [
    {
      program: findShell("powershell") ?? "pwsh",
      args: (file) => ["-NoProfile", "-NonInteractive", "-Command", parsePowerShell(file)],
    },
  ],
  "kops-mfa.tcsh": [linter("tcsh", "-n")],
  "kops-mfa.nu": [
    {
      program: "nu",
      args: (file) => ["--no-config-file", "-c", `nu-check --debug ${file}`],
      clean: "true",
    },
  ],
  "kops-mfa.elv": [linter("elvish", "-norc", "-compileonly")],
  "kops-mfa.xsh": [
    {
      program: "xonsh",
      args: (file) => [
        "--no-rc",
        "-c",
        `_ = __xonsh__.execer.compile(open("${file}").read(), mode="exec", glbs={}, filename="${file}")`,
      ],
    },
  ],
};

function run({ program, args, clean = "" }: Linter, file: string): string {
  const { status, stdout, stderr } = spawnSync(program, args(file), {
    encoding: "utf8",
    env: { ...process.env, HOME: cwd },
  });
  const words = stdout.trim() === clean ? stderr.trim() : `${stdout}${stderr}`.trim();
  return status === 0 ? words : `${words} (exit ${String(status)})`;
}

let cwd: string;
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), "kops-mfa-"));
});
afterAll(() => rm(cwd, { recursive: true }));

it("has a linter for every file, and a shell for each", () => {
  const files = readdirSync("shell").sort();
  expect(Object.keys(linters).sort()).toEqual(files);
  expect(Object.values(integrations).map(({ file }) => file)).toEqual(
    expect.arrayContaining(files),
  );
});

describe.each(Object.entries(linters))("shell/%s", (name, programs) => {
  for (const one of programs) describeLinter(one, name);
});

function describeLinter(one: Linter, name: string): void {
  const title = `${one.program} ${one.args("").find((word) => word.startsWith("-")) ?? ""}`.trim();
  const body = () => {
    it("finds nothing", () => {
      expect(run(one, join(process.cwd(), "shell", name))).toBe("");
    });

    it("finds what is not closed", async () => {
      const broken = join(cwd, `broken${extname(name)}`);
      await writeFile(broken, `${readFileSync(join("shell", name), "utf8")}\n   if ((('\n`);
      expect(run(one, broken)).not.toBe("");
    });
  };
  describeProgram(one.program, body, title);
}
