import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeSession, encodeSession } from "../../../src/session/cache-entry.ts";
import type { CacheEntry } from "../../../src/session/cache-entry.ts";
import { cases, seed } from "../../fuzz/effort.ts";
import { now, stsSession } from "../../support/session/build.ts";

const entry: CacheEntry = {
  key: '["GetSessionToken","AKIATESTTESTTESTJON0"]',
  profile: "prod",
  session: { ...stsSession("S001"), arn: "arn:aws:sts::222222222222:assumed-role/prod/jon" },
};
const text = encodeSession(entry);
const record = JSON.parse(text) as Record<string, unknown>;

test("the text of a session", () => {
  expect(record).toEqual({
    format: "kops-mfa session 1",
    key: '["GetSessionToken","AKIATESTTESTTESTJON0"]',
    profile: "prod",
    arn: "arn:aws:sts::222222222222:assumed-role/prod/jon",
    expiresAt: now + 3_600_000,
    accessKeyId: "ASIATESTTESTTESTS001",
    secretAccessKey: "test/secret+S001/not/a/real/key/00000000",
    sessionToken: "test/token+S001==",
  });
  expect(text.endsWith("}\n")).toBe(true);
});

test.for<readonly [title: string, entry: CacheEntry]>([
  ["a session", entry],
  ["without a profile and an ARN", { ...entry, profile: null, session: stsSession("S002") }],
  ["of a profile with an odd name", { ...entry, profile: "é'\"\n$(id)😀" }],
  ["of an odd key", { ...entry, key: '"\\\u2028\ud83d' }],
  ["that has ended long ago", { ...entry, session: stsSession("S003", 0) }],
])("comes back: %s", ([, original]) => {
  expect(decodeSession(encodeSession(original))).toEqual(original);
});

test("no beginning of it is a session", () => {
  const whole = text.trimEnd().length;
  const read = Array.from({ length: whole }, (_, end) => decodeSession(text.slice(0, end)));
  expect(read.filter((found) => found !== null)).toEqual([]);
  expect(decodeSession(text.slice(0, whole))).toEqual(entry);
});

test("no end of it, and no two of them, are a session", () => {
  const read = Array.from({ length: text.length - 1 }, (_, start) =>
    decodeSession(text.slice(start + 1)),
  );
  expect(read.filter((found) => found !== null)).toEqual([]);
  expect([decodeSession(text + text), decodeSession(`${text}\0`)]).toEqual([null, null]);
});

test.for<readonly [title: string, change: Record<string, unknown>]>([
  ["of another version", { format: "kops-mfa session 2" }],
  ["of the version before", { format: "kops-mfa session 0" }],
  ["of nobody's", { format: undefined }],
  ["with a key that is none", { key: ["GetSessionToken"] }],
  ["without a key", { key: undefined }],
  ["with a number for a profile", { profile: 1 }],
  ["without a profile", { profile: undefined }],
  ["with an object for an ARN", { arn: {} }],
  ["without an ARN", { arn: undefined }],
  ["with a text for an end", { expiresAt: String(now) }],
  ["with half a millisecond", { expiresAt: now + 0.5 }],
  ["without an end", { expiresAt: undefined }],
  ["with no end", { expiresAt: null }],
  ["with an end beyond numbers", { expiresAt: 2 ** 53 }],
  ["without an id", { accessKeyId: undefined }],
  ["with an empty id", { accessKeyId: "" }],
  ["with no secret", { secretAccessKey: null }],
  ["with a list for a token", { sessionToken: ["test/token"] }],
  ["with an endless token", { sessionToken: "x".repeat(16_385) }],
])("no session: %s", ([, change]) => {
  expect(decodeSession(JSON.stringify({ ...record, ...change }))).toBeNull();
});

// A Date ends 8.64e15 ms after the epoch; what is later cannot be said in words.
test("no session: with an end beyond time", () => {
  expect(decodeSession(JSON.stringify({ ...record, expiresAt: 8_640_000_000_000_001 }))).toBeNull();
});

const fields = ["accessKeyId", "secretAccessKey", "sessionToken"] as const;
const plainEvil = "\n\r\0\t '\"`$\\();&|<>*?#!~{}[],\x1b\x7f";
const evil = [...Array.from(plainEvil), "é", "\u2019", "\u2028", "😀", "$(id)"];

test.for(fields)("no session: with a character in its %s that AWS does not use", (field) => {
  const read = evil.flatMap((text) =>
    [`${text}x`, `x${text}`, `x${text}x`].map((value) =>
      decodeSession(JSON.stringify({ ...record, [field]: value })),
    ),
  );
  expect(read.filter((found) => found !== null)).toEqual([]);
});

test.for(["", "null", "[]", "{}", '"text"', "0", "true", "{", "not JSON", "\ufeff{}", "\0"])(
  "no session: %j",
  (garbage) => {
    expect(decodeSession(garbage)).toBeNull();
  },
);

test("any text and any JSON can be read", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.json()), (garbage) => {
      expect(decodeSession(garbage)).toBeNull();
    }),
  );
});

test("one wrong character lets none of those in", () => {
  const wrong = fc.constantFrom('"', "\\", ",", ":", "{", "}", "\n", "\0", "'", "$");
  fc.assert(
    fc.property(fc.nat(text.length - 1), wrong, (at, character) => {
      const read = decodeSession(text.slice(0, at) + character + text.slice(at + 1));
      const values = read ? fields.map((field) => read.session.credentials[field]) : [];
      expect(values.filter((value) => !/^[A-Za-z0-9+/=_.:@%-]+$/.test(value))).toEqual([]);
    }),
    { seed, numRuns: cases(1000) },
  );
});
