import { describe, expect, test } from "vitest";
import { formatDuration } from "../../src/config/duration.ts";
import type { RequestOptions } from "../../src/config/request.ts";
import { planSession, type Step } from "../../src/session/plan.ts";
import {
  from,
  keys,
  keyVariables,
  link,
  mfa,
  mfaArn,
  profile,
  refusalOf,
  resolved,
  role,
  roleArn,
  section,
  type Given,
} from "../config/build.ts";

/** `MFA 12h*`, `prod 1h`: the role's name or MFA for GetSessionToken, the time, a star where a code goes with the call. */
function brief(step: Step): string {
  const name = step.action === "AssumeRole" ? (step.roleArn.split(":role/")[1] ?? "?") : "MFA";
  return `${name} ${formatDuration(step.durationSeconds)}${step.serialNumber === null ? "" : "*"}`;
}

const planOf = (given: Given) => planSession(resolved(given));

/** Profile "prod", or what these options ask for. */
const prod = (config: readonly string[], options: RequestOptions = {}): Given => ({
  config,
  options: { profile: "prod", ...options },
});

const jon = profile("jon", keys());
const jonWithDevice = profile("jon", keys(), mfa("jon"));
const device = mfa("jon");
const lasting = (text: string) => `duration_seconds = ${text}`;
const alias = (name: string, source: string) => profile(name, from(source));

const one = [jon, link("prod", "jon", device)];
const two = [jon, link("base", "jon"), link("prod", "base", device)];
const ownKeys = profile("prod", role("prod"), keys(), device);
const capped = (name: string, asked: string) =>
  `${roleArn(name)} for 1h instead of ${asked}: AWS caps a role that is assumed with temporary credentials`;

const shared = "one code opens every role of this user";
const only = (time: string) => `AWS gives this role ${time} only for a code of its own`;
const beside = "the role's own profile has the keys";
const noRole = "no role: the user's own session carries the MFA";
const noDevice = "no MFA device is configured";

interface Row {
  readonly given: Given;
  readonly steps: string;
  readonly reason: string;
  readonly notes?: readonly string[];
}

test.for<readonly [title: string, row: Row]>([
  [
    "a user with a device",
    { given: prod([profile("prod", keys(), device)]), steps: "MFA 12h*", reason: noRole },
  ],
  [
    "a user, for longer",
    {
      given: prod([profile("prod", keys(), device)], { duration: "36h" }),
      steps: "MFA 36h*",
      reason: noRole,
    },
  ],
  [
    "a user, by an alias with a device",
    { given: prod([jon, profile("prod", from("jon"), device)]), steps: "MFA 12h*", reason: noRole },
  ],
  ["one role (32)", { given: prod(one), steps: "MFA 12h* > prod 1h", reason: shared }],
  [
    "one role, for less",
    { given: prod(one, { duration: "15m" }), steps: "MFA 12h* > prod 15m", reason: shared },
  ],
  [
    "one role of 12 h (30)",
    { given: prod(one, { duration: "12h" }), steps: "prod 12h*", reason: only("12h") },
  ],
  [
    "one role of 12 h in its profile",
    {
      given: prod([jon, link("prod", "jon", device, lasting("12h"))]),
      steps: "prod 12h*",
      reason: only("12h"),
    },
  ],
  [
    "one role of a second more than 1 h",
    { given: prod(one, { duration: "3601" }), steps: "prod 1h1s*", reason: only("1h1s") },
  ],
  [
    "one role of 12 h behind an alias (31)",
    {
      given: prod([jon, alias("mid", "jon"), link("prod", "mid", device, lasting("12h"))]),
      steps: "prod 12h*",
      reason: only("12h"),
    },
  ],
  ["a role with its own keys (25)", { given: prod([ownKeys]), steps: "prod 1h*", reason: beside }],
  [
    "a role with its own keys, for longer",
    { given: prod([ownKeys], { duration: "2h" }), steps: "prod 2h*", reason: beside },
  ],
  [
    "an alias of a role with its own keys (27)",
    {
      given: prod([profile("base", role("base"), keys(), device), alias("prod", "base")]),
      steps: "base 1h*",
      reason: beside,
    },
  ],
  ["two roles", { given: prod(two), steps: "MFA 12h* > base 1h > prod 1h", reason: shared }],
  [
    "two roles, the first with its own keys (26)",
    {
      given: prod([profile("base", role("base"), keys(), device), link("prod", "base", device)]),
      steps: "MFA 12h* > base 1h > prod 1h",
      reason: shared,
    },
  ],
  [
    "a device of [default] for two roles (28)",
    {
      given: prod([
        profile("default", device),
        jon,
        link("base", "jon"),
        link("prod", "base", lasting("7200")),
      ]),
      steps: "MFA 12h* > base 1h > prod 1h",
      reason: shared,
      notes: [capped("prod", "2h")],
    },
  ],
  [
    "two roles of 12 h (29)",
    {
      given: prod([
        jon,
        link("base", "jon", lasting("12h")),
        link("prod", "base", device, lasting("12h")),
      ]),
      steps: "MFA 12h* > base 1h > prod 1h",
      reason: shared,
      notes: [capped("base", "12h"), capped("prod", "12h")],
    },
  ],
  [
    "the same with an alias between them (33)",
    {
      given: prod([
        jon,
        link("base", "jon", lasting("12h")),
        alias("mid", "base"),
        link("prod", "mid", device, lasting("12h")),
      ]),
      steps: "MFA 12h* > base 1h > prod 1h",
      reason: shared,
      notes: [capped("base", "12h"), capped("prod", "12h")],
    },
  ],
  [
    "KOPS_MFA_ROLE_ARN and KOPS_MFA_ARN alone",
    {
      given: {
        env: { ...keyVariables(), KOPS_MFA_ROLE_ARN: roleArn("kops"), KOPS_MFA_ARN: mfaArn("jon") },
      },
      steps: "MFA 12h* > kops 1h",
      reason: shared,
    },
  ],
  [
    "the same with the keys of [default]",
    {
      given: {
        config: [profile("default", keys())],
        env: { KOPS_MFA_ROLE_ARN: roleArn("kops"), KOPS_MFA_ARN: mfaArn("jon") },
      },
      steps: "MFA 12h* > kops 1h",
      reason: shared,
    },
  ],
  [
    "no device (37)",
    { given: prod([jon, link("prod", "jon")]), steps: "prod 1h", reason: noDevice },
  ],
  [
    "no device, 12 h",
    {
      given: prod([jon, link("prod", "jon")], { duration: "12h" }),
      steps: "prod 12h",
      reason: noDevice,
    },
  ],
  [
    "a device of the source, not used",
    { given: prod([jonWithDevice, link("prod", "jon")]), steps: "prod 1h", reason: noDevice },
  ],
  [
    "no device, two roles (40)",
    {
      given: prod([jon, link("base", "jon", lasting("2h")), link("prod", "base", lasting("2h"))]),
      steps: "base 2h > prod 1h",
      reason: noDevice,
      notes: [capped("prod", "2h")],
    },
  ],
  [
    "no device, temporary keys",
    {
      given: prod([
        profile("jon", keys(), "aws_session_token = t"),
        link("prod", "jon", lasting("2h")),
      ]),
      steps: "prod 1h",
      reason: noDevice,
      notes: [capped("prod", "2h")],
    },
  ],
])("%s", ([, { given, steps, reason, notes = [] }]) => {
  const plan = planOf(given);
  expect([plan.steps.map(brief).join(" > "), plan.reason, plan.notes]).toEqual([
    steps,
    reason,
    notes,
  ]);
});

