import { describe, expect, test } from "vitest";
import {
  from,
  keys,
  keyVariables,
  link,
  profile,
  resolved,
  role,
  roleArn,
  section,
  type Given,
} from "../../support/config/build.ts";

// The rows of the conformance table that are about tags and other sources than keys; the numbers are its own.

const base = profile("base", keys());

describe("session tags (14-18)", () => {
  const tagsOf = (given: Given) => resolved(given).roles.map(({ tags }) => tags);
  const prod = (...lines: string[]) => [base, link("prod", "base", ...lines)];
  const options = { profile: "prod" };

  test("trimmed (14, 15, 16)", () => {
    const config = prod(
      "session_tags =  tagA = valueA , tagB=valueB ",
      "transitive_session_tags = tagA , tagB ",
    );
    expect(tagsOf({ config, options })).toEqual([
      {
        tags: [
          ["tagA", "valueA"],
          ["tagB", "valueB"],
        ],
        transitiveKeys: ["tagA", "tagB"],
      },
    ]);
  });

  test.each(["tag1=value1,", "tagA=valueA,tagB", "tagOne,tagTwo=x", ","])(
    "no tags: %s (14)",
    (text) => {
      expect(() => tagsOf({ config: prod(`session_tags = ${text}`), options })).toThrow(
        /is not a session tag$/,
      );
    },
  );

  test.each([
    ["tagA", ["tagA"]],
    ["tag1,", ["tag1"]],
    [",", []],
  ])("transitive: %s (15)", (text, expected) => {
    const config = prod(`transitive_session_tags = ${text}`);
    expect(tagsOf({ config, options })[0]?.transitiveKeys).toEqual(expected);
  });

  test("the environment's are the target's, the others have their own (17, 18)", () => {
    const config = [
      base,
      link("interim", "base", "session_tags = who=interim"),
      link("target", "interim", "session_tags = who=file"),
    ];
    const env = { AWS_SESSION_TAGS: "who=env", AWS_TRANSITIVE_TAGS: "who" };
    expect(tagsOf({ config, env, options: { profile: "target" } })).toEqual([
      { tags: [["who", "interim"]], transitiveKeys: [] },
      { tags: [["who", "env"]], transitiveKeys: ["who"] },
    ]);
  });
});

describe("providers", () => {
  const providerOf = (given: Given) => {
    const { source, roles } = resolved({ options: { profile: "prod" }, ...given });
    if (source.kind !== "provider") throw new Error("not a provider");
    return { provider: source.provider, roles: roles.map((step) => step.roleArn.value) };
  };
  const account = ["sso_account_id = 111111111111", "sso_role_name = ops"];
  const session = section(
    "sso-session moon",
    "sso_region = moon-2",
    "sso_start_url = https://moon.example.com/start",
  );
  const inline = ["sso_region = moon-1", "sso_start_url = https://inline.example.com/start"];

  test.each([
    [
      "session wins",
      ["sso_session = moon", ...inline, ...account],
      "https://moon.example.com/start",
      "moon-2",
      "moon",
    ],
    ["inline", [...inline, ...account], "https://inline.example.com/start", "moon-1", null],
    [
      "session only",
      ["sso_session = moon", ...account],
      "https://moon.example.com/start",
      "moon-2",
      "moon",
    ],
  ])("SSO: %s (9, 19, 43)", (_, lines, startUrl, region, name) => {
    expect(providerOf({ config: [session, profile("prod", ...lines)] }).provider).toEqual({
      type: "sso",
      startUrl,
      region,
      accountId: "111111111111",
      roleName: "ops",
      session: name,
    });
  });

  test("the SSO of the source, not of [default] (24)", () => {
    const other = ["sso_account_id = 333333333333", "sso_role_name = ops"];
    const config = [
      profile("default", ...inline, ...other),
      profile("dev", ...inline, ...account),
      link("prod", "dev"),
    ];
    expect(providerOf({ config })).toMatchObject({
      provider: { type: "sso", accountId: "111111111111" },
      roles: [roleArn("prod")],
    });
  });

  test("a web identity has taken the role (22, 43)", () => {
    const config = [profile("prod", role("prod"), "web_identity_token_file = /token")];
    expect(providerOf({ config })).toMatchObject({
      provider: { type: "web-identity", tokenFile: "/token", roleArn: roleArn("prod") },
      roles: [],
    });
  });

  test("credential_process (23, 43)", () => {
    const config = [profile("base", "credential_process = give keys"), link("prod", "base")];
    expect(providerOf({ config })).toEqual({
      provider: { type: "process", command: "give keys" },
      roles: [roleArn("prod")],
    });
  });

  test.each([
    ["Ec2InstanceMetadata", {}, { type: "ec2" }],
    [
      "EcsContainer",
      { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "/creds" },
      { type: "container", uri: "/creds" },
    ],
  ])("credential_source = %s (38)", (word, env, provider) => {
    const config = [profile("prod", role("prod"), `credential_source = ${word}`)];
    expect(providerOf({ config, env })).toEqual({ provider, roles: [roleArn("prod")] });
  });

  test("credential_source = Environment takes the keys, and no web identity (38, 47)", () => {
    const config = [profile("prod", role("prod"), "credential_source = Environment")];
    const identity = { AWS_WEB_IDENTITY_TOKEN_FILE: "/token", AWS_ROLE_ARN: roleArn("other") };
    const options = { profile: "prod" };
    const { source } = resolved({ config, options, env: { ...keyVariables(), ...identity } });
    expect(source).toMatchObject({ kind: "static", accessKeyId: "AKIATESTTESTTESTENV0" });
    expect(() => resolved({ config, options, env: identity })).toThrow(
      /there are no keys in the environment/,
    );
  });

  test("an unknown credential_source (38)", () => {
    const config = [profile("prod", role("prod"), "credential_source = Moon")];
    expect(() => resolved({ config, options: { profile: "prod" } })).toThrow(
      '~/.aws/config:3: there is no credential_source "Moon"',
    );
  });

  test("a web identity split between profile and environment (47)", () => {
    const config = [profile("prod", role("prod"))];
    const env = { AWS_WEB_IDENTITY_TOKEN_FILE: "/token" };
    expect(() => resolved({ config, env, options: { profile: "prod" } })).toThrow(
      'profile "prod" has a role and nothing to assume it with',
    );
  });

  test("a role alone: the container's credentials, as in the Go SDK (D3)", () => {
    const config = [profile("prod", role("prod"))];
    const env = { AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://127.0.0.1/x" };
    expect(providerOf({ config, env })).toEqual({
      provider: { type: "container", uri: "http://127.0.0.1/x" },
      roles: [roleArn("prod")],
    });
  });
});

test("keys are read whatever their case (2), and STS is in the region of China (48)", () => {
  const config = [base, profile("prod", role("prod"), from("base"), "REGION = cn-north-1")];
  const { region, sts } = resolved({ config, options: { profile: "prod" } });
  expect([region?.value, sts.region]).toEqual(["cn-north-1", "cn-north-1"]);
});
