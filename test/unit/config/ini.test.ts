import { parse } from "ini";
import { describe, expect, test, vi } from "vitest";
import { parseAwsIni, type ParsedIni } from "../../../src/config/ini.ts";

/** The file by section and key; a block as an object. */
function plain({ sections }: ParsedIni): unknown {
  return Object.fromEntries(
    [...sections].map(([name, { values }]) => [
      name,
      Object.fromEntries(
        [...values].map(([key, { value, nested }]) => [
          key,
          nested ? Object.fromEntries([...nested].map(([k, v]) => [k, v.value])) : value,
        ]),
      ),
    ]),
  );
}

/** A line of `[p]`, what we read, and what `ini` alone would have made of it. */
const properties: readonly (readonly [line: string, ours: object, alone: object])[] = [
  ["region = us-east-1", { region: "us-east-1" }, { region: "us-east-1" }],
  ["REGION=us-east-1", { region: "us-east-1" }, { REGION: "us-east-1" }],
  ["external_id = abc#def", { external_id: "abc#def" }, { external_id: "abc" }],
  ["external_id = a;b", { external_id: "a;b" }, { external_id: "a" }],
  ["external_id =#abc", { external_id: "#abc" }, { external_id: "" }],
  ["external_id = abc #def", { external_id: "abc" }, { external_id: "abc" }],
  ["external_id = abc\t; def", { external_id: "abc" }, { external_id: "abc" }],
  ["external_id = # none", { external_id: "" }, { external_id: "" }],
  ["external_id : abc", { external_id: "abc" }, { "external_id : abc": true }],
  ["external_id : a=b", { external_id: "a=b" }, { "external_id : a": "b" }],
  ["external_id = a:b=c", { external_id: "a:b=c" }, { external_id: "a:b=c" }],
  ["external_id =", { external_id: "" }, { external_id: "" }],
  ["external_id = true", { external_id: "true" }, { external_id: true }],
  ["external_id = null", { external_id: "null" }, { external_id: null }],
  ["external_id = 0012", { external_id: "0012" }, { external_id: "0012" }],
  ['external_id = "abc"', { external_id: "abc" }, { external_id: "abc" }],
  ["external_id = 'abc'", { external_id: "abc" }, { external_id: "abc" }],
  ["external_id = '1'", { external_id: "1" }, { external_id: 1 }],
  [`external_id = "it's"`, { external_id: "it's" }, { external_id: "it's" }],
  ['external_id = "a\\"b"', { external_id: 'a\\"b' }, { external_id: 'a"b' }],
  ['external_id = "a\\nb"', { external_id: "a\\nb" }, { external_id: "a\nb" }],
  ["external_id = a\\\\b\\", { external_id: "a\\\\b\\" }, { external_id: "a\\b\\" }],
  ["external_id = \"'", { external_id: "\"'" }, { external_id: "\"'" }],
  ["external_id = é漢😀", { external_id: "é漢😀" }, { external_id: "é漢😀" }],
  ["external_id = a\u2028b", { external_id: "a\u2028b" }, {}],
  ["k[] = a", { "k[]": "a" }, { k: ["a"] }],
  ["a.b = c", { "a.b": "c" }, { "a.b": "c" }],
  ["a;b = c", { "a;b": "c" }, { a: "c" }],
  ["a%b\"c' = d", { "a%b\"c'": "d" }, { "a%b\"c'": "d" }],
  ["my key = a", { "my key": "a" }, { "my key": "a" }],
  ["  region = a # b", { region: "a" }, { region: "a" }],
  ["region = a\r", { region: "a" }, { region: "a" }],
  ["s3 =\n  style = path", { s3: { style: "path" } }, { s3: "", style: "path" }],
  ["s3 =\n\n # c\n\tA = b\n  c : d", { s3: { a: "b", c: "d" } }, { s3: "", A: "b", "c : d": true }],
  ["s3 =\n  a = b # c\n  d = 'e'", { s3: { a: "b # c", d: "e" } }, { s3: "", a: "b", d: "e" }],
  ["s3 =\n  a = b\ns3 =\n  c = d", { s3: { c: "d" } }, { s3: "", a: "b", c: "d" }],
  ["s3 =\n  a = b\ns3 = c", { s3: "c" }, { s3: "c", a: "b" }],
  ["s3 = ''\n  a = b", { s3: { a: "b" } }, { s3: "", a: "b" }],
  ["s3 = a\n  b = c", { s3: "a", b: "c" }, { s3: "a", b: "c" }],
  ["x = a\n  b c  \n\td # e", { x: "a\nb c\nd # e" }, { x: "a", "b c": true, d: true }],
  ["x = a\nx = b", { x: "b" }, { x: "b" }],
];

