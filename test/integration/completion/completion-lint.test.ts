import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";
import { isOnPath } from "../../support/programs.ts";

type Linter = readonly [program: string, ...options: string[]];

/** What looks at a file, named behind the options or in the last of them, without running it. */
const shellcheck: Linter = ["shellcheck"];
const shfmt: Linter = ["shfmt", "--diff", "--indent", "2", "--case-indent"];
const zsh: Linter = ["zsh", "-n"];
const fish: Linter = ["fish", "--no-config", "--no-execute"];
const fishIndent: Linter = ["fish_indent", "--check"];
const elvish: Linter = ["elvish", "-compileonly"];
const nushell: Linter = [
  "nu",
  "--no-config-file",
  "-c",
  "if not (nu-check --debug FILE) { exit 1 }",
];
const powershell: Linter = [
  ...(["pwsh", "-NoProfile", "-Command"] as const),
  `$wrong = $null
  $null = [System.Management.Automation.Language.Parser]::ParseFile('${process.cwd()}/FILE', [ref]$null, [ref]$wrong)
  $wrong | ForEach-Object { $_.Message }; exit $wrong.Count`,
];

const files: Readonly<Record<string, readonly Linter[]>> = {
  "completions/kops-mfa.bash": [shellcheck, shfmt, ["bash", "-n"]],
  "completions/_kops-mfa": [zsh],
  "completions/kops-mfa.fish": [fish, fishIndent],
  "completions/kops-mfa.ps1": [powershell],
  "completions/kops-mfa.nu": [nushell],
  "completions/kops-mfa.elv": [elvish],
  "kops-mfa.plugin.zsh": [zsh],
  "conf.d/kops-mfa.fish": [fish, fishIndent],
  "kops-mfa.psm1": [powershell],
  "kops-mfa.psd1": [powershell],
};

describe.each(Object.entries(files))("%s", (file, linters) => {
  for (const [program, ...options] of linters) {
    const isMissing = !isOnPath(program) && process.env["KOPS_MFA_REQUIRE_ALL"] !== "1";
    const title = `${program} has nothing to say${isMissing ? " (not installed)" : ""}`;
    test.skipIf(isMissing)(title, () => {
      const named = options.map((option) => option.replace("FILE", file));
      const args = named.join() === options.join() ? [...options, file] : named;
      const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: "utf8" });
      expect([error, status, stdout, stderr]).toEqual([undefined, 0, "", ""]);
    });
  }
});

test("the module has the version of the package", () => {
  const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
  expect(readFileSync("kops-mfa.psd1", "utf8")).toContain(`'${version}'`);
});
