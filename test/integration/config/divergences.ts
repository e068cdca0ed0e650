import type { Kind, Reading } from "./readers.ts";

/**
 * A text that AWS's own readers understand differently.
 *
 * Our rule is: as the SDK for Go, because kops reads with it. `ours` stands only where we leave Go, and `why` says for
 * what. The column `go` was seen by running aws-sdk-go-v2 (config 1.29.4, internal/ini 1.8.2) inside Terraform 1.11.4
 * against a local STS; the columns `js` and `botocore` are run by the tests.
 */
export interface Divergence {
  readonly rule: string;
  readonly text: string;
  readonly kind?: Kind;
  readonly go: Reading | "crashes";
  readonly js: Reading;
  readonly botocore: Reading;
  readonly ours?: Reading;
  readonly why?: string;
}

const p = (lines: string) => `[profile p]\n${lines}`;

const values: readonly Divergence[] = [
  {
    rule: "a comment after a value",
    text: p("x = a # b"),
    go: { p: { x: "a" } },
    js: { p: { x: "a" } },
    botocore: { p: { x: "a # b" } },
  },
  {
    rule: "other white space than blank and tab before a #",
    text: p("x = a\u00a0#b"),
    go: { p: { x: "a\u00a0#b" } },
    js: { p: { x: "a" } },
    botocore: { p: { x: "a\u00a0#b" } },
  },
  {
    rule: "a value in quotes",
    text: p(`x = "a"\ny = 'a'`),
    go: { p: { x: "a", y: "a" } },
    js: { p: { x: '"a"', y: "'a'" } },
    botocore: { p: { x: '"a"', y: "'a'" } },
  },
  {
    rule: "a command line in quotes",
    text: p(`credential_process = "/opt/my tool" --as "you"`),
    go: { p: { credential_process: `/opt/my tool" --as "you` } },
    js: { p: { credential_process: `"/opt/my tool" --as "you"` } },
    botocore: { p: { credential_process: `"/opt/my tool" --as "you"` } },
    ours: { p: { credential_process: `"/opt/my tool" --as "you"` } },
    why: "AWS's own documentation quotes paths with blanks; Go cuts such a command in two and fails",
  },
  {
    rule: "a comment sign between quotes",
    text: p('x = "a #b"'),
    go: { p: { x: '"a' } },
    js: { p: { x: '"a' } },
    botocore: { p: { x: '"a #b"' } },
  },
  {
    rule: "a quote alone",
    text: p('x = "'),
    go: "crashes",
    js: { p: { x: '"' } },
    botocore: { p: { x: '"' } },
    ours: { p: { x: '"' } },
    why: "Go slices out of bounds",
  },
  {
    rule: "empty quotes above an indented line",
    text: p('x = ""\n  y = a'),
    go: { p: { "x.y": "a" } },
    js: { p: { x: '""', y: "a" } },
    botocore: { p: { x: '""\ny = a' } },
  },
  {
    rule: "no value",
    text: p("x =\ny = a"),
    go: { p: { x: "", y: "a" } },
    js: { p: { y: "a" } },
    botocore: { p: { x: "", y: "a" } },
  },
  {
    rule: "a colon for a separator",
    text: p("x : a\ny = a"),
    go: { p: { x: "a", y: "a" } },
    js: { p: { y: "a" } },
    botocore: { p: { x: "a", y: "a" } },
  },
  {
    rule: "capitals in a key",
    text: p("X_Y = a"),
    go: { p: { x_y: "a" } },
    js: { p: { X_Y: "a" } },
    botocore: { p: { x_y: "a" } },
  },
  {
    rule: "a key twice",
    text: p("x = a\nx = b"),
    go: { p: { x: "b" } },
    js: { p: { x: "b" } },
    botocore: "refused",
  },
  {
    rule: "a value without a key",
    text: p("= a\nx = a"),
    go: { p: { x: "a" } },
    js: { p: { x: "a" } },
    botocore: "refused",
    ours: "refused",
    why: "a slip of the keyboard that may have cost a role its key; the AWS CLI refuses it too",
  },
  {
    rule: "a line that is nothing",
    text: p("role_arn\nx = a"),
    go: { p: { x: "a" } },
    js: { p: { x: "a" } },
    botocore: "refused",
    ours: "refused",
    why: "as above",
  },
];

