import { expect, test } from "vitest";
import { isoSeconds } from "../../../src/environment/instant.ts";

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
