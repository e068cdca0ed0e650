import { describe, expect, test } from "vitest";
import {
  type RawRequest,
  errorIn,
  sendRaw,
  signedByTheSdk,
  without,
} from "../../../sandbox/raw-request.ts";
import { NOON, launch, stopDate } from "../../../sandbox/support.ts";

const MISMATCH =
  "403 SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";

type Tamper = (request: RawRequest) => RawRequest;

function withHeaders(headers: Readonly<Record<string, string>>): Tamper {
  return (request) => ({ ...request, headers: { ...request.headers, ...headers } });
}

function withAuthorization(edit: (text: string) => string): Tamper {
  return (request) => withHeaders({ authorization: edit(authorizationOf(request)) })(request);
}

function authorizationOf({ headers }: RawRequest): string {
  return headers["authorization"]!;
}

async function answerTo(tamper: Tamper) {
  stopDate(NOON);
  const launched = await launch();
  const signed = await signedByTheSdk(launched);
  return sendRaw(launched.sandbox.url, tamper(signed));
}

test("what the SDK signed is accepted as it is", async () => {
  const { status, headers, body } = await answerTo((request) => request);
  expect(status).toBe(200);
  expect(headers["content-type"]).toBe("text/xml");
  expect(headers.date).toBe("Thu, 15 Jan 2026 12:00:00 GMT");
  const id = String(headers["x-amzn-requestid"]);
  expect(id).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
  expect(body).toMatch(
    /^<GetCallerIdentityResponse xmlns="https:\/\/sts\.amazonaws\.com\/doc\/2011-06-15\/"><GetCallerIdentityResult><Arn>arn:aws:iam::111111111111:user\/jon<\/Arn><UserId>AIDA[A-Z0-9]{17}<\/UserId><Account>111111111111<\/Account><\/GetCallerIdentityResult><ResponseMetadata><RequestId>[^<]*<\/RequestId><\/ResponseMetadata><\/GetCallerIdentityResponse>$/,
  );
  expect(body).toContain(`<RequestId>${id}</RequestId>`);
});

test("headers that are not signed may change, and spaces in those that are do not count", async () => {
  const { status } = await answerTo((request) =>
    withHeaders({
      "user-agent": "someone else",
      "x-amz-date": ` ${request.headers["x-amz-date"]!}  `,
    })(request),
  );
  expect(status).toBe(200);
});

describe("a changed request", () => {
  test.for<[string, Tamper]>([
    ["body", (request) => ({ ...request, body: `${request.body}&Extra=1` })],
    ["query", (request) => ({ ...request, path: "/?Extra=1" })],
    ["host", withHeaders({ host: "sts.amazonaws.com" })],
    ["content type", withHeaders({ "content-type": "application/x-www-form-urlencoded;a=b" })],
    ["date", withHeaders({ "x-amz-date": "20260115T120001Z" })],
    ["signature", withAuthorization((text) => `${text.slice(0, -1)}${text.endsWith("0") ? 1 : 0}`)],
    ["shorter signature", withAuthorization((text) => text.slice(0, -1))],
    ["signed headers", withAuthorization((text) => text.replace("host;", "host;user-agent;"))],
    ["region", withAuthorization((text) => text.replace("eu-central-1", "eu-west-1"))],
    [
      "other user's key id",
      withAuthorization((text) => text.replace("AKIATESTTESTTESTJON0", "AKIATESTTESTTESTMAL0")),
    ],
  ])("%s", async ([, tamper]) => {
    expect(errorIn(await answerTo(tamper))).toBe(MISMATCH);
  });
});

