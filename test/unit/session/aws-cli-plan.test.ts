import { expect, test } from "vitest";
import { planSession } from "../../../src/session/plan.ts";
import { keys, link, mfa, profile, resolved, type Given } from "../../support/config/build.ts";

const jon = profile("jon", keys());
const device = mfa("jon");
const prod = (...lines: readonly string[]) => [jon, link("prod", "jon", device, ...lines)];
const reason = "as the AWS CLI does, to share its cache";

test.for<readonly [title: string, config: readonly string[], env: Given["env"], way: string]>([
  ["one role", prod(), { KOPS_MFA_CACHE: "aws-cli" }, `direct: ${reason}`],
  [
    "one role of 15 min",
    prod("duration_seconds = 900"),
    { KOPS_MFA_CACHE: "aws-cli" },
    `direct: ${reason}`,
  ],
  [
    "one role of more than 1 h",
    prod("duration_seconds = 7200"),
    { KOPS_MFA_CACHE: "aws-cli" },
    `direct: ${reason}`,
  ],
  [
    "two roles",
    [jon, link("base", "jon"), link("prod", "base", device)],
    { KOPS_MFA_CACHE: "aws-cli" },
    "shared: one code opens every role of this user",
  ],
  [
    "session tags",
    prod("session_tags = team=ops"),
    { KOPS_MFA_CACHE: "aws-cli" },
    "shared: one code opens every role of this user",
  ],
  [
    "another cache",
    prod(),
    { KOPS_MFA_CACHE: "keyring" },
    "shared: one code opens every role of this user",
  ],
  [
    "no device",
    [jon, link("prod", "jon")],
    { KOPS_MFA_CACHE: "aws-cli" },
    "no-mfa: no MFA device is configured",
  ],
  [
    "--no-session says why itself",
    prod(),
    { KOPS_MFA_CACHE: "aws-cli", KOPS_MFA_NO_SESSION: "1" },
    "direct: asked for (--no-session)",
  ],
])("%s", ([, config, env = {}, way]) => {
  const plan = planSession(resolved({ config, options: { profile: "prod" }, env }));
  expect(`${plan.way}: ${plan.reason}`).toBe(way);
});

test("session = shared wins", () => {
  const resolution = resolved({
    config: prod(),
    options: { profile: "prod" },
    env: { KOPS_MFA_CACHE: "aws-cli" },
  });
  const session = { value: "shared", origin: { kind: "option", name: "session" } } as const;
  expect(planSession({ ...resolution, session }).way).toBe("shared");
});
