import { describe, expect, test } from "vitest";
import {
  readChoice,
  readCluster,
  readDevice,
  readExternalId,
  readProfileName,
  readRegion,
  readRole,
  readStateStore,
  readVerdict,
  readYesNo,
  type Reading,
} from "../../../src/setup/readings.ts";

const jon = { partition: "aws", account: "111111111111", user: "jon" };
const mei = { partition: "aws-cn", account: "333333333333", user: "mei" };
const arn = "arn:aws:iam::111111111111:";

/** The value; for none, the beginning of the line that says why. */
type Row = readonly [answer: string, value: unknown, wrong?: string];

function table(name: string, read: (answer: string) => Reading<unknown>, rows: readonly Row[]) {
  describe(name, () => {
    test.for(rows)("%j", ([answer, value, wrong]) => {
      const reading = read(answer);
      if (wrong === undefined) expect(reading).toEqual({ value });
      else expect(reading).toEqual({ wrong: expect.stringContaining(wrong) as string });
    });
  });
}

const no = null;

table("a profile's name", readProfileName, [
  ["kops", "kops"],
  ["prod.admin@corp:1/2%_+-", "prod.admin@corp:1/2%_+-"],
  ["", no, "letters, digits"],
  ["my team", no, "letters, digits"],
  ["-p", no, "letters, digits"],
  ["é", no, "letters, digits"],
  ["a]b", no, "letters, digits"],
  ["default", no, '"default" is taken'],
  ["defaults", no, '"defaults" is taken'],
]);

table("a role", (answer) => readRole(answer, jon), [
  ["", null],
  ["-", null],
  ["kops-admin", `${arn}role/kops-admin`],
  ["role/kops-admin", `${arn}role/kops-admin`],
  ["ops/kops-admin", `${arn}role/ops/kops-admin`],
  ["arn:aws:iam::222222222222:role/x", "arn:aws:iam::222222222222:role/x"],
  ["/ops/kops-admin", no, "a role is its name"],
  ["kops admin", no, "a role is its name"],
  ["arn:aws:iam::2222:role/x", no, "a role is its name"],
  [`${arn}user/jon`, no, "the ARN of a user or device"],
  [`${arn}mfa/jon`, no, "the ARN of a user or device"],
  ["arn:aws:sts::111111111111:assumed-role/x/jon", no, "the ARN of a session"],
  ["arn:aws-cn:iam::333333333333:role/x", no, "keys of aws cannot assume a role of aws-cn"],
]);

table("a role in China", (answer) => readRole(answer, mei), [
  ["kops-admin", "arn:aws-cn:iam::333333333333:role/kops-admin"],
]);

table("a device", (answer) => readDevice(answer, jon), [
  [`${arn}mfa/jon`, `${arn}mfa/jon`],
  ["GAHT12345678", "GAHT12345678"],
  ["", no, `a device is an ARN like ${arn}mfa/jon`],
  ["jon", no, "a device is an ARN like"],
  [`${arn}mfa/\${user}`, no, "a device is an ARN like"],
  [`${arn}user/jon`, no, `the device has ":mfa/" there: ${arn}mfa/jon`],
  [`${arn}u2f/user/jon/key`, no, "a security key or passkey"],
  ["arn:aws:iam::222222222222:mfa/jon", no, "of another account than jon"],
  ["arn:aws-cn:iam::111111111111:mfa/jon", no, "of another account than jon"],
]);

table("a region", (answer) => readRegion(answer, jon), [
  ["", null],
  ["-", null],
  ["eu-west-1", "eu-west-1"],
  ["ap-southeast-12", "ap-southeast-12"],
  ["eu-west", no, "a region looks like"],
  ["EU-WEST-1", no, "a region looks like"],
  ["cn-north-1", no, "in another partition"],
  ["us-gov-west-1", no, "in another partition"],
]);

table("a region in China", (answer) => readRegion(answer, mei), [
  ["cn-north-1", "cn-north-1"],
  ["eu-west-1", no, "in another partition"],
]);

table("a state store", readStateStore, [
  ["", null],
  ["-", null],
  ["s3://clusters.example.com", "s3://clusters.example.com"],
  ["s3://clusters.example.com//", "s3://clusters.example.com"],
  ["s3://b-1/some/prefix", "s3://b-1/some/prefix"],
  ["clusters.example.com", no, "did you mean s3://clusters.example.com?"],
  ["s3://", no, "a state store looks like"],
  ["s3://Bucket", no, "a state store looks like"],
  ["s3://a b", no, "a state store looks like"],
  ["s3://bucket/a #b", no, "a state store looks like"],
  ["gs://bucket", no, "a state store looks like"],
]);

table("a cluster", readCluster, [
  ["", null],
  ["-", null],
  ["one.k8s.local", "one.k8s.local"],
  ["one", no, "a full domain name"],
  ["One.example.com", no, "a full domain name"],
  ["one..example", no, "a full domain name"],
]);

table("an external id", readExternalId, [
  ["-", null],
  ["kops/external:id-1", "kops/external:id-1"],
  ["a", no, "2 to 1224"],
  ["a b", no, "2 to 1224"],
]);

table("a choice", (answer) => readChoice(answer, ["a", "2", "c"], (name) => name), [
  ["1", "a"],
  ["c", "c"],
  ["2", "2"],
  ["0", no, "a number from 1 to 3"],
  ["4", no, "a number from 1 to 3"],
  ["", no, "a number from 1 to 3"],
]);

table("yes or no", readYesNo, [
  ["y", true],
  ["YES", true],
  ["No", false],
  ["ye", no, "answer y or n"],
]);

table("what to do", readVerdict, [
  ["y", "yes"],
  ["n", "no"],
  ["C", "change"],
  ["change", "change"],
  ["", no, "answer y, n or c"],
]);
