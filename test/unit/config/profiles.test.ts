import { describe, expect, test } from "vitest";
import { mergeSharedFiles, type SharedFiles } from "../../../src/config/profiles.ts";
import type { Profile } from "../../../src/config/profile.ts";
import { ConfigError } from "../../../src/errors.ts";

function merge(config: string | null, credentials: string | null = null): SharedFiles {
  return mergeSharedFiles(
    { path: "~/.aws/config", text: config },
    { path: "~/.aws/credentials", text: credentials },
  );
}

function values(profile: Profile | undefined): Readonly<Record<string, string>> | null {
  if (!profile) return null;
  return Object.fromEntries([...profile.values].map(([key, { value }]) => [key, value]));
}

describe("the cases of aws-vault's config_test.go", () => {
  const { profiles, ssoSessions } = merge(`
[default]
region=us-west-2
[profile user2]
REGION=us-east-1
[profile withsource]
source_profile=user2
region=us-east-1
[profile withMFA]
source_profile=user2
Role_Arn=arn:aws:iam::4451234513441615400570:role/aws_admin
mfa_Serial=arn:aws:iam::1234513441:mfa/blah
region=us-east-1
duration_seconds=1200
sts_regional_endpoints=legacy
[profile testincludeprofile2]
include_profile=testincludeprofile1
[profile with-sso]
sso_session=moon-sso
region = moon-1 # comment
[sso-session moon-sso]
sso_region = moon-2
sso_start_url = https://d-123456789.example.com/start
[profile with-s3]
s3 =
  max_concurrent_requests=10
  endpoint_url=https://localhost:1234
region=us-east-2
endpoint_url=https://localhost:5678
[DEFAULT]
region=us-east-1
`);

  test.each([
    ["a plain value", "default", { region: "us-west-2" }],
    ["a key in capitals", "user2", { region: "us-east-1" }],
    ["a source", "withsource", { source_profile: "user2", region: "us-east-1" }],
    [
      "a role",
      "withMFA",
      {
        source_profile: "user2",
        role_arn: "arn:aws:iam::4451234513441615400570:role/aws_admin",
        mfa_serial: "arn:aws:iam::1234513441:mfa/blah",
        region: "us-east-1",
        duration_seconds: "1200",
        sts_regional_endpoints: "legacy",
      },
    ],
    ["names are case-sensitive", "withmfa", null],
    ["beside a block", "with-s3", { region: "us-east-2", endpoint_url: "https://localhost:5678" }],
    ["no such profile", "nopenotthere", null],
    [
      "an include is left to the reader",
      "testincludeprofile2",
      { include_profile: "testincludeprofile1" },
    ],
    ["a comment", "with-sso", { sso_session: "moon-sso", region: "moon-1" }],
    ["capitals", "DEFAULT", null],
  ])("%s: [%s]", (_, name, expected) => {
    expect(values(profiles.get(name))).toEqual(expected);
  });

  test("the sso-session", () => {
    expect(values(ssoSessions.get("moon-sso"))).toEqual({
      sso_region: "moon-2",
      sso_start_url: "https://d-123456789.example.com/start",
    });
  });

  test("the block", () => {
    const s3 = profiles.get("with-s3")?.nested.get("s3");
    expect([...(s3?.keys() ?? [])]).toEqual(["max_concurrent_requests", "endpoint_url"]);
    expect(s3?.get("endpoint_url")?.value).toBe("https://localhost:1234");
  });
});

describe("which sections count", () => {
  test.each([
    ["[prod]", null, []],
    ["[profileprod]", null, []],
    ["[PROFILE prod]", null, []],
    ["[profile]", null, []],
    ["[plugins]", null, []],
    ["[services s]", null, []],
    ["[sso-session s]", null, []],
    ["[profile prod]", null, ["prod"]],
    ["[profile my team]", null, ["my team"]],
    ['[profile "my team"]', null, ["my team"]],
    ["[profile 'my team']", null, ["my team"]],
    ['[profile "it\'s"]', null, ["it's"]],
    ["[profile o'neil]", null, ["o'neil"]],
    ['[profile ""]', null, ['""']],
    ["[profile   spaced   ]", null, ["spaced"]],
    ["[profile a]b]", null, ["a]b"]],
    ["[profile DEFAULT]", null, ["DEFAULT"]],
    [null, "[default]\n[prod]\n[my team]", ["default", "prod", "my team"]],
    [null, '["my team"]', ['"my team"']],
    [null, "[profile prod]\n[DEFAULT]", []],
    [null, null, []],
    ["", "", []],
  ])("config %j, credentials %j", (config, credentials, names) => {
    expect([...merge(config, credentials).profiles.keys()]).toEqual(names);
  });

  test("services by name, service and key", () => {
    const { services } = merge(
      "[services local]\nSTS =\n  endpoint_url = http://localhost:4566\ns3 =\n  a = b",
    );
    expect([...(services.get("local")?.keys() ?? [])]).toEqual(["sts", "s3"]);
    expect(services.get("local")?.get("sts")?.get("endpoint_url")).toEqual({
      value: "http://localhost:4566",
      file: "~/.aws/config",
      line: 3,
    });
  });

  test("an sso-session in quotes, as the AWS CLI writes it", () => {
    expect([...merge("[sso-session 'My Corp']").ssoSessions.keys()]).toEqual(["My Corp"]);
  });
});

const config = (lines: string) => `[profile p]\n${lines}`;
const credentials = (lines: string) => `[p]\n${lines}`;

