import { expect, test } from "vitest";
import { parseOptions } from "../../../bench/options.ts";

const usual = { format: "text", only: [], rounds: 15, check: false };

test.for<readonly [readonly string[], object]>([
  [[], usual],
  [["--json"], { ...usual, format: "json" }],
  [["--markdown", "--check"], { ...usual, format: "markdown", check: true }],
  [["--only", "env", "--only=status"], { ...usual, only: ["env", "status"] }],
  [["--rounds", "3"], { ...usual, rounds: 3 }],
])("%j", ([args, options]) => {
  expect(parseOptions(args)).toEqual(options);
});

test.for([
  ["--rounds", "0"],
  ["--rounds", "1.5"],
  ["--rounds", "many"],
  ["--json", "--markdown"],
  ["--fast"],
  ["env"],
])("%j is refused", (args) => {
  expect(() => parseOptions(args)).toThrow();
});
