import fc from "fast-check";

/** What some reader takes for a sign, an end or nothing at all. */
const signs = Array.from(
  " \t\n\r\0\x01\x1b\x7f\u0085\u00a0\u2028\u2029\u200b\u202e\ufeff\ud800\udc00'\"`\\$%!?*#;:=,./|&<>()[]{}@-_+~^0 1 9 a Z é 漢 😀",
);
const words = [
  "__proto__",
  "constructor",
  "toString",
  "true",
  "null",
  "NaN",
  "-1",
  "1e999",
  "\r\n",
];

/** Text that is almost what a reader expects: its own words, in any order, among signs and anything else there is. */
export function noise(own: readonly string[], maxLength = 30): fc.Arbitrary<string> {
  const part = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...own) },
    { weight: 3, arbitrary: fc.constantFrom(...signs) },
    { weight: 1, arbitrary: fc.constantFrom(...words) },
    { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 6 }) },
  );
  return fc.array(part, { maxLength }).map((parts) => parts.join(""));
}

type Edit = readonly [from: number, length: number, text: string];

/** A text with one to three stretches of it replaced, taken out or repeated. */
export function mutated(text: fc.Arbitrary<string>, own: readonly string[]): fc.Arbitrary<string> {
  const insertion = fc.oneof(fc.constant(""), fc.constantFrom(...own, ...signs, ...words));
  const edit = fc.tuple(fc.nat(10_000), fc.nat(6), insertion);
  return fc
    .tuple(text, fc.array(edit, { minLength: 1, maxLength: 3 }))
    .map(([whole, edits]) => edits.reduce(apply, whole));
}

function apply(text: string, [from, length, insertion]: Edit): string {
  const at = from % (text.length + 1);
  return text.slice(0, at) + insertion + text.slice(at + length);
}