const indented: readonly Divergence[] = [
  {
    rule: "an indented property beneath a value",
    text: p("x = a\n  y = b"),
    go: { p: { x: "a", y: "b" } },
    js: { p: { x: "a", y: "b" } },
    botocore: { p: { x: "a\ny = b" } },
  },
  {
    rule: "a property indented less than the block above it",
    text: p("  s3 =\n    x = a\n  y = b"),
    go: { p: { "s3.x": "a", "s3.y": "b" } },
    js: { p: { "s3.x": "a", "s3.y": "b" } },
    botocore: { p: { "s3.x": "a", y: "b" } },
  },
  {
    rule: "capitals in a nested key",
    text: p("s3 =\n  X = a"),
    go: { p: { "s3.x": "a" } },
    js: { p: { "s3.X": "a" } },
    botocore: { p: { "s3.X": "a" } },
  },
  {
    rule: "a comment after a nested value",
    text: p("s3 =\n  x = a # b"),
    go: { p: { "s3.x": "a # b" } },
    js: { p: { "s3.x": "a" } },
    botocore: { p: { "s3.x": "a # b" } },
  },
  {
    rule: "no value in a block",
    text: p("s3 =\n  x =\n  y = a"),
    go: { p: { "s3.x": "", "s3.y": "a" } },
    js: { p: { "x.y": "a" } },
    botocore: { p: { "s3.x": "", "s3.y": "a" } },
  },
  {
    rule: "a colon for a separator in a block",
    text: p("s3 =\n  x : a"),
    go: { p: { "s3.x": "a" } },
    js: {},
    botocore: "refused",
  },
  {
    rule: "a value that goes on in the next line",
    text: p("x = a\n  b"),
    go: { p: { x: "a\nb" } },
    js: { p: { x: "a" } },
    botocore: { p: { x: "a\nb" } },
  },
  {
    rule: "an empty line in the middle of a value",
    text: p("x = a\n\n  b"),
    go: { p: { x: "a\nb" } },
    js: { p: { x: "a" } },
    botocore: { p: { x: "a\n\nb" } },
  },
  {
    rule: "an indented value without a key beneath a value",
    text: p("x = a\n  = b"),
    go: { p: { x: "a", "": "b" } },
    js: { p: { x: "a" } },
    botocore: { p: { x: "a\n= b" } },
    ours: { p: { x: "a\n= b" } },
    why: "a line of a longer value for the AWS CLI, a key of no name and no use for Go",
  },
  {
    rule: "a line that is nothing beneath no value",
    text: p("x =\n  a\ny = a"),
    go: { p: { x: "", y: "a" } },
    js: { p: { y: "a" } },
    botocore: "refused",
    ours: "refused",
    why: "it may have been meant as the value",
  },
];

