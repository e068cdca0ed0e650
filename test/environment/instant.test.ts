import { expect, test } from "vitest";
import { isoSeconds, timeLeft } from "../../src/environment/instant.ts";

test.for([
  [0, "1970-01-01T00:00:00Z"],
  [999, "1970-01-01T00:00:00Z"],
  [1000, "1970-01-01T00:00:01Z"],
  [1_767_323_045_000, "2026-01-02T03:04:05Z"],
  [1_767_323_045_999, "2026-01-02T03:04:05Z"],
  // Conformance 36.
  [Date.parse("2020-09-10T18:16:52+02:00"), "2020-09-10T16:16:52Z"],
] as const)("%i is %s", ([ms, text]) => {
  expect(isoSeconds(ms)).toBe(text);
});

const [second, minute, hour] = [1000, 60_000, 3_600_000];

test.for([
  [-hour, "nothing"],
  [0, "nothing"],
  [999, "nothing"],
  [second, "1 s"],
  [59_999, "59 s"],
  [minute, "1 min"],
  [42 * minute + 59 * second, "42 min"],
  [hour - 1, "59 min"],
  [hour, "1 h"],
  [hour + 59 * second, "1 h"],
  [hour + minute, "1 h 1 min"],
  [12 * hour - 1, "11 h 59 min"],
  [36 * hour, "36 h"],
] as const)("%i ms are %s", ([ms, text]) => {
  expect(timeLeft(ms)).toBe(text);
});
