import { expect, test } from "vitest";
import {
  decodeAwsCliEntry,
  encodeAwsCliEntry,
  isSessionOf,
} from "../../../../src/session/aws-cli/entry.ts";
import { now, stsSession } from "../../../support/session/build.ts";

const arn = "arn:aws:sts::222222222222:assumed-role/kops-admin/jon";
const session = { ...stsSession("S001"), arn };

/** What botocore 1.29.19 (AWS CLI 2.9.19) wrote, with other keys. */
const written = (expiration = "2026-01-02T04:04:05UTC") =>
  JSON.stringify({
    Credentials: {
      AccessKeyId: session.credentials.accessKeyId,
      SecretAccessKey: session.credentials.secretAccessKey,
      SessionToken: session.credentials.sessionToken,
      Expiration: expiration,
    },
    AssumedRoleUser: { AssumedRoleId: "AROATESTTESTTEST:jon", Arn: arn },
    ResponseMetadata: { RequestId: "r", HTTPStatusCode: 200, HTTPHeaders: {}, RetryAttempts: 0 },
  });

test("what is written is read back, and in the AWS CLI's form", () => {
  const text = encodeAwsCliEntry(session);
  expect(decodeAwsCliEntry(text ?? "")).toEqual(session);
  expect(text).toContain('"Expiration":"2026-01-02T04:04:05UTC","AccountId":"222222222222"');
});

test("a session whose ARN is not known, or is no role's, has no form there", () => {
  expect(encodeAwsCliEntry({ ...session, arn: null })).toBe(null);
  expect(encodeAwsCliEntry({ ...session, arn: "arn:aws:iam::111111111111:user/jon" })).toBe(null);
});

test("what the AWS CLI wrote is read", () => {
  expect(decodeAwsCliEntry(written())).toEqual({ ...session, expiresAt: now + 3_600_000 });
});

test.for([
  ["UTC", "2026-01-02T04:04:05UTC"],
  ["Z", "2026-01-02T04:04:05Z"],
  ["an offset", "2026-01-02T04:04:05+00:00"],
  ["an offset that is not 0", "2026-01-02T06:04:05+0200"],
  ["JavaScript's", "2026-01-02T04:04:05.000Z"],
  ["Python's microseconds", "2026-01-02T04:04:05.000000+00:00"],
] as const)("a time in the form of %s", ([, time]) => {
  expect(decodeAwsCliEntry(written(time))?.expiresAt).toBe(now + 3_600_000);
});

const withCredentials = (change: Readonly<Record<string, unknown>>) => {
  const answer = JSON.parse(written()) as { Credentials: object };
  return JSON.stringify({ ...answer, Credentials: { ...answer.Credentials, ...change } });
};

test.for<readonly [title: string, text: string]>([
  ["empty", ""],
  ["cut off", written().slice(0, -30)],
  ["no JSON", "AWS_ACCESS_KEY_ID=x"],
  ["null", "null"],
  ["a list", "[]"],
  ["of SSO, without a role's name", written().replace(/"AssumedRoleUser".*?\},/, "")],
  ["without credentials", '{"AssumedRoleUser":{"Arn":"x"}}'],
  ["with credentials that are no object", '{"Credentials":"x"}'],
  ["without a token", withCredentials({ SessionToken: undefined })],
  ["with a token of two lines", withCredentials({ SessionToken: "x\ntouch /tmp/x" })],
  ["without a time", withCredentials({ Expiration: undefined })],
  ["with a time as a number", withCredentials({ Expiration: 1_767_326_645 })],
  ["with a time of no zone", withCredentials({ Expiration: "2026-01-02T04:04:05" })],
  ["with a time that is none", withCredentials({ Expiration: "2026-13-02T04:04:05Z" })],
])("a file that is %s is no session", ([, text]) => {
  expect(decodeAwsCliEntry(text)).toBe(null);
});

const roleArn = "arn:aws:iam::222222222222:role/kops-admin";

test.for<readonly [arn: string, roleArn: string, name: string | null, expected: boolean]>([
  [arn, roleArn, null, true],
  [arn, roleArn, "jon", true],
  [arn, roleArn, "ann", false],
  [arn, "arn:aws:iam::222222222222:role/a/path/kops-admin", null, true],
  [arn, "arn:aws:iam::222222222222:role/kops-admin/other", null, false],
  [arn, "arn:aws:iam::333333333333:role/kops-admin", null, false],
  [arn, "arn:aws-cn:iam::222222222222:role/kops-admin", null, false],
  [arn, "arn:aws:iam::222222222222:role/kops", null, false],
  ["arn:aws:iam::222222222222:role/kops-admin", roleArn, null, false],
  ["", roleArn, null, false],
])("%s is a session of %s under %s: %s", ([session, role, roleSessionName, expected]) => {
  const shared = { key: "", hashed: "", roleArn: role, roleSessionName };
  expect(isSessionOf(session, shared)).toBe(expected);
});
