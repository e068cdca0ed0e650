import { describe, expect, test } from "vitest";
import type { Environment } from "../../../src/environment/environment.ts";
import { carriedSession, originalEnvironment } from "../../../src/environment/carried.ts";
import {
  enterServed,
  enterSession,
  leaveSession,
  type ServedEnvironment,
} from "../../../src/environment/session-change.ts";
import { applied, secretVariables, session } from "./build.ts";

const uri = "http://127.0.0.1:4711/credentials";

const served: ServedEnvironment = {
  uri,
  authorizationToken: "test-token-of-the-endpoint",
  profile: "prod",
  region: "eu-west-1",
  stateStore: "s3://clusters.example.com",
  cluster: null,
  ignoredVariables: [],
  sdkSettings: [["AWS_MAX_ATTEMPTS", "7"]],
  noFile: "/dev/null",
};

const enter = (env: Environment, what = served) => applied(env, enterServed(what, env));
const leave = (env: Environment) => applied(env, leaveSession(env) ?? { unset: [], set: [] });

/** Without what is undefined, which is the same as absent. */
const plain = (env: Environment) =>
  Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined));

test("an empty environment gets the endpoint, the settings and files without keys", () => {
  expect(enter({})).toEqual({
    AWS_CONTAINER_CREDENTIALS_FULL_URI: uri,
    AWS_CONTAINER_AUTHORIZATION_TOKEN: "test-token-of-the-endpoint",
    KOPS_MFA_SET:
      "AWS_REGION=eu-west-1,AWS_DEFAULT_REGION=eu-west-1,KOPS_STATE_STORE=s3%3A%2F%2Fclusters.example.com",
    KOPS_MFA_SERVER: uri,
    KOPS_MFA_PROFILE: "prod",
    AWS_REGION: "eu-west-1",
    AWS_DEFAULT_REGION: "eu-west-1",
    KOPS_STATE_STORE: "s3://clusters.example.com",
    AWS_MAX_ATTEMPTS: "7",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    KOPS_MFA_PREVIOUS:
      "AWS_REGION,AWS_DEFAULT_REGION,KOPS_STATE_STORE,AWS_MAX_ATTEMPTS,AWS_CONFIG_FILE,AWS_SHARED_CREDENTIALS_FILE",
  });
});

const full: Environment = {
  AWS_PROFILE: "dev",
  AWS_REGION: "us-east-1",
  AWS_CONFIG_FILE: "/home/jon/config",
  AWS_MAX_ATTEMPTS: "3",
  AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://127.0.0.1:1/own",
  KOPS_AWS_ROLE_ARN: "arn:aws:iam::111111111111:role/other",
  PATH: "/bin",
};

const secrets = Object.fromEntries(secretVariables.map((name) => [name, "test/secret"]));

describe("around it", () => {
  test("no secret of before is left, nor remembered", () => {
    const env = enter({ ...full, ...secrets, AWS_ACCESS_KEY_ID: "AKIATESTTESTTESTJON0" });
    for (const name of secretVariables) {
      if (name === "AWS_CONTAINER_AUTHORIZATION_TOKEN") continue;
      expect(env).not.toHaveProperty(name);
    }
    expect(JSON.stringify(env)).not.toContain("test/secret");
    expect(env).not.toHaveProperty("AWS_ACCESS_KEY_ID");
    expect(env).not.toHaveProperty("AWS_PROFILE");
  });

  test.for<readonly [title: string, env: Environment]>([
    ["nothing", {}],
    ["much", full],
    ["a profile of the person's", { KOPS_MFA_PROFILE: "dev" }],
  ])("the original environment is found again: %s", ([, env]) => {
    expect(plain(originalEnvironment(enter(env)))).toEqual({ ...env, KOPS_MFA_PROFILE: "prod" });
  });

  test.for<readonly [title: string, env: Environment]>([
    ["nothing", {}],
    ["much", full],
    ["a profile of the person's", { KOPS_MFA_PROFILE: "dev" }],
  ])("leaving it gives back what was there: %s", ([, env]) => {
    expect(leave(enter(env))).toEqual(env);
  });

  test("it may follow a session with keys, whose words all go", () => {
    const env = enter(applied(full, enterSession(session("OLD0", "dev"), full)));
    expect(env).not.toHaveProperty("AWS_ACCESS_KEY_ID");
    expect(env).not.toHaveProperty("KOPS_MFA_EXPIRES_AT");
    expect(env).not.toHaveProperty("KOPS_MFA_ACCESS_KEY_ID");
    expect(leave(env)).toEqual(full);
  });

  test("a session with keys may follow it, and finds the files again", () => {
    const env = enter(full);
    const inner = applied(env, enterSession(session("NEW0", "staging"), env));
    expect(inner).toMatchObject({
      KOPS_MFA_PROFILE: "staging",
      AWS_CONFIG_FILE: "/home/jon/config",
    });
    for (const name of ["KOPS_MFA_SERVER", "AWS_SHARED_CREDENTIALS_FILE"]) {
      expect(inner).not.toHaveProperty(name);
    }
    expect(inner["AWS_CONTAINER_CREDENTIALS_FULL_URI"]).toBeUndefined();
    expect(leave(inner)).toEqual(full);
  });

  test("one may follow the other", () => {
    const other = { ...served, uri: "http://127.0.0.1:4712/credentials", profile: "staging" };
    const env = enter(enter(full), other);
    expect(env).toMatchObject({ KOPS_MFA_SERVER: other.uri, KOPS_MFA_PROFILE: "staging" });
    expect(leave(env)).toEqual(full);
  });
});

describe("what the person does in it", () => {
  test("keys that are put there are the person's", () => {
    const keys = { AWS_ACCESS_KEY_ID: "AKIATESTTESTTESTJON0", AWS_SECRET_ACCESS_KEY: "own" };
    expect(originalEnvironment({ ...enter(full), ...keys })).toMatchObject(keys);
    expect(leave({ ...enter(full), ...keys })).toEqual({ ...full, ...keys });
  });

  test("another file is the person's", () => {
    const env = { ...enter(full), AWS_CONFIG_FILE: "/home/jon/other" };
    expect(originalEnvironment(env)["AWS_CONFIG_FILE"]).toBe("/home/jon/other");
  });

  test("another endpoint is no session of ours", () => {
    const env = { ...enter({}), AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://127.0.0.1:1/x" };
    expect(carriedSession(env)).toBeNull();
  });

  test("KOPS_MFA_PREVIOUS gives back nothing that was never taken", () => {
    const previous = "PATH=%2Fevil,AWS_SECRET_ACCESS_KEY=x,AWS_SESSION_TOKEN=x,AWS_SECRET_KEY=x";
    const env = originalEnvironment({ ...enter({}), KOPS_MFA_PREVIOUS: previous });
    for (const name of ["PATH", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SECRET_KEY"]) {
      expect(env).not.toHaveProperty(name);
    }
  });
});

test("it tells its profile, and neither key nor end", () => {
  expect(carriedSession({ ...enter({}), KOPS_MFA_EXPIRES_AT: "1767323045" })).toMatchObject({
    profile: "prod",
    expiresAt: null,
    accessKeyId: null,
  });
});
