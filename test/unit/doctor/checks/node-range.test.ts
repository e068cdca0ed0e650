import { expect, test } from "vitest";
import { isInRange } from "../../../../src/doctor/checks/node-range.ts";

const range = "^20.17.0 || >=22.9.0";

test.for([
  ["18.20.8", false],
  ["20.16.9", false],
  ["20.17.0", true],
  ["20.100.0", true],
  ["21.7.3", false],
  ["22.8.0", false],
  ["22.9.0", true],
  ["24.0.0", true],
  ["22.9.0-nightly20240901", true],
] as const)("%s", ([version, isIn]) => {
  expect(isInRange(version, range)).toBe(isIn);
});

test("what is not understood lets nothing in; * lets everything in", () => {
  expect([isInRange("22.9.0", "~22.9.0"), isInRange("1.0.0", "*")]).toEqual([false, true]);
});
