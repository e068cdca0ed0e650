import fc from "fast-check";
import { expect, test } from "vitest";
import { decodePrevious, encodePrevious, rememberFrom } from "../../../src/environment/previous.ts";
import { values } from "./build.ts";

type Pairs = readonly (readonly [name: string, value: string | null])[];

test.for<readonly [pairs: Pairs, text: string]>([
  [[], ""],
  [[["AWS_PROFILE", "dev"]], "AWS_PROFILE=dev"],
  [[["AWS_REGION", null]], "AWS_REGION"],
  [
    [
      ["AWS_PROFILE", "dev"],
      ["AWS_REGION", null],
    ],
    "AWS_PROFILE=dev,AWS_REGION",
  ],
  [[["AWS_PROFILE", ""]], "AWS_PROFILE="],
  [[["AWS_PROFILE", "a,b=c"]], "AWS_PROFILE=a%2Cb%3Dc"],
  [[["AWS_PROFILE", "my team"]], "AWS_PROFILE=my%20team"],
  [[["AWS_PROFILE", "100%"]], "AWS_PROFILE=100%25"],
  [[["AWS_PROFILE", "$(id)`'\"\\\n!*~"]], "AWS_PROFILE=%24%28id%29%60%27%22%5C%0A%21%2A%7E"],
  [[["AWS_ROLE_ARN", "arn:aws:iam::1:role/x"]], "AWS_ROLE_ARN=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fx"],
])("%j as %s, and back", ([pairs, text]) => {
  expect(encodePrevious(new Map(pairs))).toBe(text);
  expect([...decodePrevious(text)]).toEqual(pairs);
});

const names = fc.stringMatching(/^[A-Za-z_]\w{0,8}$/);
const previous = fc
  .uniqueArray(fc.tuple(names, fc.option(values)), { selector: ([name]) => name })
  .map((pairs) => new Map(pairs));

test("any values come back", () => {
  fc.assert(
    fc.property(previous, (map) => {
      expect(decodePrevious(encodePrevious(map))).toEqual(map);
    }),
  );
});

test("no character means anything to a shell, dotenv or JSON", () => {
  fc.assert(
    fc.property(previous, (map) => {
      expect(encodePrevious(map)).toMatch(/^[\w=,%.-]*$/);
    }),
  );
});

test("a lone surrogate, which no environment has, does no harm", () => {
  expect(encodePrevious(new Map([["AWS_PROFILE", "\ud800"]]))).toBe("AWS_PROFILE=%EF%BF%BD");
});

test.for<readonly [text: string, pairs: Pairs]>([
  [",,,", []],
  ["=dev", []],
  ["1A=dev", []],
  ["A-B=dev", []],
  ["A B=dev", []],
  ["AWS_PROFILE=%", []],
  ["AWS_PROFILE=%zz", []],
  ["AWS_PROFILE=%E0%A4%A,AWS_REGION=x", [["AWS_REGION", "x"]]],
  ["AWS_PROFILE=a=b", [["AWS_PROFILE", "a=b"]]],
  ["AWS_PROFILE=a,AWS_PROFILE=b", [["AWS_PROFILE", "b"]]],
  [" AWS_PROFILE=a", []],
  ['{"AWS_PROFILE":"a"}', []],
  ["\n\0\u2028", []],
])("garbage: %j", ([text, pairs]) => {
  expect([...decodePrevious(text)]).toEqual(pairs);
});

test("any text can be read", () => {
  fc.assert(
    fc.property(values, (text) => {
      const wrong = [...decodePrevious(text).keys()].filter((name) => !/^[A-Za-z_]\w*$/.test(name));
      expect(wrong).toEqual([]);
    }),
  );
});

test("what is remembered", () => {
  const env = { AWS_PROFILE: "dev", AWS_REGION: "", HOME: "/home/jon" };
  expect([...rememberFrom(env, ["AWS_PROFILE", "AWS_REGION", "AWS_ROLE_ARN"])]).toEqual([
    ["AWS_PROFILE", "dev"],
    ["AWS_REGION", ""],
    ["AWS_ROLE_ARN", null],
  ]);
});
