import fc from "fast-check";

const characters = (text: string): readonly string[] => Array.from(text);

const codes = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index));

const controls = [...codes(0x01, 0x1f), "\x7f"];

const quotes = [
  ...characters("'\"`"),
  "''",
  '""',
  "'''",
  `'"'"'`,
  "it's",
  "a'b\"c`d",
  "'; exit 1; '",
  '"; exit 1; "',
  "'\\''",
  "$'\\n'",
];

const backslashes = [
  ...Array.from({ length: 6 }, (_, count) => "\\".repeat(count + 1)),
  "\\'",
  "\\\\'",
  "'\\",
  "trailing\\",
  "\\n\\t\\x41\\u0041\\e[0m",
  "\\\nnext",
];

const expansions = [
  "$(exit 1)",
  "`exit 1`",
  "$HOME ${HOME} $HOME[1] $$ $? $! $#",
  "${IFS}x${IFS}",
  "$env:PATH $($env:PATH) @(1)",
  "(exit 1)",
  "$((1 + 1))",
  "!! !1 !$ ^a^b^",
  "~ ~root ~+",
  "=ls",
  "==ls",
  "a=b=c",
  "* ? [a-z] **/* (.) ^a",
  "{a,b} {1..3} {",
  "%PATH% %1 %",
  "@a @{b}",
  "<(exit 1) >(exit 1)",
];

const separators = [
  "a;b",
  "a&b&&c",
  "a|b||c",
  "a>b<c",
  "# not a comment",
  "a #b",
  " ",
  "  two  blanks  ",
  "\t",
  "-n",
  "-e x",
  "--",
  "--help",
];

const newlines = ["\n", "\r", "\r\n", "a\nb", "a\rb", "a\r\nb", "\n\nlast\n\n", "'\n'", "#\n#"];

const unicode = [
  // PowerShell takes these for its own quotes.
  ...characters("\u2018\u2019\u201a\u201b\u201c\u201d\u201e"),
  "\u2019; exit 1; \u2018",
  "\u2018\u2018",
  // Blanks and line ends, to somebody: NBSP, NEL, the separators, the byte order mark.
  ...characters("\u00a0\u0085\u2028\u2029\ufeff\u200b\u3000"),
  "é",
  "e\u0301",
  "ÿ",
  "日本語",
  "\u202egnp.exe",
  "😀",
  "👩‍👩‍👧",
  "\u{10ffff}",
  // fish gives these code points a meaning of its own inside the program.
  ...characters("\ue000\uf600\uf6ff\uf8ff\ufdd0\ufdef\ufffd\ufffe\uffff"),
];

const tokens = [
  "IQoJb3JpZ2luX2VjEHoaCXVzLWVhc3QtMSJHMEUCIQ".repeat(120),
  "abc/+=".repeat(7000),
  "'\\\"$`!é\n".repeat(600),
];

/** What quoting got wrong in one tool or another, and its neighbourhood; no empty value. */
export const hostileValues: readonly string[] = [
  controls,
  [controls.join("")],
  quotes,
  backslashes,
  expansions,
  separators,
  newlines,
  unicode,
  tokens,
].flat();

/** Full of what shells look at. */
const specialText = fc.string({
  unit: fc.constantFrom(
    ...characters("'\"`\\$!(){}[]<>|&;#*?~=%^@-, \t\n\r\x01\x1b\x7faé\u2019\u201d\u2028😀"),
  ),
  minLength: 1,
  maxLength: 16,
});

/** Any characters that there are, in equal measure. */
const anyText = fc
  .string({ unit: "binary", minLength: 1, maxLength: 24 })
  .filter((text) => !text.includes("\0"));

const fragments = hostileValues.filter((value) => value.length < 100);
/** What went wrong alone, side by side with other such. */
const fragmentText = fc
  .array(fc.constantFrom(...fragments), { minLength: 2, maxLength: 4 })
  .map((parts) => parts.join(""));

/** As long as a session's token, or far longer. */
const longText = fc
  .tuple(fc.oneof(specialText, anyText), fc.integer({ min: 100, max: 300 }))
  .map(([text, times]) => text.repeat(times));

/** Any value that an environment can carry. */
export const anyValue: fc.Arbitrary<string> = fc.oneof(
  { weight: 100, arbitrary: specialText },
  { weight: 100, arbitrary: anyText },
  { weight: 100, arbitrary: fragmentText },
  { weight: 1, arbitrary: longText },
);

/** The same values in each run. */
export const generatedValues: readonly string[] = [specialText, anyText].flatMap((text) =>
  fc.sample(text, { seed: 20230611, numRuns: 1500 }),
);
