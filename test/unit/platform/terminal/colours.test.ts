import { expect, test } from "vitest";
import { hasColours } from "../../../../src/platform/terminal/colours.ts";

type Case = readonly [env: Readonly<Record<string, string>>, onTerminal: boolean, inFile: boolean];

test.for<Case>([
  [{}, true, false],
  [{ NO_COLOR: "1" }, false, false],
  [{ NO_COLOR: "0" }, false, false],
  [{ NO_COLOR: "" }, true, false],
  [{ FORCE_COLOR: "1" }, true, true],
  [{ FORCE_COLOR: "3" }, true, true],
  [{ FORCE_COLOR: "true" }, true, true],
  [{ FORCE_COLOR: "0" }, false, false],
  [{ FORCE_COLOR: "false" }, false, false],
  [{ FORCE_COLOR: "" }, true, false],
  [{ FORCE_COLOR: "1", NO_COLOR: "1" }, false, false],
  [{ FORCE_COLOR: "1", TERM: "dumb" }, true, true],
  [{ FORCE_COLOR: "1", KOPS_MFA_PLAIN: "1" }, true, true],
  [{ TERM: "dumb" }, false, false],
  [{ TERM: "" }, false, false],
  [{ KOPS_MFA_PLAIN: "1" }, false, false],
  [{ CLICOLOR: "0" }, false, false],
  [{ CLICOLOR: "1" }, true, false],
  [{ CLICOLOR_FORCE: "1" }, true, true],
  [{ CLICOLOR_FORCE: "0" }, true, false],
  [{ CLICOLOR_FORCE: "1", NO_COLOR: "1" }, false, false],
  [{ CLICOLOR_FORCE: "1", FORCE_COLOR: "0" }, false, false],
  [{ CI: "true" }, true, false],
])("%o", ([more, onTerminal, inFile]) => {
  const env = { TERM: "xterm", ...more };
  expect([true, false].map((one) => hasColours(env, "linux", one))).toEqual([onTerminal, inFile]);
});

test("a console of Windows has no TERM", () => {
  expect(hasColours({}, "win32", true)).toBe(true);
  expect(hasColours({}, "linux", true)).toBe(false);
});
