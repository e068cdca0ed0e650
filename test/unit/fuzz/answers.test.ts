import fc from "fast-check";
import { expect, test } from "vitest";
import { clockOffset } from "../../../src/platform/aws/sts-answer.ts";
import { holds, holdsAsync } from "../../fuzz/effort.ts";
import { mutated, noise } from "../../fuzz/noise.ts";
import { checkAnswer, type Answer } from "../../fuzz/sts-answer.ts";

const xml = [
  ...[
    "<Credentials>",
    "</Credentials>",
    "<AccessKeyId>ASIA1</AccessKeyId>",
    "<Expiration>",
    "</Expiration>",
  ],
  ...[
    "<SessionToken>t</SessionToken>",
    "<Error>",
    "</Error>",
    "<Code>",
    "</Code>",
    "<Message>x</Message>",
  ],
  ...[
    "<member>",
    "</member>",
    "<a/>",
    "<a>",
    "</a>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<?xml?>",
    "&amp;",
    "&#0;",
    "&#x110000;",
    "&x;",
  ],
  ...["<!DOCTYPE a [<!ENTITY x 'y'>]>", ' a="b"', "<item>", "</item>", "{", "}"],
];
const keys =
  "<Credentials><AccessKeyId>ASIA1</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2026-01-02T03:04:05Z</Expiration></Credentials>";
const bodies = [
  `<AssumeRoleResponse><AssumeRoleResult>${keys}<AssumedRoleUser><Arn>arn:aws:sts::1:assumed-role/x/y</Arn></AssumedRoleUser></AssumeRoleResult></AssumeRoleResponse>`,
  `<GetSessionTokenResponse><GetSessionTokenResult>${keys}</GetSessionTokenResult></GetSessionTokenResponse>`,
  "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::1:user/jon</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>",
  "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>",
  "<ListMFADevicesResponse><ListMFADevicesResult><MFADevices><member><SerialNumber>a</SerialNumber></member></MFADevices></ListMFADevicesResult></ListMFADevicesResponse>",
  "<Error><Code>PermanentRedirect</Code><Message>x</Message><Region>us-east-1</Region></Error>",
  "<ListBucketResult><Name>clusters</Name></ListBucketResult>",
  "<DescribeRegionsResponse><regionInfo><item><regionName>eu-west-1</regionName></item></regionInfo></DescribeRegionsResponse>",
  "<html><body>Log in</body></html>",
  '{"message": "no"}',
];
const body = fc.oneof(
  mutated(fc.constantFrom(...bodies), xml),
  fc.constantFrom(...bodies),
  noise(xml),
);
const answers: fc.Arbitrary<Answer> = fc.record({
  // Not those after which the request is sent again, in a moment.
  status: fc.constantFrom(200, 200, 200, 201, 204, 301, 400, 403, 404),
  body,
  headers: fc.dictionary(
    fc.constantFrom("date", "x-amz-bucket-region", "x-amzn-errortype", "content-type"),
    noise(["Fri, 02 Jan 2026 03:04:05 GMT", "us-east-1", "text/html"], 2),
  ),
});

test("whatever answers in the place of AWS gives a whole session, or a failure that is explained", async () => {
  await holdsAsync(answers, checkAnswer, { few: 200, slowness: 4 });
});

test("a Date that is none is no clock", () => {
  holds(noise(["Fri, 02 Jan 2026 03:04:05 GMT", "1", "2026"], 3), (date) => {
    const offset = clockOffset({ headers: { date } });
    if (offset !== null)
      expect(date).toMatch(/^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/);
  });
});
