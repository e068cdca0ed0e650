import { expect, test } from "vitest";
import { expiryInWords, timeInWords } from "../../src/expiry.ts";

const [second, minute, hour] = [1000, 60_000, 3_600_000];

test.for([
  [0, "less than 1 s"],
  [999, "less than 1 s"],
  [second, "1 s"],
  [59_999, "59 s"],
  [minute, "1 min"],
  [42 * minute + 59 * second, "42 min"],
  [hour - 1, "59 min"],
  [hour, "1 h"],
  [hour + 59 * second, "1 h"],
  [hour + minute, "1 h 1 min"],
  [hour + 5 * minute, "1 h 5 min"],
  [12 * hour - 1, "11 h 59 min"],
  [48 * hour - 1, "47 h 59 min"],
  [48 * hour, "2 days"],
] as const)("%i ms are %s", ([ms, text]) => {
  expect(timeInWords(ms)).toBe(text);
});

test.for([
  [hour + 5 * minute, "1 h 5 min left"],
  [42 * minute, "42 min left"],
  [minute, "1 min left"],
  [minute - 1, "59 s left"],
  [second, "1 s left"],
  [1, "less than 1 s left"],
  [0, "expired just now"],
  [-999, "expired just now"],
  [-second, "expired 1 s ago"],
  [-59_999, "expired 59 s ago"],
  [-3 * minute, "expired 3 min ago"],
  [-hour - minute, "expired 1 h 1 min ago"],
  [-800 * 24 * hour, "expired 800 days ago"],
] as const)("with %i ms to go: %s", ([left, text]) => {
  const now = Date.parse("2026-01-02T03:04:05Z");
  expect(expiryInWords(now + left, now)).toBe(text);
});
