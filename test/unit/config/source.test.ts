import { expect, test } from "vitest";
import { environmentKeys, profileKeys } from "../../../src/config/source.ts";
import type { Environment } from "../../../src/environment/environment.ts";
import {
  keys,
  keyVariables,
  profile,
  refusalOf,
  section,
  sharedFiles,
  testKeys,
} from "../../support/config/build.ts";

const { accessKeyId, secretAccessKey } = testKeys("JON0");
const id = `aws_access_key_id = ${accessKeyId}`;
const secret = `aws_secret_access_key = ${secretAccessKey}`;
const token = "aws_session_token = test-token";

type Lines = readonly string[];

/** The keys of a profile with these lines in the two files. */
function keysIn(config: Lines, credentials: Lines) {
  const files = sharedFiles([profile("jon", ...config)], [section("jon", ...credentials)]);
  return profileKeys(files, "jon");
}

test.for<readonly [title: string, config: Lines, credentials: Lines]>([
  ["none", ["region = eu-west-1"], []],
  ["empty ones", ["aws_access_key_id =", "aws_secret_access_key ="], []],
  ["a token alone", [token], []],
])("no keys: %s", ([, config, credentials]) => {
  expect(keysIn(config, credentials)).toBeNull();
});

test("no keys: no such profile", () => {
  expect(profileKeys(sharedFiles([]), "jon")).toBeNull();
});

test.for<readonly [title: string, config: Lines, credentials: Lines, place: string]>([
  ["in the configuration", [keys()], [], "config:2"],
  ["in the credentials", [], [keys()], "credentials:2"],
  ["beneath another line", [], ["region = eu-west-1", keys()], "credentials:3"],
  ["secret first", [], [secret, id], "credentials:3"],
  ["names in capitals", [], [id.replace("aws", "AWS"), secret], "credentials:2"],
  ["an empty token", [], [keys(), "aws_session_token ="], "credentials:2"],
  // Conformance D9.
  ["in both files", [keys("OLD0")], [keys()], "credentials:2"],
  ["a token of other keys", [keys("OLD0"), token], [keys()], "credentials:2"],
])("keys in the files: %s", ([, config, credentials, place]) => {
  expect(keysIn(config, credentials)).toEqual({
    kind: "static",
    where: `profile "jon" (~/.aws/${place})`,
    profile: "jon",
    accessKeyId,
    secretAccessKey,
    sessionToken: null,
  });
});

test.for<readonly [title: string, config: Lines, credentials: Lines]>([
  ["in the configuration", [keys(), token], []],
  ["in the credentials", [], [keys(), token]],
  ["the one beside the keys", [keys(), "aws_session_token = other"], [keys(), token]],
])("temporary keys in the files: %s", ([, config, credentials]) => {
  expect(keysIn(config, credentials)?.sessionToken).toBe("test-token");
});

const lacksSecret = [
  'profile "jon" has aws_access_key_id without aws_secret_access_key',
  "Add the aws_secret_access_key line, or remove both.",
] as const;
const lacksId = [
  'profile "jon" has aws_secret_access_key without aws_access_key_id',
  "Add the aws_access_key_id line, or remove both.",
] as const;

// Conformance D10.
test.for<readonly [Lines, Lines, place: string, readonly [string, string]]>([
  [[id], [], "config:2", lacksSecret],
  [[id, "aws_secret_access_key ="], [], "config:2", lacksSecret],
  [[secret], [], "config:2", lacksId],
  [[], [id], "credentials:2", lacksSecret],
  [[], [secret], "credentials:2", lacksId],
])("half a pair: %j, %j", ([config, credentials, place, [message, hint]]) => {
  expect(refusalOf(() => keysIn(config, credentials))).toEqual([
    "CredentialsError",
    `~/.aws/${place}: ${message}`,
    hint,
  ]);
});

const modern = keyVariables("JON0");
const old = { AWS_ACCESS_KEY: accessKeyId, AWS_SECRET_KEY: secretAccessKey };

test.for<readonly [title: string, env: Environment]>([
  ["none", {}],
  ["empty ones", { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" }],
  ["a token alone", { AWS_SESSION_TOKEN: "test-token" }],
  ["a profile", { AWS_PROFILE: "jon" }],
])("no keys in the environment: %s", ([, env]) => {
  expect(environmentKeys(env)).toBeNull();
});

test.for<readonly [title: string, env: Environment, token: string | null]>([
  ["long-lived", modern, null],
  ["temporary", { ...modern, AWS_SESSION_TOKEN: "test-token" }, "test-token"],
  ["an empty token", { ...modern, AWS_SESSION_TOKEN: "" }, null],
  // botocore's name, which the SDK for Go does not know.
  ["a security token", { ...modern, AWS_SECURITY_TOKEN: "old-token" }, null],
  ["older names beside them", { ...modern, AWS_ACCESS_KEY: "x", AWS_SECRET_KEY: "y" }, null],
])("keys in the environment: %s", ([, env, sessionToken]) => {
  expect(environmentKeys(env)).toEqual({
    kind: "static",
    where: "the environment (AWS_ACCESS_KEY_ID)",
    profile: null,
    accessKeyId,
    secretAccessKey,
    sessionToken,
  });
});

test("the older names of the SDK for Go", () => {
  expect(environmentKeys(old)).toMatchObject({ profile: null, accessKeyId, secretAccessKey });
});

// The SDK for Go takes the first that is not empty (config/env_config.go, setStringFromEnvVal).
test("an empty variable does not hide the one of the older name", () => {
  const env = { ...old, AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" };
  expect(environmentKeys(env)).toMatchObject({ profile: null, accessKeyId, secretAccessKey });
});

test("the place of keys of the older name has their name", () => {
  expect(environmentKeys(old)?.where).toBe("the environment (AWS_ACCESS_KEY)");
});

test("an id of which a session has left no secret", () => {
  const env = { AWS_ACCESS_KEY_ID: accessKeyId };
  expect(environmentKeys(env)).toMatchObject({ accessKeyId, secretAccessKey: null });
});

const alone = (name: string) => [
  "CredentialsError",
  `${name} is set and AWS_ACCESS_KEY_ID is not`,
  `Set both, or unset ${name} to use the keys of a profile.`,
];

test("a secret without its id", () => {
  const env = { AWS_SECRET_ACCESS_KEY: secretAccessKey };
  expect(refusalOf(() => environmentKeys(env))).toEqual(alone("AWS_SECRET_ACCESS_KEY"));
});

test("a secret of the older name without its id", () => {
  const env = { AWS_SECRET_KEY: secretAccessKey };
  expect(refusalOf(() => environmentKeys(env))).toEqual(alone("AWS_SECRET_KEY"));
});
