import { describe, expect, test } from "vitest";
import { formatDuration } from "../../../src/config/duration.ts";
import { planSession, type Plan } from "../../../src/session/plan.ts";
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
  forProd,
} from "../../support/config/build.ts";

/** `shared: MFA 12h* > prod 1h`: the way, then each call; MFA for GetSessionToken, a star where a code goes with it. */
function brief({ way, steps }: Plan): string {
  const calls = steps.map((step) => {
    const name = step.action === "AssumeRole" ? step.roleArn.split(":role/")[1]! : "MFA";
    const star = step.serialNumber === null ? "" : "*";
    return `${name} ${formatDuration(step.durationSeconds)}${star}`;
  });
  return `${way}: ${calls.join(" > ")}`;
}

const planOf = (given: Given) => planSession(resolved(given));

const device = mfa("jon");
const lasting = (text: string) => `duration_seconds = ${text}`;
const alias = (name: string, source: string) => profile(name, from(source));
const jon = profile("jon", keys());
const jonWithDevice = profile("jon", keys(), device);
const temporaryJon = profile("jon", keys(), "aws_session_token = t");
const prod = link("prod", "jon", device);
const ownKeys = profile("prod", role("prod"), keys(), device);
const base = link("base", "jon");
const lastingBase = link("base", "jon", lasting("12h"));
const baseWithKeys = profile("base", role("base"), keys(), device);

type Row = readonly [title: string, config: readonly string[], expected: string];

test.for<Row>([
  ["a user", [profile("prod", keys(), device)], "user: MFA 12h*"],
  ["an alias of a user", [jon, profile("prod", from("jon"), device)], "user: MFA 12h*"],
  ["one role (32)", [jon, prod], "shared: MFA 12h* > prod 1h"],
  [
    "one role of 15 min",
    [jon, link("prod", "jon", device, lasting("15m"))],
    "shared: MFA 12h* > prod 15m",
  ],
  [
    "one role of a second more than 1 h",
    [jon, link("prod", "jon", device, lasting("3601"))],
    "direct: prod 1h1s*",
  ],
  [
    "one role of 12 h (30)",
    [jon, link("prod", "jon", device, lasting("12h"))],
    "direct: prod 12h*",
  ],
  [
    "one role of 12 h, an alias before it (31)",
    [jon, alias("mid", "jon"), link("prod", "mid", device, lasting("12h"))],
    "direct: prod 12h*",
  ],
  ["a role with its own keys (25)", [ownKeys], "direct: prod 1h*"],
  ["an alias of that (27)", [baseWithKeys, alias("prod", "base")], "direct: base 1h*"],
  ["two roles", [jon, base, link("prod", "base", device)], "shared: MFA 12h* > base 1h > prod 1h"],
  [
    "two roles, the first with its own keys (26)",
    [baseWithKeys, link("prod", "base", device)],
    "shared: MFA 12h* > base 1h > prod 1h",
  ],
  ["no device (37)", [jon, link("prod", "jon")], "no-mfa: prod 1h"],
  ["no device, 12 h", [jon, link("prod", "jon", lasting("12h"))], "no-mfa: prod 12h"],
  ["no device, two roles (40)", [jon, base, link("prod", "base")], "no-mfa: base 1h > prod 1h"],
  ["the source's device, not used", [jonWithDevice, link("prod", "jon")], "no-mfa: prod 1h"],
  ["temporary keys, no device", [temporaryJon, link("prod", "jon")], "no-mfa: prod 1h"],
])("%s", ([, config, expected]) => {
  const plan = planOf(forProd(...config));
  expect([brief(plan), plan.notes]).toEqual([expected, []]);
});

/** The same, with the roles that get 1 h instead of what they ask for. */
test.for<readonly [...Row, ...capped: (readonly [name: string, asked: string])[]]>([
  [
    "two roles, the last of 2 h (28)",
    [profile("default", device), jon, base, link("prod", "base", lasting("7200"))],
    "shared: MFA 12h* > base 1h > prod 1h",
    ["prod", "2h"],
  ],
  [
    "two roles of 12 h (29)",
    [jon, lastingBase, link("prod", "base", device, lasting("12h"))],
    "shared: MFA 12h* > base 1h > prod 1h",
    ["base", "12h"],
    ["prod", "12h"],
  ],
  [
    "two roles of 12 h, an alias between them (33)",
    [jon, lastingBase, alias("mid", "base"), link("prod", "mid", device, lasting("12h"))],
    "shared: MFA 12h* > base 1h > prod 1h",
    ["base", "12h"],
    ["prod", "12h"],
  ],
  [
    "no device, two roles of 12 h",
    [jon, lastingBase, link("prod", "base", lasting("12h"))],
    "no-mfa: base 12h > prod 1h",
    ["prod", "12h"],
  ],
  [
    "temporary keys, a role of 2 h",
    [temporaryJon, link("prod", "jon", lasting("2h"))],
    "no-mfa: prod 1h",
    ["prod", "2h"],
  ],
])("capped: %s", ([, config, expected, ...capped]) => {
  const plan = planOf(forProd(...config));
  const notes = capped.map(
    ([name, asked]) =>
      `${roleArn(name)} for 1h instead of ${asked}: AWS caps a role that is assumed with temporary credentials`,
  );
  expect([brief(plan), plan.notes]).toEqual([expected, notes]);
});

