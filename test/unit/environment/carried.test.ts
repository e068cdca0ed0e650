import { expect, test } from "vitest";
import type { Environment } from "../../../src/environment/environment.ts";
import { carriedSession, originalEnvironment } from "../../../src/environment/carried.ts";
import { enterSession } from "../../../src/environment/session-change.ts";
import { keyVariables, profile, resolved, tagOf } from "../../support/config/build.ts";
import { applied, session } from "./build.ts";

const id = session("PROD", "prod").accessKeyId;
const ours = { AWS_ACCESS_KEY_ID: id, KOPS_MFA_ACCESS_KEY_ID: id };

test.for<readonly [title: string, env: Environment]>([
  ["nothing", {}],
  ["keys of somebody else", { AWS_ACCESS_KEY_ID: id }],
  ["our words without keys", { KOPS_MFA_ACCESS_KEY_ID: id, KOPS_MFA_PROFILE: "prod" }],
  ["other keys over ours", { ...ours, AWS_ACCESS_KEY_ID: "AKIATESTTESTTESTJON0" }],
  ["empty ones", { AWS_ACCESS_KEY_ID: "", KOPS_MFA_ACCESS_KEY_ID: "" }],
  ["ours after logging out", { ...ours, AWS_ACCESS_KEY_ID: undefined }],
])("no session is carried: %s", ([, env]) => {
  expect(carriedSession(env)).toBeNull();
});

const bare = {
  profile: null,
  expiresAt: null,
  accessKeyId: id,
  identity: null,
  previous: new Map(),
  set: new Map(),
};

test.for<readonly [title: string, env: Environment, expected: object]>([
  ["keys alone", {}, {}],
  ["a profile", { KOPS_MFA_PROFILE: "prod" }, { profile: "prod" }],
  ["an empty profile", { KOPS_MFA_PROFILE: "" }, {}],
  ["an identity", { KOPS_MFA_SESSION_ID: "id" }, { identity: "id" }],
  ["an end", { KOPS_MFA_EXPIRES_AT: "1767323045" }, { expiresAt: 1_767_323_045 }],
  ["no end", { KOPS_MFA_EXPIRES_AT: "soon" }, {}],
  ["a negative end", { KOPS_MFA_EXPIRES_AT: "-1" }, {}],
  ["an end with a fraction", { KOPS_MFA_EXPIRES_AT: "1.5" }, {}],
  ["an end beyond reason", { KOPS_MFA_EXPIRES_AT: "9".repeat(13) }, {}],
  ["what it set", { KOPS_MFA_SET: "A=b" }, { set: new Map([["A", "b"]]) }],
  ["a state before", { KOPS_MFA_PREVIOUS: "A=b" }, { previous: new Map([["A", "b"]]) }],
])("the session that is carried: %s", ([, env, expected]) => {
  expect(carriedSession({ ...ours, ...env })).toEqual({ ...bare, ...expected });
});

const full = {
  ...ours,
  AWS_SECRET_ACCESS_KEY: "secret",
  AWS_SESSION_TOKEN: "token",
  AWS_CREDENTIAL_EXPIRATION: "2026-01-02T03:04:05Z",
  AWS_SESSION_EXPIRATION: "2026-01-02T03:04:05Z",
  KOPS_MFA_EXPIRES_AT: "1767323045",
};
const jon = keyVariables("JON0");

test.for<readonly [title: string, env: Environment, expected: Environment]>([
  [
    "nothing of ours",
    { HOME: "/home/jon", AWS_PROFILE: "dev" },
    { HOME: "/home/jon", AWS_PROFILE: "dev" },
  ],
  [
    "keys of the person's own",
    { ...jon, AWS_SESSION_TOKEN: "t" },
    { ...jon, AWS_SESSION_TOKEN: "t" },
  ],
  [
    "a profile for us, outside a session",
    { KOPS_MFA_PROFILE: "prod" },
    { KOPS_MFA_PROFILE: "prod" },
  ],
  ["a session", { HOME: "/home/jon", ...full }, { HOME: "/home/jon" }],
  [
    "its profile, which is still meant",
    { ...full, KOPS_MFA_PROFILE: "prod" },
    { KOPS_MFA_PROFILE: "prod" },
  ],
  [
    "AWS_PROFILE set since",
    { ...full, KOPS_MFA_PROFILE: "prod", AWS_PROFILE: "dev" },
    { AWS_PROFILE: "dev" },
  ],
  [
    "what it unset",
    { ...full, KOPS_MFA_PREVIOUS: "AWS_PROFILE=dev,AWS_ROLE_ARN=arn" },
    { AWS_PROFILE: "dev", AWS_ROLE_ARN: "arn" },
  ],
  [
    "what it unset and the person set since",
    { ...full, AWS_PROFILE: "new", KOPS_MFA_PREVIOUS: "AWS_PROFILE=dev" },
    { AWS_PROFILE: "new" },
  ],
  [
    "what it set over",
    { ...full, AWS_REGION: "eu-west-1", KOPS_MFA_PREVIOUS: "AWS_REGION=us-east-1" },
    { AWS_REGION: "us-east-1" },
  ],
  ["what it set anew", { ...full, AWS_REGION: "eu-west-1", KOPS_MFA_PREVIOUS: "AWS_REGION" }, {}],
  [
    "of keys that it replaced, the id",
    { ...full, KOPS_MFA_PREVIOUS: `AWS_ACCESS_KEY_ID=${jon["AWS_ACCESS_KEY_ID"] ?? ""}` },
    { AWS_ACCESS_KEY_ID: jon["AWS_ACCESS_KEY_ID"] },
  ],
  [
    "another tool's keys over it",
    { ...full, ...jon, KOPS_MFA_PROFILE: "prod", KOPS_MFA_PREVIOUS: "AWS_PROFILE=dev" },
    jon,
  ],
  [
    "a secret that somebody wrote into our words",
    { ...ours, KOPS_MFA_PREVIOUS: "AWS_SECRET_ACCESS_KEY=x,AWS_SESSION_TOKEN=y" },
    {},
  ],
])("the environment before: %s", ([, env, expected]) => {
  expect(originalEnvironment(env)).toEqual(expected);
});

// As AWS_PROFILE, the session had it unset.
test("the environment before: AWS_DEFAULT_PROFILE set since", () => {
  const env = { ...full, KOPS_MFA_PROFILE: "prod", AWS_DEFAULT_PROFILE: "dev" };
  expect(originalEnvironment(env)).toEqual({ AWS_DEFAULT_PROFILE: "dev" });
});

// KOPS_MFA_PROFILE=default, which the session itself wrote, is taken for the person's wish.
test("a session of the environment's keys can be renewed in its own shell", () => {
  const config = [profile("default", "region = eu-west-1")];
  const first = resolved({ config, env: jon });
  const shell = applied(
    jon,
    enterSession(session("PROD", first.profile?.value ?? null, "eu-west-1"), jon),
  );
  const again = resolved({ config, env: originalEnvironment(shell) });
  expect(tagOf(again.source)).toBe(tagOf(first.source));
});
