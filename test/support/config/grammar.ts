import fc from "fast-check";
import type { File } from "../../integration/config/readers.ts";

/**
 * Files that kops-mfa and one of AWS's readers must understand alike. Whatever a reader understands otherwise is a row
 * of divergences.ts, and is left out here or evened out in ini-differential.test.ts.
 */
export type Reader = "js" | "botocore";

const keys = [
  "region",
  "Role_Arn",
  "SOURCE_PROFILE",
  "external_id",
  "mfa_serial",
  "credential_process",
  "duration_seconds",
  "aws_secret_access_key",
  "k[]",
  "a.b",
  "true",
];

const oneOf = (characters: string) => fc.constantFrom(...Array.from(characters));

const unit = oneOf("aZ09=:#;'\"\\/[]{}%$.,@-_ \té漢😀");
const text = fc.string({ unit, maxLength: 16 }).map((value) => value.trim());
const awkward = fc.constantFrom(
  "true",
  "null",
  "0012",
  "[x]",
  "$" + "{HOME}",
  "a\\nb",
  '\\"',
  "a\u2028b",
  "arn:aws:iam::123456789012:role/kops",
  "https://d-123456789.example.com/start#/",
);
const anyValue = fc.oneof(
  { weight: 4, arbitrary: text },
  { weight: 2, arbitrary: awkward },
  { weight: 1, arbitrary: text.map((value) => `"${value}"`) },
  { weight: 1, arbitrary: text.map((value) => `'${value}'`) },
);

/** Not empty, and none of what a nested or long value may not be: Python ends a nested line at U+2028. */
const plainValue = anyValue.filter(
  (value) =>
    value !== "" &&
    !/(^|[ \t])[#;]|\u2028/.test(value) &&
    !/^["'](["' \t]|.*[ \t]["']$)/.test(value),
);

