import { describe, expect, test } from "vitest";
import type { Check } from "../../src/doctor/check.ts";
import { describeChecks, showsSigns } from "../../src/doctor/report.ts";

describe("signs beyond ASCII", () => {
  test.for<readonly [Record<string, string>, string, boolean]>([
    [{ LANG: "en_GB.UTF-8" }, "linux", true],
    [{ LANG: "de_DE.utf8", TERM: "xterm" }, "linux", true],
    [{ LANG: "en_GB.UTF-8", LC_ALL: "C" }, "linux", false],
    [{ LANG: "C", LC_CTYPE: "UTF-8" }, "darwin", true],
    [{ LANG: "en_GB.UTF-8", LC_ALL: "" }, "linux", true],
    [{ LANG: "en_GB.UTF-8", TERM: "dumb" }, "linux", false],
    [{}, "linux", false],
    [{}, "win32", false],
    [{ WT_SESSION: "x" }, "win32", true],
  ])("%o on %s", ([env, platform, shows]) => {
    expect(showsSigns({ env, platform })).toBe(shows);
  });
});

const checks: readonly Check[] = [
  { check: "node", status: "ok", message: "a → b…", cure: null },
  { check: "profile", status: "failure", message: "wrong", cure: "Do this." },
  { check: "keys", status: "skipped", message: "not checked: profile", cure: null },
];

test("a line for each, the cure beneath, and the sum", () => {
  const paper = { platform: "linux", paint: (_: unknown, text: string) => text };
  expect(describeChecks(checks, { ...paper, env: { LANG: "C.UTF-8" } })).toBe(`\
✓ node     a → b…
✗ profile  wrong
           Do this.
- keys     not checked: profile

1 wrong, 1 not checked.
`);
  expect(describeChecks(checks, { ...paper, env: {} })).toBe(`\
ok node     a -> b...
x  profile  wrong
            Do this.
-  keys     not checked: profile

1 wrong, 1 not checked.
`);
  expect(describeChecks([{ ...checks[0]!, message: "b" }], { ...paper, env: {} })).toBe(
    "ok node  b\n\nAll is well.\n",
  );
});
