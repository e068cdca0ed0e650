import assert from "node:assert/strict";
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
    assert.equal(section.name, name);
    assert.equal(headerName(lines[section.line - 1] ?? ""), name);
    for (const [key, value] of section.values) checkValue(lines, section.line, key, value);
  }
  for (const { name, line, firstLine } of repeated) {
    assert.equal(sections.get(name)?.line, firstLine);
    assert.equal(headerName(lines[line - 1] ?? ""), name);
  }
  for (const line of malformed) assert.match(lines[line - 1] ?? "", /\S/);
}

function checkValue(lines: readonly string[], below: number, key: string, value: IniValue): void {
  assert.ok(value.line > below);
  assert.equal(key, key.toLowerCase());
  const line = lines[value.line - 1] ?? "";
  assert.ok(line.toLowerCase().includes(key));
  const [first = "", ...more] = value.value.split("\n");
  assert.ok(line.includes(first));
  more.forEach((text, index) =>
    assert.ok(
      lines
        .slice(value.line + index)
        .join("\n")
        .includes(text),
    ),
  );
  for (const [inner, nested] of value.nested ?? []) checkValue(lines, value.line, inner, nested);
}
