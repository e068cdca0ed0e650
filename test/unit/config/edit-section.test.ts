import { describe, expect, test } from "vitest";
import { editProfile, editSettingsSection } from "../../../src/config/edit-section.ts";
import { refusalOf } from "../../support/config/build.ts";

const path = "~/.aws/config";
const edit = (
  text: string | null,
  values: Readonly<Record<string, string | null>>,
  name = "kops",
) => editProfile({ path, text }, name, new Map(Object.entries(values)));
const role = { role_arn: "arn:aws:iam::222222222222:role/new" };
const written = "role_arn = arn:aws:iam::222222222222:role/new";

describe("a new profile", () => {
  test.each([
    ["no file", null, ""],
    ["an empty file", "", ""],
    ["a byte order mark alone", "\uFEFF", "\uFEFF"],
    ["blank lines", "\n\n", "\n\n"],
    ["blanks without a line break", "  ", "  \n"],
    ["a comment", "# mine\n", "# mine\n\n"],
    ["no line break at the end", "[default]\nregion = x", "[default]\nregion = x\n\n"],
    ["a blank line at the end", "[default]\nregion = x\n\n", "[default]\nregion = x\n\n"],
    ["a byte order mark", "\uFEFF[default]\nregion = x\n", "\uFEFF[default]\nregion = x\n\n"],
  ])("behind %s", (_, before, expected) => {
    expect(edit(before, { ...role, region: "eu-west-1", external_id: null })).toBe(
      `${expected}[profile kops]\n${written}\nregion = eu-west-1\n`,
    );
  });

  test("with the file's line breaks", () => {
    expect(edit("[default]\r\nregion = x", role)).toBe(
      `[default]\r\nregion = x\r\n\r\n[profile kops]\r\n${written}\r\n`,
    );
  });

  test("of the settings has no word before its name", () => {
    const file = { path: "", text: "[prod]\ncluster = a\n" };
    const values = new Map([["cluster", "b"]]);
    expect(editSettingsSection(file, "kops", values)).toBe(`${file.text}\n[kops]\ncluster = b\n`);
  });

  test("without a value is none", () => {
    expect(edit("# x", { region: null })).toBe("# x");
  });
});

/** The body of `[profile kops]` before and after. */
const changes: readonly (readonly [
  title: string,
  before: string,
  values: Readonly<Record<string, string | null>>,
  after: string,
])[] = [
  ["a value", "role_arn = old\n", role, `${written}\n`],
  ["its blanks stay", "role_arn\t=   old  \n", role, `role_arn\t=   ${role.role_arn}\n`],
  ["no blanks", "role_arn=old\n", role, `role_arn=${role.role_arn}\n`],
  ["nothing before", "role_arn =\n", role, `${written}\n`],
  ["a colon", "role_arn: old\n", role, `role_arn= ${role.role_arn}\n`],
  ["capitals", "Role_Arn = old\n", role, `${written}\n`],
  ["the last line without an end", "x = y\nrole_arn = old", role, `x = y\n${written}`],
  ["a comment behind it", "role_arn = old  # of ops\n", role, `# of ops\n${written}\n`],
  ["a comment and no end", "role_arn = old ; ops", role, `; ops\n${written}`],
  ["the one that counts", "role_arn = a\nrole_arn = b\n", role, `role_arn = a\n${written}\n`],
  ["all are indented", "  role_arn = old\n  x = y\n", role, `  ${written}\n  x = y\n`],
  ["none is changed", `${written} # same\n`, role, `${written} # same\n`],
  ["one is added", "x = y\n\n# of the next\n", role, `x = y\n${written}\n\n# of the next\n`],
  ["one is added in a file's style", "x=y\n", role, `x=y\n${written.replaceAll(" ", "")}\n`],
  ["one is added behind a block", "s3 =\n  a = b\n", role, `s3 =\n  a = b\n${written}\n`],
  ["one is added to nothing", "", role, `${written}\n`],
  ["one is added without an end", "x = y", role, `x = y\n${written}`],
  ["one is added under indented ones", "  x = y\n", role, `  x = y\n${written}\n`],
  ["one goes", "x = y\nregion = z\n# c\n", { region: null }, "x = y\n# c\n"],
  ["one goes, its comment stays", "region = z # c\n", { region: null }, "# c\n"],
  ["the last one goes", "x = y\nregion = z", { region: null }, "x = y\n"],
  ["one goes, one comes", "region = z", { region: null, ...role }, written],
  ["one that is not there goes", "x = y\n", { region: null }, "x = y\n"],
];