const kopsVariables = { KOPS_MFA_ROLE_ARN: roleArn("kops"), KOPS_MFA_ARN: mfaArn("jon") };
const longer = (duration: string) => ({ profile: "prod", duration });

test.for<readonly [title: string, given: Given, expected: string]>([
  [
    "the variables of the kops documentation",
    { env: { ...keyVariables(), ...kopsVariables } },
    "shared: MFA 12h* > kops 1h",
  ],
  [
    "the same with the keys of [default]",
    { config: [profile("default", keys())], env: kopsVariables },
    "shared: MFA 12h* > kops 1h",
  ],
  ["a role for 12 h", { config: [jon, prod], options: longer("12h") }, "direct: prod 12h*"],
  [
    "a role for 15 min",
    { config: [jon, prod], options: longer("15m") },
    "shared: MFA 12h* > prod 15m",
  ],
  ["its own keys, for 2 h", { config: [ownKeys], options: longer("2h") }, "direct: prod 2h*"],
  [
    "a user for 36 h",
    { config: [profile("prod", keys(), device)], options: longer("36h") },
    "user: MFA 36h*",
  ],
])("asked: %s", ([, given, expected]) => {
  expect(brief(planOf(given))).toBe(expected);
});

test.for<readonly [title: string, config: readonly string[], reason: string]>([
  ["shared", [jon, prod], "one code opens every role of this user"],
  [
    "long",
    [jon, link("prod", "jon", device, lasting("12h"))],
    "AWS gives a role 12h only for a code of its own",
  ],
  ["own keys", [ownKeys], "the role's own profile has the keys"],
  ["user", [profile("prod", keys(), device)], "no role: the user's own session carries the MFA"],
  ["no device", [jon, link("prod", "jon")], "no MFA device is configured"],
  ["temporary keys", [temporaryJon, link("prod", "jon")], "the source is temporary"],
])("why: %s", ([, config, reason]) => {
  expect(planOf(forProd(...config)).reason).toBe(reason);
});

test("the calls say all that the profile does", () => {
  const lines = ["external_id = abc-123", "role_session_name = jon@laptop", lasting("30m")];
  expect(planOf(forProd(jon, link("prod", "jon", device, ...lines))).steps).toEqual([
    { action: "GetSessionToken", serialNumber: mfaArn("jon"), durationSeconds: 43_200 },
    {
      action: "AssumeRole",
      roleArn: roleArn("prod"),
      roleSessionName: "jon@laptop",
      externalId: "abc-123",
      durationSeconds: 1800,
      tags: { tags: [], transitiveKeys: [] },
      serialNumber: null,
    },
  ]);
  expect(planOf(forProd(ownKeys)).steps).toEqual([
    {
      action: "AssumeRole",
      roleArn: roleArn("prod"),
      roleSessionName: "jon",
      externalId: null,
      durationSeconds: 3600,
      tags: { tags: [], transitiveKeys: [] },
      serialNumber: mfaArn("jon"),
    },
  ]);
});

describe("refused", () => {
  const temporary = "has temporary keys, and AWS takes an MFA code only with long-lived ones";
  const useKeys =
    "Start from the access keys of the IAM user (AKIA…), or leave the MFA serial out for a role that wants no MFA.";
  const nothing = "has neither a role nor an MFA device, so there is no session to make";
  const say =
    "`kops-mfa setup` writes a profile that has. Or set role_arn or mfa_serial in it, or KOPS_MFA_ROLE_ARN and KOPS_MFA_ARN.";
  const token = { ...keyVariables(), AWS_SESSION_TOKEN: "t" };

  test.for<readonly [title: string, given: Given, message: string, hint: string]>([
    [
      "temporary keys of a profile, with a device",
      forProd(temporaryJon, prod),
      `profile "jon" (~/.aws/config:2) ${temporary}`,
      useKeys,
    ],
    [
      "temporary keys of the environment, with a device",
      { env: { ...token, KOPS_MFA_ARN: mfaArn("jon") } },
      `the environment (AWS_ACCESS_KEY_ID) ${temporary}`,
      useKeys,
    ],
    ["nothing to do, profile", forProd(profile("prod", keys())), `profile "prod" ${nothing}`, say],
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
  test("an alias of a user with a device is told where the device is", () => {
    expect(refusalOf(() => planOf(forProd(jonWithDevice, alias("prod", "jon"))))).toEqual([
      "CredentialsError",
      `profile "prod" ${nothing}`,
      `The profile with the keys has mfa_serial = ${mfaArn("jon")}: write that into profile "prod" too, or give --serial-number.`,
    ]);
  });
});
