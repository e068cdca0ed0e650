import { expect, test } from "vitest";
import {
  checkRoleArn,
  checkSerialNumber,
  deviceName,
  partitionOf,
  partitionOfRegion,
} from "../../../src/config/arn.ts";
import { given, refusalOf } from "../../support/config/build.ts";

test.for([
  "arn:aws:iam::222222222222:role/kops-admin",
  "arn:aws-cn:iam::222222222222:role/kops-admin",
  "arn:aws-us-gov:iam::222222222222:role/kops-admin",
  "arn:aws-iso-b:iam::222222222222:role/kops-admin",
  "arn:aws:iam::222222222222:role/platform/kops/kops-admin",
  "arn:aws:iam::222222222222:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_kops_0123",
  "arn:aws:iam::222222222222:role/odd_+=,.@-",
])("%s is a role", (value) => {
  expect(checkRoleArn(given(value))).toEqual(given(value));
});

const looksLike =
  "A role ARN looks like arn:aws:iam::123456789012:role/NAME (IAM console: Roles, NAME, ARN).";

test.for([
  ["kops-admin", looksLike],
  ["arn:aws:iam::222222222222:role/", looksLike],
  ["arn:aws:iam::222222222222:role", looksLike],
  ["arn:aws:iam::22222222222:role/kops-admin", looksLike],
  ["arn:aws:iam::2222-2222-2222:role/kops-admin", looksLike],
  ["arn:aws:iam:eu-west-1:222222222222:role/kops-admin", looksLike],
  ["arn:AWS:iam::222222222222:role/kops-admin", looksLike],
  ["arn:azure:iam::222222222222:role/kops-admin", looksLike],
  ["arn:aws:iam::222222222222:user/jonsmith", looksLike],
  ["arn:aws:iam::222222222222:instance-profile/kops-admin", looksLike],
  ["arn:aws:iam::222222222222:role/kops admin", looksLike],
  ["arn:aws:iam::222222222222:role/kops-admin ", looksLike],
  [" arn:aws:iam::222222222222:role/kops-admin", looksLike],
  ["arn:aws:iam::222222222222:role/kops-admin\nx", looksLike],
  ["arn:aws:iam::222222222222:role/kops-admin'$(id)", looksLike],
  [`arn:aws:iam::222222222222:role/${"x".repeat(513)}`, looksLike],
  ["'arn:aws:iam::222222222222:role/kops-admin'", looksLike],
  [
    "arn:aws:sts::222222222222:assumed-role/kops-admin/jonsmith",
    "That is the ARN of a session. The role's own looks like arn:aws:iam::123456789012:role/NAME.",
  ],
] as const)("%j is no role", ([value, hint]) => {
  expect(refusalOf(() => checkRoleArn(given(value, "--role-arn")))).toEqual([
    "ConfigError",
    `--role-arn: "${value}" is not the ARN of an IAM role`,
    hint,
  ]);
});

test.for([
  "arn:aws:iam::111111111111:mfa/jonsmith",
  "arn:aws-cn:iam::111111111111:mfa/jonsmith",
  "arn:aws-us-gov:iam::111111111111:mfa/jonsmith",
  "arn:aws:iam::111111111111:mfa/root-account-mfa-device",
  "arn:aws:iam::111111111111:mfa/people/jon.smith@example.com",
  "GAHT12345678",
  "123456789",
])("%s is a device", (value) => {
  expect(checkSerialNumber(given(value))).toEqual(given(value));
});

const noDevice = (value: string) => [
  `KOPS_MFA_ARN: "${value}" is not the serial number of an MFA device`,
  "It looks like arn:aws:iam::123456789012:mfa/NAME, or is the number on a hardware token (aws iam list-mfa-devices shows it).",
];

test.for([
  ["GAHT1234", noDevice("GAHT1234")],
  ["jon", noDevice("jon")],
  ["arn:aws:iam::111111111111:mfa/", noDevice("arn:aws:iam::111111111111:mfa/")],
  ["arn:aws:iam::1111111:mfa/jonsmith", noDevice("arn:aws:iam::1111111:mfa/jonsmith")],
  [
    "arn:aws:iam::111111111111:sms-mfa/jonsmith",
    noDevice("arn:aws:iam::111111111111:sms-mfa/jonsmith"),
  ],
  [
    "arn:aws:iam::111111111111:mfa/jonsmith\n",
    noDevice("arn:aws:iam::111111111111:mfa/jonsmith\n"),
  ],
  ["GAHT 1234 5678", noDevice("GAHT 1234 5678")],
  ["123456789;id", noDevice("123456789;id")],
  // aws-mfa#25, aws-mfa#46
  [
    "arn:aws:iam::111111111111:user/jonsmith",
    [
      'KOPS_MFA_ARN: "arn:aws:iam::111111111111:user/jonsmith" is the user, not the user\'s MFA device',
      'The device\'s ARN has ":mfa/" there: arn:aws:iam::111111111111:mfa/jonsmith (if the device is named like the user).',
    ],
  ],
  // aws/aws-cli#3607
  [
    "arn:aws:iam::111111111111:u2f/user/jonsmith/key-0123456789",
    [
      'KOPS_MFA_ARN: "arn:aws:iam::111111111111:u2f/user/jonsmith/key-0123456789" is a security key or passkey, and AWS STS accepts only codes',
      "Add a virtual MFA device (authenticator app) to the IAM user and name that one: arn:…:mfa/NAME.",
    ],
  ],
] as const)("%j is no device", ([value, lines]) => {
  const setting = { value, origin: { kind: "variable", name: "KOPS_MFA_ARN" } } as const;
  expect(refusalOf(() => checkSerialNumber(setting))).toEqual(["ConfigError", ...lines]);
});

test.for([
  ["arn:aws:iam::111111111111:mfa/jonsmith", "aws", "jonsmith"],
  ["arn:aws-cn:iam::111111111111:mfa/people/jon", "aws-cn", "jon"],
  ["arn:aws-us-gov:iam::111111111111:mfa/jon@example.com", "aws-us-gov", "jon@example.com"],
  ["arn:aws-iso-b:iam::222222222222:role/kops-admin", "aws-iso-b", null],
  ["GAHT12345678", null, null],
  ["", null, null],
] as const)("%s is in partition %s and names the device %s", ([value, partition, device]) => {
  expect([partitionOf(value), deviceName(value)]).toEqual([partition, device]);
});

test.for([
  ["eu-west-1", "aws"],
  ["us-east-1", "aws"],
  ["cn-northwest-1", "aws-cn"],
  ["us-gov-east-1", "aws-us-gov"],
  ["us-iso-east-1", "aws-iso"],
  ["us-isob-east-1", "aws-iso-b"],
  ["eu-isoe-west-1", "aws-iso-e"],
  ["us-isof-south-1", "aws-iso-f"],
  ["eusc-de-east-1", "aws-eusc"],
  ["moon-1", "aws"],
  ["", "aws"],
] as const)("region %s is in partition %s", ([region, partition]) => {
  expect(partitionOfRegion(region)).toBe(partition);
});
