import { expect, test } from "vitest";
import { decodeBase32 } from "../../sandbox/base32.ts";
import { totp } from "../../sandbox/totp.ts";

// https://www.rfc-editor.org/rfc/rfc6238#appendix-B: SHA-1, of eight digits the last six.
const RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

test.for([
  [59, "287082"],
  [1111111109, "081804"],
  [1111111111, "050471"],
  [1234567890, "005924"],
  [2000000000, "279037"],
  [20000000000, "353130"],
] as const)("the RFC 6238 code at %i s is %s", ([seconds, code]) => {
  expect(totp(RFC_SECRET, seconds * 1000)).toBe(code);
});

test("a code stands for 30 seconds", () => {
  expect(totp(RFC_SECRET, 59_999)).toBe(totp(RFC_SECRET, 30_000));
  expect(totp(RFC_SECRET, 60_000)).not.toBe(totp(RFC_SECRET, 59_999));
});

// https://www.rfc-editor.org/rfc/rfc4648#section-10
test.for([
  ["", ""],
  ["MY======", "f"],
  ["MZXQ====", "fo"],
  ["MZXW6===", "foo"],
  ["MZXW6YQ=", "foob"],
  ["MZXW6YTB", "fooba"],
  ["MZXW6YTBOI======", "foobar"],
  ["mzxw 6ytb oi", "foobar"],
] as const)("base32 %s is %s", ([text, decoded]) => {
  expect(decodeBase32(text).toString()).toBe(decoded);
});

test("what is not base32 is an error", () => {
  expect(() => decodeBase32("TEST1")).toThrow("not base32: 1");
});