describe("an existing profile", () => {
  test.each(changes)("%s", (_, before, values, after) => {
    const isEnded = before.endsWith("\n") || before === "";
    const around = (body: string) =>
      isEnded
        ? `# mine\n[default]\n role_arn = d\n[profile kops] # c\n${body}[profile z]\nrole_arn = z\n`
        : `[default]\nrole_arn = d\n[profile kops]\n${body}`;
    expect(edit(around(before), values)).toBe(around(after));
    const crlf = (text: string) => text.replaceAll("\n", "\r\n");
    expect(edit(crlf(around(before)), values)).toBe(crlf(around(after)));
  });

  test("in quotes, as the AWS CLI writes names with blanks", () => {
    const before = '[profile "my team"]\nrole_arn = old\n';
    expect(edit(before, role, "my team")).toBe(before.replace("role_arn = old", written));
  });

  test("behind a byte order mark", () => {
    expect(edit("\uFEFF[profile kops]\nx = y\n", role)).toBe(
      `\uFEFF[profile kops]\nx = y\n${written}\n`,
    );
  });

  test("twice: the lower one counts", () => {
    const twice = "[profile kops]\nx = y\n[profile z]\n[profile kops]\nx = z\n";
    expect(edit(twice, role)).toBe(`${twice}${written}\n`);
    expect(edit(twice, { x: "new" })).toBe(twice.replace("x = z", "x = new"));
  });

  test("[default]", () => {
    expect(edit("[default]\nx = y\n", role, "default")).toBe(`[default]\nx = y\n${written}\n`);
  });
});

describe("refused", () => {
  test.each([
    ["a value of several lines", "role_arn = a\n  b\n", 2],
    ["a block", "role_arn =\n  a = b\n", 2],
    ["a line that the AWS CLI takes for a part of the one above", "x = y\n  role_arn = a\n", 3],
    ["a line that the AWS CLI takes a part of the next for", "  role_arn = a\n    x = y\n", 2],
    ["a line that is nested for kops and not for the AWS CLI", "  x =\n  role_arn = a\n", 3],
    ["a line that is nested for the SDK for JavaScript", "  x = # c\n  role_arn = a\n", 3],
    ["a line that others are nested under for that SDK", "  role_arn =  # c\n  x = y\n", 2],
    ["an indented header behind a new line", "x = y\n  [profile z]\n", 3],
  ])("%s", (_, body, line) => {
    const values = body.includes("z]") ? { region: "r" } : { ...role };
    expect(refusalOf(() => edit(`[profile kops]\n${body}`, values))).toEqual([
      "ConfigError",
      `~/.aws/config:${line}: is written in a form that cannot be changed safely`,
      "Write the profile at the margin, one `key = value` a line, or choose another name.",
    ]);
  });

  test.each([
    "",
    " a",
    "a ",
    "a\nb",
    "a\rb",
    "a #b",
    "a\t;b",
    "#a",
    "'a'",
    '"a"',
    "a\u2028b",
    "\uFEFFa",
    "a\u0085",
  ])("the value %j", (value) => {
    const [kind, message] = refusalOf(() => edit("", { external_id: value }));
    expect([kind, message]).toEqual([
      "ConfigError",
      "~/.aws/config: external_id: the file cannot carry this value",
    ]);
  });

  test.each(["my team", "é", "a]b", 'a"b', "", "a#b"])("the new name %j", (name) => {
    expect(refusalOf(() => edit("", role, name))[1]).toBe(
      `~/.aws/config: [profile ${name}]: not every reader of the file takes this name`,
    );
  });
});
