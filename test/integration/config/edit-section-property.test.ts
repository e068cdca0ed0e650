import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseAwsIni } from "../../../src/config/ini.ts";
import { editProfile } from "../../../src/config/edit-section.ts";
import { ConfigError } from "../../../src/errors.ts";
import { cases, seed } from "../../fuzz/effort.ts";
import { awsFile, type Reader } from "../../support/config/grammar.ts";
import {
  findBotocore,
  readAsBotocore,
  readAsJs,
  readAsKopsMfa,
  type File,
  type Reading,
} from "./readers.ts";

const python = findBotocore();
const runs = cases(300, 10);

/** What `setup` writes: keys of which the generated files have some, in any letter case. */
const wanted = new Map<string, string | null>([
  ["role_arn", "arn:aws:iam::222222222222:role/ops/kops+admin=1,2.@x"],
  ["source_profile", "my team"],
  ["mfa_serial", null],
  ["external_id", "abc#def;1"],
  ["region", "eu-west-1"],
]);

interface Edited {
  readonly file: File;
  readonly name: string;
  readonly text: string;
}

/** The file with one of its profiles changed, or a new one; null where that is refused. */
function edited(file: File, pick: number): Edited | null {
  const reading = readAsKopsMfa(file);
  const known =
    reading === "refused"
      ? []
      : Object.keys(reading).filter((name) => !name.startsWith("sso-session "));
  const name = known[pick % (known.length + 1)] ?? "kops";
  try {
    return { file, name, text: editProfile({ path: "", text: file.text }, name, wanted) };
  } catch (error) {
    if (error instanceof ConfigError) return null;
    throw error;
  }
}

/** Which lines beneath a header are indented more than they were, over and over. */
const indentations = fc.oneof(
  fc.constantFrom([false], [true]),
  fc.array(fc.boolean(), { minLength: 2, maxLength: 9 }),
);

function indented({ kind, text }: File, pattern: readonly boolean[]): File {
  const lines = text.split("\n").map((line, index) => {
    const isMoved = pattern[index % pattern.length] === true;
    return isMoved && index > 0 && !/^[ \t]*(?:\[|\r?$)/.test(line) ? `  ${line}` : line;
  });
  return { kind, text: lines.join("\n") };
}

function sample(reader: Reader): readonly Edited[] {
  const file = awsFile(reader).filter(({ kind }) => kind === "config");
  const all = fc.sample(fc.tuple(file, indentations, fc.nat(5)), { numRuns: runs, seed });
  const done = all.flatMap(([one, moved, pick]) => edited(indented(one, moved), pick) ?? []);
  // Refusals are for oddities, and must not be what is tested.
  expect(done.length).toBeGreaterThan(runs / 2);
  return done;
}

/** A reading as lines, without the keys that were meant to change. */
function rest(reading: Reading, name: string): readonly string[] {
  if (reading === "refused") return ["refused"];
  return Object.entries(reading).flatMap(([section, values]) =>
    Object.entries(values)
      .filter(([key]) => section !== name || !wanted.has(key.toLowerCase()))
      .map(([key, value]) => `[${section}] ${key} = ${value}`),
  );
}

function compare(before: Reading, after: Reading, { name, file, text }: Edited) {
  const where = `seed ${seed}\n${JSON.stringify(file.text)}\n${JSON.stringify(text)}`;
  expect(rest(after, name), where).toEqual(rest(before, name));
  const said = after === "refused" ? {} : (after[name] ?? {});
  const found = [...wanted.keys()].map((key) => [key, said[key] ?? null] as const);
  if (before !== "refused") expect(new Map(found), where).toEqual(wanted);
}

const peers: Readonly<Record<Reader, (files: readonly File[]) => Promise<readonly Reading[]>>> = {
  js: readAsJs,
  botocore: (files) => readAsBotocore(python ?? "", files),
};

describe.each(["js", "botocore"] as const)("read by %s", (reader) => {
  const skip =
    reader === "botocore" && python === null && process.env["KOPS_MFA_REQUIRE_ALL"] !== "1";

  test.skipIf(skip)("the profile says what was meant, and nothing else has changed", async () => {
    const all = sample(reader);
    const before = await peers[reader](all.map(({ file }) => file));
    const after = await peers[reader](all.map(({ text }) => ({ kind: "config", text })));
    all.forEach((one, index) => compare(before[index]!, after[index]!, one));
  });
});

/** The lines of a file but for those of the keys that were meant to change. */
function others(text: string, name: string): readonly string[] {
  const changing = new Set(
    [...parseAwsIni(text).sections.values()]
      .filter((section) => section.name.replace(/^profile (["']?)(.*)\1$/s, "$2") === name)
      .flatMap(({ values }) =>
        [...values].filter(([key]) => wanted.has(key)).map(([, { line }]) => line),
      ),
  );
  return text.split(/(?<=\n)/).filter((line, index) => line !== "" && !changing.has(index + 1));
}

test("every other line stays as it was, byte for byte, in its place", () => {
  for (const { file, name, text } of sample("js")) {
    const left = others(file.text, name);
    const lines = text.split(/(?<=\n)/);
    let at = 0;
    for (const line of lines) {
      // The last line may have got an end, since something stands behind it now.
      if (line === left[at] || (at === left.length - 1 && line.replace(/\r?\n$/, "") === left[at]))
        at += 1;
    }
    expect(at, `seed ${seed}\n${JSON.stringify(file.text)}\n${JSON.stringify(text)}`).toBe(
      left.length,
    );
  }
});

test("a second time changes nothing", () => {
  for (const { name, text } of sample("js")) {
    expect(editProfile({ path: "", text }, name, wanted), `seed ${seed}`).toBe(text);
  }
});
