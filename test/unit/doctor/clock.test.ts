import { expect, test } from "vitest";
import { judgeClock } from "../../../src/doctor/checks/aws.ts";

test.for([
  [0, "ok", "agrees with AWS's"],
  [-1900, "ok", "agrees with AWS's"],
  [30_000, "ok", "this machine's clock is 30 s slow"],
  [60_000, "ok", "this machine's clock is 1 min slow"],
  [-61_000, "warning", "this machine's clock is 1 min fast"],
  [300_000, "warning", "this machine's clock is 5 min slow"],
  [301_000, "failure", "this machine's clock is 5 min slow, and AWS takes 5 min at most"],
  [-86_400_000, "failure", "this machine's clock is 24 h fast, and AWS takes 5 min at most"],
] as const)("%i ms", ([offset, status, message]) => {
  expect(judgeClock(offset)).toMatchObject({ status, message });
});
