import { expect, test } from "vitest";
import { canonicalRequest } from "../../../sandbox/sigv4/canonical-request.ts";
import type { HttpRequest } from "../../../sandbox/sigv4/request.ts";
import { sameSecret, signatureOf } from "../../../sandbox/sigv4/signature.ts";

/** The example that AWS's documentation worked through for years: ListUsers of IAM. */
const EXAMPLE: HttpRequest = {
  method: "GET",
  target: "/?Action=ListUsers&Version=2010-05-08",
  headers: {
    host: ["iam.amazonaws.com"],
    "content-type": ["application/x-www-form-urlencoded; charset=utf-8"],
    "x-amz-date": ["20150830T123600Z"],
  },
  body: Buffer.alloc(0),
};

// https://docs.aws.amazon.com/general/latest/gr/sigv4_signing.html (archived)
test("the signature of AWS's own example", () => {
  const canonical = canonicalRequest(EXAMPLE, ["content-type", "host", "x-amz-date"]);
  const scope = {
    accessKeyId: "AKIDEXAMPLE",
    date: "20150830",
    region: "us-east-1",
    service: "iam",
    terminator: "aws4_request",
  };
  const secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  expect(signatureOf(canonical, scope, "20150830T123600Z", secret)).toBe(
    "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
  );
});

test("the canonical form: sorted headers and query, single spaces, strict escapes", () => {
  const request: HttpRequest = {
    method: "POST",
    target: "/?b=2&a=1%20x&a=!'()*",
    headers: { host: ["h"], "x-one": ["  a   b  "], "x-two": ["c", "d"] },
    body: Buffer.from("body"),
  };
  expect(canonicalRequest(request, ["x-two", "x-one", "host"]).split("\n")).toEqual([
    "POST",
    "/",
    "a=%21%27%28%29%2A&a=1%20x&b=2",
    "host:h",
    "x-one:a b",
    "x-two:c,d",
    "",
    "host;x-one;x-two",
    "230d8358dc8e8890b4c58deeb62912ee2f20357ae92a5cc861b98e68fe31acb5",
  ]);
});

test.for([
  ["abc", "abc", true],
  ["abc", "abd", false],
  ["abc", "ab", false],
  ["", "", true],
] as const)("%s and %s are the same secret: %s", ([one, other, same]) => {
  expect(sameSecret(one, other)).toBe(same);
});
