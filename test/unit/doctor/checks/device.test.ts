import { expect, test } from "vitest";
import { judgeDevice } from "../../../../src/doctor/checks/device.ts";
import type { AwsFacts, ProfileFacts } from "../../../../src/doctor/facts.ts";
import {
  keys,
  keyVariables,
  mfa,
  mfaArn,
  profile,
  resolved,
  type Given,
} from "../../../support/config/build.ts";

const jon = "arn:aws:iam::111111111111:user/team/jon";

function judged(given: Given, devices: readonly string[] | null, arn: string | null = jon) {
  const facts: ProfileFacts = {
    ...{ names: [], brokenFile: null, trouble: null },
    ...{
      roleTrouble: null,
      serialTrouble: null,
      plan: null,
      planTrouble: null,
      exposed: [],
      codeProgram: null,
    },
    resolution: resolved(given),
  };
  const aws: AwsFacts = {
    keysTrouble: null,
    devices,
    caller:
      arn === null
        ? { kind: "unasked", why: "offline" }
        : { kind: "known", arn, clockOffsetMs: null },
  };
  const { status, message, cure } = judgeDevice(facts, aws);
  return [status, message, cure];
}

const withSerial = (...lines: string[]): Given => ({
  config: [profile("default", keys(), ...lines)],
});
const key = "arn:aws:iam::111111111111:u2f/user/jon/key";

test.for<readonly [string, Given, readonly string[] | null, string | null, unknown]>([
  [
    "listed",
    withSerial(mfa("jon")),
    [mfaArn("jon")],
    jon,
    ["ok", `${mfaArn("jon")}, a device of jon`, null],
  ],
  ["IAM does not tell", withSerial(mfa("jon")), null, jon, ["ok", mfaArn("jon"), null]],
  [
    "a name is only a hint",
    withSerial(mfa("jons-phone")),
    null,
    jon,
    ["ok", `${mfaArn("jons-phone")} (the keys are jon's)`, null],
  ],
  [
    "${user} is the caller",
    withSerial(mfa("${user}")),
    [mfaArn("jon")],
    jon,
    ["ok", `${mfaArn("jon")}, a device of jon`, null],
  ],
  ["nobody was asked", withSerial(mfa("${user}")), null, null, ["ok", mfaArn("${user}"), null]],
  [
    "a number on a token",
    withSerial("mfa_serial = GAHT12345678"),
    null,
    jon,
    ["ok", "GAHT12345678", null],
  ],
  [
    "another one",
    withSerial(mfa("ann")),
    [mfaArn("jon")],
    jon,
    [
      "failure",
      `${jon} has no MFA device ${mfaArn("ann")}`,
      `Write: mfa_serial = ${mfaArn("jon")}`,
    ],
  ],
  [
    "another one, and he has none",
    withSerial(mfa("ann")),
    [],
    jon,
    [
      "failure",
      `${jon} has no MFA device ${mfaArn("ann")}`,
      "Add an MFA device to the user in the IAM console (an authenticator app), and name it in mfa_serial.",
    ],
  ],
  [
    "none, and one is listed",
    withSerial(),
    [key, mfaArn("jon")],
    jon,
    [
      "warning",
      "none is configured: a role that wants MFA refuses you",
      `Write: mfa_serial = ${mfaArn("jon")}`,
    ],
  ],
  [
    "none, and only a security key",
    withSerial(),
    [key],
    jon,
    [
      "warning",
      "none is configured: a role that wants MFA refuses you",
      "This user has only a security key or passkey, and AWS STS accepts only codes: add an authenticator app in the IAM console.",
    ],
  ],
  [
    "none with temporary keys",
    { env: { ...keyVariables(), AWS_SESSION_TOKEN: "t" } },
    null,
    jon,
    ["ok", "none, since AWS takes no code with temporary keys", null],
  ],
])("%s", ([, given, devices, arn, expected]) => {
  expect(judged(given, devices, arn)).toEqual(expected);
});