describe("properties", () => {
  test.each(properties)("%j", (line, ours, alone) => {
    const text = `[p]\n${line}\n`;
    expect(plain(parseAwsIni(text))).toEqual({ p: ours });
    expect(parse(text)).toEqual({ p: alone });
  });

  test("the name of JavaScript's prototype is a name like any other", () => {
    const text = "[__proto__]\n__proto__ = a\nconstructor = b\ns3 =\n  __proto__ = c";
    const section = parseAwsIni(text).sections.get("__proto__");
    expect([...(section?.values.keys() ?? [])]).toEqual(["__proto__", "constructor", "s3"]);
    expect(section?.values.get("s3")?.nested?.get("__proto__")?.value).toBe("c");
    expect(parse(text)).toEqual({});
  });

  test("the quotes of a command line stay", () => {
    const text = `[p]\ncredential_process = "/a b"\nmfa_process = 'c'`;
    expect(plain(parseAwsIni(text))).toEqual({
      p: { credential_process: '"/a b"', mfa_process: "'c'" },
    });
  });
});

/** A header, the section we read, and what `ini` alone would have made of it. */
const headers: readonly (readonly [line: string, name: string, alone: unknown])[] = [
  ["[default]", "default", { default: { x: "y" } }],
  ["[profile prod]", "profile prod", { "profile prod": { x: "y" } }],
  ["[profile prod.admin]", "profile prod.admin", { "profile prod": { admin: { x: "y" } } }],
  ["[profile a\\.b]", "profile a\\.b", { "profile a.b": { x: "y" } }],
  ["[ profile \t my  team ]", "profile my  team", { "profile \t my  team": { x: "y" } }],
  ['[profile "my team"]', 'profile "my team"', { 'profile "my team"': { x: "y" } }],
  ["[profile a]b]", "profile a]b", { "[profile a]b]": true, x: "y" }],
  ["[profile a] # b", "profile a", { "[profile a]": true, x: "y" }],
  ["[profile a];b", "profile a", { "[profile a]": true, x: "y" }],
  ["  [profile a]  ", "profile a", { "[profile a]": true, x: "y" }],
  ["[profile a=b]", "profile a=b", { "profile a=b": { x: "y" } }],
  ["[profile é]\r", "profile é", { "profile é": { x: "y" } }],
  ["[42]", "42", { 42: { x: "y" } }],
];

describe("headers", () => {
  test.each(headers)("%j", (line, name, alone) => {
    const text = `${line}\nx = y`;
    const { sections } = parseAwsIni(text);
    expect([...sections.values()].map((section) => section.name)).toEqual([name]);
    expect(sections.get(name)?.values.get("x")?.value).toBe("y");
    expect(parse(text)).toEqual(alone);
  });

  test("names that only differ by a backslash stay apart", () => {
    const { sections } = parseAwsIni("[a.b]\nx = 1\n[a\\.b]\nx = 2\n[a%002eb]\nx = 3");
    expect([...sections.keys()]).toEqual(["a.b", "a\\.b", "a%002eb"]);
  });
});

test("lines are counted through blocks, long values, repeated sections and comments", () => {
  const text =
    "\uFEFF# c\r\n[p]\r\nx = a\r\n  b\r\n\r\ns3 =\r\n  # c\r\n  y = b\r\n[q]\r\n[p]\r\nz = d";
  const { sections, repeated } = parseAwsIni(text);
  const section = sections.get("p");
  expect(section?.line).toBe(2);
  expect(section?.values.get("x")).toEqual({ value: "a\nb", line: 3, nested: null });
  expect(section?.values.get("s3")?.line).toBe(6);
  expect(section?.values.get("s3")?.nested?.get("y")?.line).toBe(8);
  expect(section?.values.get("z")?.line).toBe(11);
  expect(sections.get("q")).toEqual({ name: "q", line: 9, values: new Map() });
  expect(repeated).toEqual([{ name: "p", line: 10, firstLine: 2 }]);
});

