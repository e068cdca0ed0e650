import { expect, test } from "vitest";
import { nearest } from "../../src/nearest.ts";

const profiles = ["prod", "prod-admin", "staging", "dev", "kops-admin", "default"];

test.for<readonly [title: string, word: string, expected: string | null]>([
  ["itself", "prod", "prod"],
  ["two letters swapped", "prdo", "prod"],
  ["a letter too many", "prodd", "prod"],
  ["a letter too few", "prd", "prod"],
  ["another letter", "prid", "prod"],
  ["another case", "PROD", "prod"],
  ["a third of the letters wrong", "stagnign", "staging"],
  ["two swaps", "kosp-amdin", "kops-admin"],
  ["the nearer of two", "prod-admi", "prod-admin"],
  ["two of four letters wrong", "prXY", null],
  ["one of three letters", "dez", "dev"],
  ["two of three letters wrong", "dxy", null],
  ["nothing like it", "zzzzzz", null],
  ["nothing at all", "", null],
])("%s", ([, word, expected]) => {
  expect(nearest(word, profiles)).toBe(expected);
});

test.for<readonly [candidates: readonly string[], expected: string | null]>([
  [[], null],
  [["bar", "baz"], "bar"],
  [["baz", "bar"], "baz"],
  [["Bat", "bar"], "Bat"],
  [new Array<string>(3).fill("bat"), "bat"],
])("of %j for bat", ([candidates, expected]) => {
  expect(nearest("bat", candidates)).toBe(expected);
});