const values = {
  js: anyValue.filter((value) => !/^(["'])\1/.test(value)),
  botocore: anyValue.filter((value) => !/(^|[ \t])[#;]/.test(value)),
};

/** No "colon for a separator" for JavaScript. */
const separators = {
  js: fc.constantFrom("=", " = ", "\t=\t", "= ", "   ="),
  botocore: fc.constantFrom("=", " = ", "\t=\t", ":", " : ", ": "),
};

const indentation = fc.constantFrom(" ", "  ", "\t", "    ", " \t ");
const comment = fc
  .tuple(fc.constantFrom("", " ", "\t"), fc.constantFrom("#", ";", "# "), text)
  .map((parts) => parts.join(""));
const blank = fc.constantFrom("", " ", "\t");

function property(reader: Reader, key: string): fc.Arbitrary<string> {
  const tail = reader === "js" ? fc.constantFrom("", "", " ", " # c", "\t;c", " #") : blank;
  return fc
    .tuple(separators[reader], values[reader], tail)
    .map(([separator, value, end]) => key + separator + value + end);
}

/** A nested line, or for JavaScript "an indented property beneath a value". */
const innerProperty = fc
  .tuple(indentation, fc.constantFrom("x", "endpoint_url", "y.z"), plainValue)
  .map(([indent, key, value]) => `${indent}${key} = ${value}`);

function block(reader: Reader, key: string): fc.Arbitrary<string> {
  const name = (line: string) => line.trim().split(" ")[0];
  return fc
    .tuple(
      separators[reader],
      fc.uniqueArray(innerProperty, { minLength: 1, maxLength: 3, selector: name }),
      fc.option(comment),
    )
    .map(([separator, inner, note]) =>
      [`${key}${separator}`, ...(note === null ? [] : [note]), ...inner].join("\n"),
    );
}

const word = fc.string({ unit: oneOf("aé漢 '#/") }).map((s) => `w${s.trim()}`);

function longValue(reader: Reader, key: string): fc.Arbitrary<string> {
  return fc
    .tuple(
      separators[reader],
      plainValue.filter((value) => !/^["']/.test(value)),
      fc.array(fc.tuple(indentation, word), { minLength: 1, maxLength: 3 }),
    )
    .map(([separator, value, more]) =>
      [`${key}${separator}${value}`, ...more.map((parts) => parts.join(""))].join("\n"),
    );
}

/** The lines of a section, without "a key twice". */
function body(reader: Reader): fc.Arbitrary<readonly string[]> {
  const chosen = fc.uniqueArray(fc.constantFrom(...keys), { maxLength: 6 });
  return chosen.chain((picked) => {
    const items = picked.map((key) =>
      fc.oneof(
        { weight: 5, arbitrary: property(reader, key) },
        { weight: 1, arbitrary: longValue(reader, key) },
        { weight: 1, arbitrary: block(reader, key) },
        ...(reader === "js" ? [{ weight: 1, arbitrary: innerProperty }] : []),
      ),
    );
    const between = fc.oneof(fc.constant(null), comment, blank);
    return fc
      .tuple(...items.map((item) => fc.tuple(item, between)))
      .map((pairs) => pairs.flat().filter((line) => line !== null));
  });
}

const jsName = fc.string({
  unit: oneOf("abYZ019-_@+.%:/"),
  minLength: 1,
  maxLength: 8,
});
/** Quotes and backslashes mean something to botocore's shlex, `]` ends its header, `#` ours. */
const quotedName = fc
  .string({
    unit: oneOf("abé漢 .=[-"),
    minLength: 1,
    maxLength: 8,
  })
  .map((name) => `n${name.trim()}`);
const quote = fc.constantFrom('"', "'");
const type = fc.constantFrom("profile", "profile", "profile", "sso-session");

function configHeader(reader: Reader): fc.Arbitrary<string> {
  const space = reader === "js" ? fc.constantFrom(" ", "\t") : fc.constantFrom(" ", "\t", "   ");
  const plain = fc.tuple(type, space, jsName).map((parts) => parts.join(""));
  const name = reader === "js" ? jsName : quotedName;
  const quoted = fc.tuple(type, space, quote, name).map(([t, s, q, n]) => t + s + q + n + q);
  return fc.oneof(plain, plain, quoted, fc.constant("default"), fc.constant("plugins"));
}

function header(reader: Reader, kind: File["kind"]): fc.Arbitrary<string> {
  const inner = kind === "config" ? configHeader(reader) : jsName;
  const before = reader === "js" ? fc.constantFrom("", "", " ", "\t") : fc.constant("");
  const after = fc.constantFrom("", "", " ", " # c", "\t; c");
  return fc.tuple(before, inner, after).map(([start, name, end]) => `${start}[${name}]${end}`);
}

/** The section that a header opens, whatever its blanks and quotes: there is no "header twice". */
function sectionName(line: string): string {
  return line
    .replace(/^[^[]*\[|\][^\]]*$/g, "")
    .replace(/\s+/, " ")
    .replace(/(["'])(.*)\1$/, "$2");
}

export function awsFile(reader: Reader): fc.Arbitrary<File> {
  return fc.constantFrom("config" as const, "credentials" as const).chain((kind) => {
    const section = fc.tuple(header(reader, kind), body(reader));
    const sections = fc.uniqueArray(section, {
      maxLength: 5,
      selector: ([line]) => sectionName(line),
    });
    const above =
      reader === "js" ? fc.constantFrom("", "# c\n", "x = a\n") : fc.constantFrom("", "# c\n\n");
    const eol = fc.constantFrom("\n", "\r\n");
    return fc.tuple(above, sections, eol, fc.boolean()).map(([start, all, newline, last]) => {
      const lines = all.map(([line, inside]) => [line, ...inside].join("\n")).join("\n");
      return { kind, text: (start + lines + (last ? "\n" : "")).replaceAll("\n", newline) };
    });
  });
}