test("what stands above the first header is nobody's", () => {
  const text = "x = a\n  b\ns3 =\n  y = c\n[p]\nz = d";
  expect(parseAwsIni(text)).toMatchObject({ malformed: [] });
  expect(plain(parseAwsIni(text))).toEqual({ p: { z: "d" } });
});

test.each([
  ["", []],
  ["\n \n\t\n# c\n ; c\n", []],
  ["\uFEFF# c\n[p]", []],
  ["role_arn", [1]],
  ["[p]\nrole_arn # = a", [2]],
  ["[p]\n= a", [2]],
  ["[p]\n  role_arn", [2]],
  ["[p]\nx =\n  a", [3]],
  ["[p]\ns3 =\n  x = a\n  b", [4]],
  ["[p\n[p:q\n[p] q\n[p#q]\n[]\n[ ]\n[", [1, 2, 3, 4, 5, 6, 7]],
  ["[p]\nx = a\n  [b\n  ]", []],
])("malformed: %j", (text, lines) => {
  expect(parseAwsIni(text).malformed).toEqual(lines);
});

describe("the work grows with the text and no faster", () => {
  const profiles = (count: number) =>
    Array.from(
      { length: count },
      (_, index) => `[profile p${index + 10_000}]\nrole_arn = a\ns3 =\n  x = y\n`,
    ).join("");

  /** Our parser as it is loaded with an `ini` that writes down what it is given; other tests keep the real one. */
  async function loadRecording() {
    const recording = vi.fn(parse);
    vi.resetModules();
    vi.doMock("ini", () => ({ parse: recording }));
    try {
      return { ...(await import("../../../src/config/ini.ts")), recording };
    } finally {
      vi.doUnmock("ini");
      vi.resetModules();
    }
  }

  /** The texts that `ini` is given while every section is read, twice. */
  async function given(count: number): Promise<readonly string[]> {
    const { parseAwsIni: read, recording } = await loadRecording();
    const { sections } = read(profiles(count));
    expect(sections.size).toBe(count);
    expect(recording).not.toHaveBeenCalled();
    for (const section of [...sections.values(), ...sections.values()]) {
      expect(section.values.size).toBe(2);
    }
    return recording.mock.calls.map(([text]) => text);
  }

  test("ini is given each section once, when it is read, with text in proportion", async () => {
    const [small, large] = [await given(1_000), await given(10_000)];
    expect([small.length, large.length]).toEqual([1_000, 10_000]);
    // Line numbers grow by a digit or two.
    expect(large.join("").length / small.join("").length).toBeLessThan(11);
  });

  // Whatever is quadratic in one of these takes minutes.
  test.each([
    ["blanks in a value", `[p]\nx = a${" ".repeat(200_000)}b`],
    ["blanks in front", `[p]\n${" ".repeat(200_000)}x = a`],
    ["quotes", `[p]\nx = ${`"'`.repeat(100_000)}`],
    ["comment signs", `[p]\nx = ${"#;".repeat(100_000)}`],
    ["brackets", "[".repeat(200_000)],
    ["blanks in a header", `[p${" ".repeat(200_000)}q`],
    ["names to encode", `[${".".repeat(200_000)}]`],
    ["a value of many lines", `[p]\nx = a\n${"  b\n".repeat(100_000)}`],
    [
      "a block of many keys",
      `[p]\ns3 =\n${Array.from({ length: 50_000 }, (_, i) => `  k${i} = a\n`).join("")}`,
    ],
    ["one section, many times", "[p]\nx = a\n".repeat(50_000)],
    ["one block, many times", "[p]\ns3 =\n  x = a\n".repeat(50_000)],
    ["malformed lines", "[p]\n" + "x\n".repeat(100_000)],
  ])("%s", (_, text) => {
    expect(parseAwsIni(text).sections.size).toBeLessThanOrEqual(1);
  });
});
