import { expect, test } from "vitest";
import type { Check } from "../../../src/doctor/check.ts";
import { describeChecks } from "../../../src/doctor/render-report.ts";

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
  expect(describeChecks(checks, { ...paper, env: { KOPS_MFA_PLAIN: "1" } })).toBe(`\
node, ok: a, then b...
profile, wrong: wrong
what to do: Do this.
keys, not checked: because of profile

1 wrong, 1 not checked.
`);
  expect(describeChecks([{ ...checks[0]!, message: "b" }], { ...paper, env: {} })).toBe(
    "ok node  b\n\nAll is well.\n",
  );
});