test("the calls say all that the profile does", () => {
  const lines = ["external_id = abc-123", "role_session_name = jon@laptop", lasting("30m")];
  expect(planOf(prod([jon, link("prod", "jon", device, ...lines)])).steps).toEqual([
    { action: "GetSessionToken", serialNumber: mfaArn("jon"), durationSeconds: 43_200 },
    {
      action: "AssumeRole",
      roleArn: roleArn("prod"),
      roleSessionName: "jon@laptop",
      externalId: "abc-123",
      durationSeconds: 1800,
      serialNumber: null,
    },
  ]);
  expect(planOf(prod([ownKeys])).steps).toEqual([
    {
      action: "AssumeRole",
      roleArn: roleArn("prod"),
      roleSessionName: "jon",
      externalId: null,
      durationSeconds: 3600,
      serialNumber: mfaArn("jon"),
    },
  ]);
});

describe("refused", () => {
  const temporary = "has temporary keys, and AWS takes an MFA code only with long-lived ones";
  const useKeys =
    "Start from the access keys of the IAM user (AKIA…), or leave the MFA serial out for a role that wants no MFA.";
  const nothing = "has neither a role nor an MFA device, so there is no session to make";
  const say = "Set role_arn or mfa_serial in the profile, or KOPS_MFA_ROLE_ARN and KOPS_MFA_ARN.";
  const token = { ...keyVariables(), AWS_SESSION_TOKEN: "t" };
  const profileToken = profile("jon", keys(), "aws_session_token = t");

  test.for<readonly [title: string, given: Given, message: string, hint: string]>([
    [
      "temporary keys of a profile, with a device",
      prod([profileToken, link("prod", "jon", device)]),
      `profile "jon" (~/.aws/config:2) ${temporary}`,
      useKeys,
    ],
    [
      "temporary keys of the environment, with a device",
      { env: { ...token, KOPS_MFA_ARN: mfaArn("jon") } },
      `the environment (AWS_ACCESS_KEY_ID) ${temporary}`,
      useKeys,
    ],
    ["nothing to do, profile", prod([profile("prod", keys())]), `profile "prod" ${nothing}`, say],
    [
      "nothing to do, environment",
      { env: keyVariables() },
      `the environment (AWS_ACCESS_KEY_ID) ${nothing}`,
      say,
    ],
    [
      "nothing to do, temporary keys",
      { credentials: [section("default", keys(), "aws_session_token = t")] },
      `profile "default" ${nothing}`,
      say,
    ],
  ])("%s", ([, given, message, hint]) => {
    expect(refusalOf(() => planOf(given))).toEqual(["CredentialsError", message, hint]);
  });

  // The device is there, one profile further; it is the user's, and it is a session of the user's own.
  test.fails("an alias of a user with a device is told where the device is", () => {
    expect(refusalOf(() => planOf(prod([jonWithDevice, alias("prod", "jon")])))).toEqual([
      "CredentialsError",
      `profile "prod" ${nothing}`,
      `The profile with the keys has mfa_serial = ${mfaArn("jon")}: write that into profile "prod" too, or give --serial-number.`,
    ]);
  });
});
