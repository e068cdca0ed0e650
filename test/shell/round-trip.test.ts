import { expect, it } from "vitest";
import type { EnvironmentChange } from "../../src/shell/change.ts";
import type { Dialect } from "../../src/shell/dialect.ts";
import { fish } from "../../src/shell/fish.ts";
import { bash, sh, zsh } from "../../src/shell/posix.ts";
import { powershell } from "../../src/shell/powershell.ts";
import { describeShell } from "../shells.ts";
import type { TestShell } from "../shells.ts";
import { generatedValues, hostileValues } from "./hostile-values.ts";
import { roundTrip } from "./round-trip.ts";
import type { Variant } from "./round-trip.ts";

// Windows has no longer values.
const longest = process.platform === "win32" ? 32_000 : Infinity;
const variables = [...hostileValues, ...generatedValues]
  .filter((value) => value.length < longest)
  .map((value, index): [string, string] => [`KM_${index}`, value]);
const change: EnvironmentChange = { unset: ["KM_MISSING", "KM_0"], set: variables };

const plain: Variant = { title: "as it is" };
const strict: Variant = { title: "errexit, nounset", args: ["-eu"] };
const locale: Variant = { title: "LC_ALL=C", env: { LC_ALL: "C" } };
const option = (name: string): Variant => ({ title: name, args: ["-o", name] });

const cases: readonly (readonly [TestShell, Dialect, readonly Variant[]])[] = [
  [
    "bash",
    bash,
    [
      plain,
      { title: "errexit, nounset, pipefail", args: ["-eu", "-o", "pipefail"] },
      { title: "--posix", args: ["--posix"] },
      { title: "history expansion", args: ["-H"] },
      { title: "from a file", evaluate: (command) => `${command} > code; . ./code` },
      locale,
    ],
  ],
  [
    "zsh",
    zsh,
    [
      plain,
      strict,
      ...["EXTENDED_GLOB", "SH_WORD_SPLIT", "RC_QUOTES", "MAGIC_EQUAL_SUBST"].map(option),
      option("KSH_ARRAYS"),
      { title: "interactive", args: ["-i"] },
      { title: "as sh", before: "emulate sh" },
      locale,
    ],
  ],
  ["dash", sh, [plain, strict, locale]],
  ["ksh", sh, [plain, strict, locale]],
  [
    "fish",
    fish,
    [
      plain,
      { title: "psub", evaluate: (command) => `source (${command} | psub)` },
      { title: "string collect", evaluate: (command) => `eval (${command} | string collect)` },
      { title: "after a failure", before: "false" },
      locale,
    ],
  ],
  [
    "powershell",
    powershell,
    [
      plain,
      {
        title: "strict mode, stop at errors",
        before: "Set-StrictMode -Version Latest; $ErrorActionPreference = 'Stop'",
      },
    ],
  ],
];

for (const [shell, dialect, variants] of cases) {
  describeShell(shell, () => {
    it.for(variants)("takes each value as it is: $title", { timeout: 60_000 }, async (variant) => {
      const trip = await roundTrip(shell, dialect, change, variant);
      const status = shell === "powershell" ? "True" : "0";
      expect(trip.result).toEqual({ exitCode: 0, statuses: [status, status], stderr: "" });
      expect(variables.filter(([name, value]) => trip.afterSet[name] !== value)).toEqual([]);
      expect(Object.keys(trip.afterUnset).filter((name) => name.startsWith("KM_"))).toEqual([]);
    });
  });
}