const headers: readonly Divergence[] = [
  {
    rule: "a comment right after a header",
    text: "[profile p];b\nx = a",
    go: { p: { x: "a" } },
    js: {},
    botocore: { p: { x: "a" } },
  },
  {
    rule: "blanks inside the brackets",
    text: "[ profile  p ]\nx = a",
    go: { p: { x: "a" } },
    js: {},
    botocore: {},
  },
  {
    rule: "a name with blanks",
    text: "[profile my team]\nx = a",
    go: { "my team": { x: "a" } },
    js: {},
    botocore: {},
  },
  {
    rule: "a name in quotes",
    text: `[profile "my team"]\nx = a\n[sso-session 'corp']\nx = a`,
    go: { '"my team"': { x: "a" }, "sso-session 'corp'": { x: "a" } },
    js: { "sso-session corp": { x: "a" } },
    botocore: { "my team": { x: "a" }, "sso-session corp": { x: "a" } },
    ours: { "my team": { x: "a" }, "sso-session corp": { x: "a" } },
    why: "the AWS CLI writes them (aws/aws-sdk-go-v2#2315), and nobody types the quotes as part of a name",
  },
  {
    rule: "a name beyond letters, digits and -@+.%:/_",
    text: "[profile é]\nx = a\n[profile a]b]\nx = a",
    go: { é: { x: "a" }, "a]b": { x: "a" } },
    js: {},
    botocore: { é: { x: "a" }, "a]b": { x: "a" } },
  },
  {
    rule: "a name that JavaScript fears",
    text: "[profile __proto__]\nx = a",
    go: Object.fromEntries([["__proto__", { x: "a" }]]),
    js: {},
    botocore: Object.fromEntries([["__proto__", { x: "a" }]]),
  },
  {
    rule: "a profile without a key",
    text: "[profile p]",
    go: { p: {} },
    js: {},
    botocore: { p: {} },
  },
  {
    rule: "an indented header beneath a value",
    text: `${p("x = a")}\n  [profile q]\ny = b`,
    go: { p: { x: "a" }, q: { y: "b" } },
    js: { p: { x: "a" }, q: { y: "b" } },
    botocore: { p: { x: "a\n[profile q]", y: "b" } },
  },
  {
    rule: "a header twice",
    text: `${p("x = a\ny = a")}\n${p("x = b")}`,
    go: { p: { x: "b", y: "a" } },
    js: { p: { x: "b", y: "a" } },
    botocore: "refused",
  },
  {
    rule: "[default] and [profile default]",
    text: "[profile default]\nx = a\n[default]\nx = b\ny = b",
    go: { default: { x: "a" } },
    js: { default: { x: "a" } },
    botocore: { default: { x: "b", y: "b" } },
  },
  {
    rule: "[DEFAULT]",
    text: `[DEFAULT]\nx = a\n${p("y = b")}`,
    go: { DEFAULT: { x: "a" }, p: { y: "b" } },
    js: { p: { y: "b" } },
    botocore: { p: { x: "a", y: "b" } },
    ours: { p: { y: "b" } },
    why: "as aws-vault: for Python a section of defaults, for Go a profile of that name; we take neither, and say so",
  },
  {
    rule: "a property above the first header",
    text: `x = a\n${p("y = b")}`,
    go: { p: { y: "b" } },
    js: { p: { y: "b" } },
    botocore: "refused",
  },
  {
    rule: "a byte order mark",
    text: `\uFEFF${p("x = a")}`,
    go: {},
    js: { p: { x: "a" } },
    botocore: "refused",
    ours: { p: { x: "a" } },
    why: "PowerShell writes it, and nobody sees it",
  },
  ...["[profile q", "[profile q:r", "[profile q] r", "[profile q#r]"].map((header, index) => ({
    rule: `a header that is none: ${header}`,
    text: `${p("x = a")}\n${header}\ny = b`,
    // Go and, but for the last, JavaScript give the keys beneath it to the profile above.
    go: { p: index === 1 ? { x: "a", "[profile q": "r", y: "b" } : { x: "a", y: "b" } },
    js: { p: index === 3 ? { x: "a" } : { x: "a", y: "b" } },
    botocore: (
      [
        "refused",
        { p: { x: "a", "[profile q": "r", y: "b" } },
        { p: { x: "a" }, q: { y: "b" } },
        { p: { x: "a" }, "q#r": { y: "b" } },
      ] as const
    )[index]!,
    ours: "refused" as const,
    why: "the keys of one profile must not end up in another",
  })),
];

const credentials: readonly Divergence[] = [
  {
    rule: "several blanks in a name of the credentials file",
    kind: "credentials",
    text: "[my   team]\nx = a",
    go: { "my team": { x: "a" } },
    js: { "my   team": { x: "a" } },
    botocore: { "my   team": { x: "a" } },
  },
  {
    rule: "[profile p] in the credentials file",
    kind: "credentials",
    text: p("x = a"),
    go: {},
    js: { "profile.p": { x: "a" } },
    botocore: { "profile p": { x: "a" } },
  },
];

export const divergences: readonly Divergence[] = [
  ...values,
  ...indented,
  ...headers,
  ...credentials,
];
