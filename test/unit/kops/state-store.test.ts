import { expect, test } from "vitest";
import { findStateStore, placeInS3 } from "../../../src/kops/state-store.ts";

interface Given {
  readonly words?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly home?: string | null;
}

function find({ words = [], env = {}, files = {}, home = "/home/jon" }: Given): string | null {
  const found = findStateStore({ words, env, home, read: (path) => files[path] ?? null });
  return found && `${found.value} (${found.from})`;
}

const variable = { KOPS_STATE_STORE: "s3://variable" };
const file = { "/home/jon/.kops.yaml": "KOPS_STATE_STORE: s3://file\n" };

test.for<readonly [title: string, given: Given, found: string | null]>([
  ["nothing", {}, null],
  [
    "flag before variable",
    { words: ["--state", "s3://flag", "get"], env: variable },
    "s3://flag (--state)",
  ],
  [
    "flag, in one word, at the end",
    { words: ["get", "clusters", "--state=s3://flag"] },
    "s3://flag (--state)",
  ],
  [
    "what stands behind -- is no flag",
    { words: ["toolbox", "--", "--state=a"], env: variable },
    "s3://variable (KOPS_STATE_STORE)",
  ],
  ["variable before file", { env: variable, files: file }, "s3://variable (KOPS_STATE_STORE)"],
  [
    "an empty variable is none",
    { env: { KOPS_STATE_STORE: "" }, files: file },
    "s3://file (~/.kops.yaml)",
  ],
  [
    "the older file",
    { files: { "/home/jon/.kops/config": "kops_state_store: s3://old" } },
    "s3://old (~/.kops/config)",
  ],
  [
    "one file hides the other",
    { files: { ...file, "/home/jon/.kops/config": "KOPS_STATE_STORE: s3://old" } },
    "s3://file (~/.kops.yaml)",
  ],
  [
    "the first file counts, also where it says nothing",
    {
      files: {
        "/home/jon/.kops.yaml": "a: b",
        "/home/jon/.kops/config": "KOPS_STATE_STORE: s3://old",
      },
    },
    null,
  ],
  [
    "the file that is named",
    {
      words: ["--config", "my.yaml", "get"],
      files: { ...file, "my.yaml": "KOPS_STATE_STORE: s3://mine" },
    },
    "s3://mine (my.yaml)",
  ],
  ["no home", { home: null, files: file }, null],
])("%s", ([, given, found]) => {
  expect(find(given)).toBe(found);
});

test.for<readonly [text: string, value: string | null]>([
  ["KOPS_STATE_STORE: s3://a # mine", "s3://a"],
  ["a: b\r\nKOPS_STATE_STORE: s3://a\r\nc: d\r\n", "s3://a"],
  ["KOPS_STATE_STORE: 's3://a'", "s3://a"],
  ['"KOPS_STATE_STORE" :   "s3://a"   # x', "s3://a"],
  ["# KOPS_STATE_STORE: s3://a", null],
  ["MY_KOPS_STATE_STORE: s3://a", null],
  ["KOPS_STATE_STORE:\n  nested: s3://a", null],
])("%j", ([text, value]) => {
  expect(find({ files: { "/home/jon/.kops.yaml": text } })).toBe(
    value && `${value} (~/.kops.yaml)`,
  );
});

test.for<readonly [value: string, place: ReturnType<typeof placeInS3>]>([
  ["s3://a.b-c", { bucket: "a.b-c", prefix: "" }],
  ["s3://a/", { bucket: "a", prefix: "" }],
  ["s3://a/b/c//", { bucket: "a", prefix: "b/c" }],
  ["s3://", null],
  ["gs://a", null],
  ["file:///tmp", null],
  ["clusters.example.com", null],
])("%s", ([value, place]) => {
  expect(placeInS3({ value, from: "" })).toEqual(place);
});
