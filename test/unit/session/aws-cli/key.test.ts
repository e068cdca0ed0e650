import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { Resolution } from "../../../../src/config/resolve.ts";
import { awsCliSession } from "../../../../src/session/aws-cli/key.ts";
import { planKeys } from "../../../../src/session/obtain.ts";
import { planSession } from "../../../../src/session/plan.ts";
import {
  from,
  given,
  keys,
  link,
  mfa,
  profile,
  resolved,
  role,
  roleArn,
  type Given,
} from "../../../support/config/build.ts";

const shared = { KOPS_MFA_CACHE: "aws-cli" };
const device = mfa("jonsmith");

/** Somebody's keys, and a profile `prod` with the role of the vectors and these lines. */
function prod(...lines: readonly string[]): Given {
  const config = [
    profile("jon", keys()),
    profile("prod", role("kops-admin"), from("jon"), ...lines),
  ];
  return { config, options: { profile: "prod" }, env: shared };
}

const sessionOf = (resolution: Resolution) => awsCliSession(resolution, planSession(resolution));
const fileName = (resolution: Resolution) => {
  const hashed = sessionOf(resolution)?.hashed;
  return hashed === undefined ? null : createHash("sha1").update(hashed).digest("hex");
};

/** Names that botocore 1.43.11 gave its files. */
test.for<readonly [title: string, given: Given, name: string]>([
  ["a role", prod(), "450f64da299039b77157538ad35f92f8547dc39b"],
  ["and a device", prod(device), "752e2a76d14153d4b5092f7cdc0b9b9846373dff"],
  [
    "and a session name",
    prod(device, "role_session_name = jon"),
    "20fc0540e3c5f527b733ed4c962298d78a27aaf6",
  ],
  [
    "and a duration, also of 1 h",
    prod(device, "duration_seconds = 3600"),
    "a0602b6cb9a86cb6711488e46ef3382f6989c2df",
  ],
  [
    "and everything",
    prod(device, "role_session_name = jon", "duration_seconds = 43200", "external_id = abc"),
    "ad6685a6b3ce29898a9cc732a559152fe37eb801",
  ],
  [
    "what options say counts as configured",
    {
      ...prod(device),
      options: {
        profile: "prod",
        roleSessionName: "jon",
        durationSeconds: "43200",
        externalId: "abc",
      },
    },
    "ad6685a6b3ce29898a9cc732a559152fe37eb801",
  ],
])("the file's name: %s", ([, what, name]) => {
  expect(fileName(resolved(what))).toBe(name);
});

test("the file's name: what is not ASCII is escaped as Python does", () => {
  const resolution = resolved(prod(device));
  const roles = resolution.roles.map((one) => ({ ...one, externalId: given("é/ü") }));
  expect(fileName({ ...resolution, roles })).toBe("79666dc60666a3ea46aad0e4dd605ac1f91f520a");
});

test("the session is the plan's last, with what its ARN must say", () => {
  const resolution = resolved(prod(device, "role_session_name = jon"));
  const key = planKeys(resolution, planSession(resolution)).at(-1);
  const expected = { key, roleArn: roleArn("kops-admin"), roleSessionName: "jon" };
  expect(sessionOf(resolution)).toMatchObject(expected);
  expect(sessionOf(resolved(prod(device)))).toMatchObject({ roleSessionName: null });
});

test.for<readonly [title: string, given: Given]>([
  [
    "a user's own session",
    { config: [profile("prod", keys(), device)], options: { profile: "prod" }, env: shared },
  ],
  [
    "a chain",
    {
      config: [profile("jon", keys()), link("base", "jon"), link("prod", "base", device)],
      options: { profile: "prod" },
      env: shared,
    },
  ],
  ["a shared MFA session behind it", { ...prod(device), env: {} }],
  ["session tags", prod(device, "session_tags = team=ops")],
  [
    "a device that is named after the user",
    prod("mfa_serial = arn:aws:iam::111111111111:mfa/${user}"),
  ],
  [
    "temporary keys, with which the AWS CLI asks for longer than AWS gives",
    {
      config: [
        profile("jon", keys(), "aws_session_token = t"),
        profile("prod", role("kops-admin"), from("jon"), "duration_seconds = 7200"),
      ],
      options: { profile: "prod" },
      env: shared,
    },
  ],
])("the AWS CLI could not have made: %s", ([, what]) => {
  expect(sessionOf(resolved(what))).toBe(null);
});