describe("a request that is signed wrongly", () => {
  const MISSING = "403 MissingAuthenticationToken: Request is missing Authentication Token";

  test.for<[string, Tamper, string]>([
    [
      "no Authorization",
      (request) => ({ ...request, headers: without("authorization", request.headers) }),
      MISSING,
    ],
    ["another scheme", withHeaders({ authorization: "Bearer AWS4-HMAC-SHA256" }), MISSING],
    [
      "another algorithm",
      withAuthorization((text) => text.replace("AWS4-HMAC-SHA256", "AWS4-HMAC-SHA25")),
      "400 IncompleteSignature: Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA25' (only AWS4-HMAC-SHA256 for now). ",
    ],
    [
      "four elements in the credential",
      withAuthorization((text) => text.replace("/eu-central-1/", "/")),
      "400 IncompleteSignature: Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'AKIATESTTESTTESTJON0/20260115/sts/aws4_request'",
    ],
    [
      "another service",
      withAuthorization((text) => text.replace("/sts/", "/s3/")),
      "403 SignatureDoesNotMatch: Credential should be scoped to correct service: 'sts'.",
    ],
    [
      "a region that does not exist",
      withAuthorization((text) => text.replace("eu-central-1", "mars-1")),
      "403 SignatureDoesNotMatch: Credential should be scoped to a valid region, not 'mars-1'.",
    ],
    [
      "another terminator",
      withAuthorization((text) => text.replace("aws4_request", "aws5_request")),
      "403 SignatureDoesNotMatch: Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'.",
    ],
    [
      "another day",
      withAuthorization((text) => text.replace("20260115/", "20260114/")),
      "403 SignatureDoesNotMatch: Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20260114' != '20260115', from '20260115T120000Z'.",
    ],
    [
      "nothing right in the scope",
      withAuthorization((text) =>
        text.replace("20260115/eu-central-1/sts/aws4_request", "1/mars/ec2/x"),
      ),
      "403 SignatureDoesNotMatch: Credential should be scoped to a valid region, not 'mars'. Credential should be scoped to correct service: 'sts'. Credential should be scoped with a valid terminator: 'aws4_request', not 'x'. Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '1' != '20260115', from '20260115T120000Z'.",
    ],
    [
      "no signed host",
      withAuthorization((text) => text.replace(";host", "")),
      "403 SignatureDoesNotMatch: 'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
    ],
    [
      "no signed date",
      withAuthorization((text) => text.replace(";x-amz-date", "")),
      "403 SignatureDoesNotMatch: 'X-Amz-Date' must be a 'SignedHeader' in the AWS Authorization.",
    ],
    [
      "a session token that is not signed",
      withHeaders({ "x-amz-security-token": "dGVzdA==" }),
      "403 SignatureDoesNotMatch: 'X-Amz-Security-Token' must be a 'SignedHeader' in the AWS Authorization.",
    ],
    [
      "a date in another form",
      withHeaders({ "x-amz-date": "2026-01-15T12:00:00Z" }),
      "400 IncompleteSignature: Date must be in ISO-8601 'basic format'. Got '2026-01-15T12:00:00Z'. See http://en.wikipedia.org/wiki/ISO_8601",
    ],
    [
      "a day that no calendar has",
      withHeaders({ "x-amz-date": "20261315T120000Z" }),
      "400 IncompleteSignature: Date must be in ISO-8601 'basic format'. Got '20261315T120000Z'. See http://en.wikipedia.org/wiki/ISO_8601",
    ],
  ])("%s", async ([, tamper, error]) => {
    expect(errorIn(await answerTo(tamper))).toBe(error);
  });

  test("every part of the header that is missing is named, the header itself only hashed", async () => {
    const answer = await answerTo((request) => ({
      ...request,
      headers: {
        ...without("x-amz-date", request.headers),
        authorization: "AWS4-HMAC-SHA256 Credential",
      },
    }));
    expect(errorIn(answer)).toMatch(
      /^400 IncompleteSignature: Authorization header requires 'Credential' parameter\. Authorization header requires 'Signature' parameter\. Authorization header requires 'SignedHeaders' parameter\. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header\. \(Hashed with SHA-256 and encoded with Base64\) Authorization=[A-Za-z0-9+/]{43}=$/,
    );
  });
});