describe("both files", () => {
  test("the credentials file wins, key by key, and each value knows where it is from", () => {
    const { profiles } = merge(
      config("region = a\nrole_arn = a\nmfa_serial = a"),
      credentials("\nrole_arn = b\nmfa_serial ="),
    );
    expect(Object.fromEntries(profiles.get("p")?.values ?? [])).toEqual({
      region: { value: "a", file: "~/.aws/config", line: 2 },
      role_arn: { value: "b", file: "~/.aws/credentials", line: 3 },
      mfa_serial: { value: "", file: "~/.aws/credentials", line: 4 },
    });
  });

  const id = "aws_access_key_id";
  const secret = "aws_secret_access_key";
  const token = "aws_session_token";

  test.each([
    [
      "keys over keys",
      `${id}=a\n${secret}=a`,
      `${id}=b\n${secret}=b`,
      { [id]: "b", [secret]: "b" },
    ],
    [
      "keys over keys with a token",
      `${id}=a\n${secret}=a\n${token}=a`,
      `${id}=b\n${secret}=b`,
      { [id]: "b", [secret]: "b" },
    ],
    ["keys over a token", `${token}=a`, `${id}=b\n${secret}=b`, { [id]: "b", [secret]: "b" }],
    ["a token over keys", `${id}=a\n${secret}=a`, `${token}=b`, { [id]: "a", [secret]: "a" }],
    ["half a pair over a pair", `${id}=a\n${secret}=a\n${token}=a`, `${id}=b`, { [id]: "b" }],
    [
      "keys with a token over keys",
      `${id}=a\n${secret}=a`,
      `${id}=b\n${secret}=b\n${token}=b`,
      { [id]: "b", [secret]: "b", [token]: "b" },
    ],
    ["a role over keys", `${id}=a\n${secret}=a`, "x=b", { [id]: "a", [secret]: "a", x: "b" }],
  ])("the keys and their token move together: %s", (_, below, above, expected) => {
    expect(values(merge(config(below), credentials(above)).profiles.get("p"))).toEqual(expected);
  });

  test("a block and a value of the same key replace each other", () => {
    const blocks = merge(config("s3 =\n  a = b\nx = c"), credentials("s3 = d\nx =\n  e = f"));
    const profile = blocks.profiles.get("p");
    expect(values(profile)).toEqual({ s3: "d" });
    expect([...(profile?.nested.keys() ?? [])]).toEqual(["x"]);
  });

  test("[profile default] replaces [default], wherever it stands", () => {
    const one = "[default]\nregion = a\nx = a\n";
    const other = "[profile default]\nregion = b\n";
    for (const text of [one + other, other + one]) {
      expect(values(merge(text).profiles.get("default"))).toEqual({ region: "b" });
    }
  });

  test("sections whose names only differ in quotes are one", () => {
    const { profiles } = merge('[profile p]\nx = a\ny = a\n[profile "p"]\nx = b');
    expect(values(profiles.get("p"))).toEqual({ x: "b", y: "a" });
  });

  test("a file may be missing, or not be asked for", () => {
    expect(merge(null, null)).toMatchObject({ paths: ["~/.aws/config", "~/.aws/credentials"] });
    expect(mergeSharedFiles(null, { path: "c", text: "[p]" })).toMatchObject({ paths: ["c"] });
    expect(mergeSharedFiles(null, null).profiles.size).toBe(0);
  });
});

test.each([
  ["nothing to say", config("x = a # b"), credentials("x = b"), []],
  [
    "default twice",
    "[default]\n[profile default]",
    null,
    [
      "~/.aws/config: [profile default] counts and [default] does not, as for kops; the AWS CLI takes the lower one",
    ],
  ],
  [
    "a section twice",
    "[profile p]\n\n[profile  p]",
    null,
    [
      "~/.aws/config:3: [profile p] stands in line 1 too; both count, the lower one more (the AWS CLI refuses such a file)",
    ],
  ],
  [
    "defaults",
    "[DEFAULT]",
    "\n[DEFAULT]",
    [
      "~/.aws/config:1: [DEFAULT] is left out; the AWS CLI takes it into every profile",
      "~/.aws/credentials:2: [DEFAULT] is left out; the AWS CLI takes it into every profile",
    ],
  ],
  [
    "keys and token on both sides",
    config("aws_access_key_id = a\naws_secret_access_key = a\naws_session_token = a"),
    credentials("aws_access_key_id = b\naws_secret_access_key = b\naws_session_token = b"),
    [],
  ],
  [
    "a token without its keys",
    config("aws_session_token = a"),
    credentials("aws_access_key_id = b\naws_secret_access_key = b"),
    [
      '~/.aws/config:2: aws_session_token is left out, since the keys of "p" stand elsewhere; kops itself would use it with them',
    ],
  ],
])("notes: %s", (_, configText, credentialsText, notes) => {
  expect(merge(configText, credentialsText).notes.map(({ text }) => text)).toEqual(notes);
});

describe("a line that cannot be read", () => {
  test.each([
    ["~/.aws/config:2", "[default]\naws_secret_access_key wJalrXUtnFEMI\n", null],
    ["~/.aws/config:1", "[profile p", "also wrong"],
    ["~/.aws/credentials:3", "[default]", "[p]\r\n\r\nwrong\r\nwrong"],
  ])("is named, and not quoted: %s", (place, configText, credentialsText) => {
    const error: unknown = (() => {
      try {
        return merge(configText, credentialsText);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toBeInstanceOf(ConfigError);
    expect(error).toMatchObject({
      message: `${place}: this is no [section], no key = value and no comment`,
      hint: "Correct the line, or put a # in front of it.",
    });
  });
});
