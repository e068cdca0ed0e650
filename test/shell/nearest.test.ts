import { expect, it } from "vitest";
import { nearest } from "../../src/shell/nearest.ts";

const candidates = ["bash", "zsh", "fish", "powershell"];

it.for([
  ["bash", "bash"],
  ["bahs", "bash"],
  ["bsh", "bash"],
  ["ish", "zsh"],
  ["fissh", "fish"],
  ["powrshel", "powershell"],
  ["tcsh", "bash"],
  ["elvish", null],
  ["python", null],
  ["x", null],
  ["", null],
] as const)("%j: %j", ([word, expected]) => {
  expect(nearest(word, candidates)).toBe(expected);
});
