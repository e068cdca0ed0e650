import { expect, test } from "vitest";
import { readDocument } from "../../../../src/platform/providers/credential-document.ts";

const keys = { AccessKeyId: "ASIATEST", SecretAccessKey: "secret" };
const whole = { ...keys, SessionToken: "token", Expiration: "2026-01-02T03:04:05Z" };
const expiresAt = Date.UTC(2026, 0, 2, 3, 4, 5);
const read = (document: unknown) => readDocument(JSON.stringify(document), "SessionToken");

test("what a process prints", () => {
  expect(read({ Version: 1, ...whole })).toEqual({
    accessKeyId: "ASIATEST",
    secretAccessKey: "secret",
    sessionToken: "token",
    expiresAt,
  });
});

test("what an endpoint answers has no version, and a token of another name", () => {
  const document = { Code: "Success", ...keys, Token: "token", Expiration: whole.Expiration };
  expect(readDocument(JSON.stringify(document), "Token")).toMatchObject({
    sessionToken: "token",
    expiresAt,
  });
});

test.each([
  [
    "a byte order mark and a line feed around it",
    `\uFEFF${JSON.stringify({ Version: 1, ...keys })}\r\n`,
  ],
  [
    "nulls for what it has not",
    JSON.stringify({ Version: 1, ...keys, SessionToken: null, Expiration: null }),
  ],
  [
    "empty texts for what it has not",
    JSON.stringify({ Version: 1, ...keys, SessionToken: "", Expiration: "" }),
  ],
  ["other fields", JSON.stringify({ Version: 1, ...keys, AccountId: "1", ProviderType: "x" })],
])("with %s it is read as well", (_, text) => {
  expect(readDocument(text, "SessionToken")).toEqual({
    accessKeyId: "ASIATEST",
    secretAccessKey: "secret",
    sessionToken: null,
    expiresAt: null,
  });
});

test.each([
  ["2026-01-02T03:04:05+00:00", expiresAt],
  ["2026-01-02T05:04:05+02:00", expiresAt],
  ["2026-01-02T03:04:05.000Z", expiresAt],
])("an expiration of the form %s", (Expiration, expected) => {
  expect(read({ Version: 1, ...keys, Expiration })).toMatchObject({ expiresAt: expected });
});

test.each([
  ["", "is not a JSON object"],
  ["secret", "is not a JSON object"],
  ['"secret"', "is not a JSON object"],
  ["null", "is not a JSON object"],
  ['{"Version": 1, "AccessKeyId": "secret', "is not a JSON object"],
  ["[]", 'has no "Version": 1'],
  [JSON.stringify(whole), 'has no "Version": 1'],
  [JSON.stringify({ Version: 2, ...whole }), 'has no "Version": 1'],
  [JSON.stringify({ Version: "1", ...whole }), 'has no "Version": 1'],
  [JSON.stringify({ Version: 1, SecretAccessKey: "secret" }), "has no AccessKeyId"],
  [JSON.stringify({ Version: 1, ...keys, AccessKeyId: 1 }), "has no AccessKeyId"],
  [JSON.stringify({ Version: 1, ...keys, SecretAccessKey: "" }), "has no SecretAccessKey"],
  ...["soon", 1, "1", "01/02/2026", "2026-01-02T03:04:05", "2026-02-30T03:04:05Z"].map(
    (Expiration) => [
      JSON.stringify({ Version: 1, ...keys, Expiration }),
      "has an Expiration that is no time with its zone",
    ],
  ),
])("%j %s", (text, problem) => {
  expect(readDocument(text, "SessionToken")).toBe(problem);
});
