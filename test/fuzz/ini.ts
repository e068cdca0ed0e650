import { expect } from "vitest";
import { headerName } from "../../src/config/aws-dialect.ts";
import { parseAwsIni, type IniValue } from "../../src/config/ini.ts";

/** What files in the dialect are made of. */
export const iniWords: readonly string[] = [
  ...["[default]\n", "[profile prod]\n", '[profile "my team"]\n', "[profile", "]", "[", "\n", "\n"],
  ...["region = eu-west-1\n", "s3 =\n", "  max = 1\n", "role_arn", "=", " = ", ":", "\n  ", "\t"],
  ...["# note\n", " ;x", "'a'", '"a"', "__proto__ = 1\n", "[__proto__]\n", "[sso-session x]\n"],
  ...[
    "[services x]\n",
    "credential_process = 'a b'\n",
    "a.b = c\n",
    "k[] = 1\n",
    "[1]\n",
    "1 = 2\n",
  ],
];

/** What holds of whatever is read out of a text: it stands there, in the line that is named. */
export function checkIni(text: string): void {
  const lines = text.replace(/^\uFEFF/, "").split("\n");
  const { sections, repeated, malformed } = parseAwsIni(text);
  for (const [name, section] of sections) {
    expect(section.name).toBe(name);
    expect(headerName(lines[section.line - 1] ?? "")).toBe(name);
    for (const [key, value] of section.values) checkValue(lines, section.line, key, value);
  }
  for (const { name, line, firstLine } of repeated) {
    expect(sections.get(name)?.line).toBe(firstLine);
    expect(headerName(lines[line - 1] ?? "")).toBe(name);
  }
  for (const line of malformed) expect(lines[line - 1]).toMatch(/\S/);
}

function checkValue(lines: readonly string[], below: number, key: string, value: IniValue): void {
  expect(value.line).toBeGreaterThan(below);
  expect(key).toBe(key.toLowerCase());
  const line = lines[value.line - 1] ?? "";
  expect(line.toLowerCase()).toContain(key);
  const [first = "", ...more] = value.value.split("\n");
  expect(line).toContain(first);
  more.forEach((text, index) => expect(lines.slice(value.line + index).join("\n")).toContain(text));
  for (const [inner, nested] of value.nested ?? []) checkValue(lines, value.line, inner, nested);
}
