import { expect, test } from "vitest";
import { followProfile } from "../../../src/config/chain.ts";
import {
  from,
  given,
  keys,
  link,
  profile,
  refusalOf,
  role,
  roleArn,
  section,
  sharedFiles,
  way,
} from "../../support/config/build.ts";

const jon = profile("jon", keys());
const alias = (name: string, source: string) => profile(name, from(source));

/** The way to profile "prod". */
function chainOf(
  config: readonly string[],
  credentials: readonly string[] = [],
  targetRole: string | null = null,
) {
  const files = sharedFiles(config, credentials);
  return followProfile(files, {}, "prod", targetRole === null ? null : given(roleArn(targetRole)));
}

/** `prod` ← `r1` ← … ← `jon`: a chain of so many roles. */
function straight(depth: number): readonly string[] {
  const names = ["prod", ...Array.from({ length: depth - 1 }, (_, i) => `r${i + 1}`), "jon"];
  const links = names.slice(0, -1).map((name, i) => link(name, names[i + 1]!));
  return [...links, jon];
}

type Row = readonly [title: string, config: readonly string[], expected: string];

test.for<Row>([
  ["keys alone", [profile("prod", keys())], "JON0"],
  ["one role (conformance 37)", straight(1), "JON0 > prod"],
  ["two roles (40)", straight(2), "JON0 > r1 > prod"],
  ["three roles", straight(3), "JON0 > r2 > r1 > prod"],
  ["four roles", straight(4), "JON0 > r3 > r2 > r1 > prod"],
  ["five roles", straight(5), "JON0 > r4 > r3 > r2 > r1 > prod"],
  ["a role with keys of its own (25, D2)", [profile("prod", role("prod"), keys())], "JON0 > prod*"],
  [
    "the keys of the source before its own (D6)",
    [link("prod", "jon", keys("OWN0")), jon],
    "JON0 > prod",
  ],
  ["the alias of a user", [alias("prod", "jon"), jon], "JON0"],
  ["the alias of a role (27)", [alias("prod", "r1"), link("r1", "jon"), jon], "JON0 > r1"],
  [
    "an alias before the keys (31)",
    [link("prod", "alias"), alias("alias", "jon"), jon],
    "JON0 > prod",
  ],
  [
    "an alias between roles (33)",
    [link("prod", "alias"), alias("alias", "r1"), link("r1", "jon"), jon],
    "JON0 > r1 > prod",
  ],
  ["aliases of aliases", [alias("prod", "a"), alias("a", "b"), alias("b", "jon"), jon], "JON0"],
  ["itself as source, with keys (42, D8)", [link("prod", "prod", keys())], "JON0 > prod"],
  ["itself as source, keys and no role (12)", [profile("prod", keys(), from("prod"))], "JON0"],
  [
    "a circle that ends at the keys of the target",
    [link("prod", "r1", keys()), link("r1", "prod")],
    "JON0 > r1 > prod",
  ],
  [
    "a circle behind keys",
    [link("prod", "r1"), profile("r1", keys(), from("prod"))],
    "JON0 > prod",
  ],
  [
    "the included role",
    [
      profile("prod", "include_profile = shared", from("jon")),
      profile("shared", role("shared")),
      jon,
    ],
    "JON0 > shared",
  ],
  [
    "its own role before the included",
    [
      profile("prod", role("prod"), "include_profile = shared", from("jon")),
      profile("shared", role("shared")),
      jon,
    ],
    "JON0 > prod",
  ],
  [
    "included and source (13)",
    [profile("prod", role("prod"), "include_profile = jon", from("jon")), jon],
    "JON0 > prod",
  ],
  ["[default] as source", [link("prod", "default"), profile("default", keys())], "JON0 > prod"],
  [
    "names with blanks and dots",
    [profile('"prod"', role("prod"), from("my team.admin")), profile('"my team.admin"', keys())],
    "JON0 > prod",
  ],
  [
    "a role with a path",
    [profile("prod", role("team/kops/prod"), from("jon")), jon],
    "JON0 > team/kops/prod",
  ],
])("%s", ([, config, expected]) => {
  const { source, links, notes } = chainOf(config);
  expect([way(source, links), notes]).toEqual([expected, []]);
});

test("keys of the credentials file", () => {
  const config = [link("prod", "jon")];
  const { source, links } = chainOf(config, [section("jon", keys())]);
  expect([way(source, links), source.where]).toEqual([
    "JON0 > prod",
    'profile "jon" (~/.aws/credentials:2)',
  ]);
});

test("each role knows its profile and its line", () => {
  expect(chainOf(straight(2)).links).toEqual([
    {
      profile: "r1",
      roleArn: {
        value: roleArn("r1"),
        origin: { kind: "file", file: "~/.aws/config", line: 5, profile: "r1", key: "role_arn" },
      },
      ownKeys: false,
    },
    {
      profile: "prod",
      roleArn: {
        value: roleArn("prod"),
        origin: { kind: "file", file: "~/.aws/config", line: 2, profile: "prod", key: "role_arn" },
      },
      ownKeys: false,
    },
  ]);
});

test.for<Row>([
  ["instead of its own", straight(1), "JON0 > asked"],
  ["only at the end of the chain", straight(3), "JON0 > r2 > r1 > asked"],
  ["for a user", [profile("prod", keys())], "JON0 > asked"],
  ["for an alias", [alias("prod", "jon"), jon], "JON0 > asked"],
  [
    "after the role of an alias",
    [alias("prod", "r1"), link("r1", "jon"), jon],
    "JON0 > r1 > asked",
  ],
  ["once in a circle", [profile("prod", keys(), from("prod"))], "JON0 > asked"],
])("a role that was asked for counts %s", ([, config, expected]) => {
  const { source, links } = chainOf(config, [], "asked");
  expect(way(source, links)).toBe(expected);
});

const ownNote = (name: string, source: string) =>
  `profile "${name}" has credentials of its own and no role, so they are used and its source_profile = ${source} is ignored; kops itself would refuse the profile`;

// botocore, credentials.py: AssumeRoleProvider takes a profile only with a role_arn, so that its own credentials are next.
// aws-vault, vault/vault.go: stored credentials come before source_profile. Go's shared_config.go refuses such a profile.
test.for<readonly [...Row, notes: readonly string[]]>([
  [
    "long-lived keys",
    [profile("prod", keys(), from("ann")), profile("ann", keys("ANN0"))],
    "JON0",
    [ownNote("prod", "ann")],
  ],
  [
    "where only the source has a role",
    [profile("prod", keys(), from("admin")), link("admin", "ann"), profile("ann", keys("ANN0"))],
    "JON0",
    [ownNote("prod", "admin")],
  ],
  [
    "a source that there is not",
    [profile("prod", keys(), from("nope"))],
    "JON0",
    [ownNote("prod", "nope")],
  ],
  [
    "credential_process",
    [profile("prod", "credential_process = prog", from("ann")), profile("ann", keys("ANN0"))],
    'credential_process of profile "prod" (~/.aws/config:2)',
    [ownNote("prod", "ann")],
  ],
  [
    "SSO",
    [
      profile(
        "prod",
        "sso_start_url = https://example/start",
        "sso_account_id = 111111111111",
        "sso_region = eu-west-1",
        "sso_role_name = reader",
        from("ann"),
      ),
      profile("ann", keys("ANN0")),
    ],
    'SSO of profile "prod" (~/.aws/config:2)',
    [ownNote("prod", "ann")],
  ],
  [
    "credential_process of a source",
    [
      link("prod", "mid"),
      profile("mid", "credential_process = prog", from("ann")),
      profile("ann", keys("ANN0")),
    ],
    'credential_process of profile "mid" (~/.aws/config:5) > prod',
    [],
  ],
  [
    "keys beside a role that is the profile's own stay with the source",
    [link("prod", "ann", keys()), profile("ann", keys("ANN0"))],
    "ANN0 > prod",
    [],
  ],
])("own credentials, source_profile and no role: %s", ([, config, expected, notes]) => {
  const chain = chainOf(config);
  expect([way(chain.source, chain.links), chain.notes]).toEqual([expected, notes]);
});

test("a role that is asked for is assumed with the profile's own keys", () => {
  const config = [profile("prod", keys(), from("ann")), profile("ann", keys("ANN0"))];
  const { source, links } = chainOf(config, [], "asked");
  expect(way(source, links)).toBe("JON0 > asked");
});

const ignored = (name: string, source: string) =>
  `profile "${name}" has access keys and source_profile = ${source}: its role is assumed with the keys, as kops itself would do; the AWS CLI leaves it out`;

// Conformance 41, D1: the SDK for Go stops at keys and keeps the role beside them; botocore takes the keys alone.
test.for<readonly [...Row, notes: readonly string[]]>([
  [
    "keys and role in the middle, with a source",
    [link("prod", "mid"), link("mid", "ann", keys()), profile("ann", keys("ANN0"))],
    "JON0 > mid* > prod",
    [ignored("mid", "ann")],
  ],
  [
    "the same with a source that there is not",
    [link("prod", "mid"), link("mid", "nope", keys())],
    "JON0 > mid* > prod",
    [ignored("mid", "nope")],
  ],
  [
    "keys in the middle, with a source and no role",
    [link("prod", "mid"), profile("mid", keys(), from("ann")), profile("ann", keys("ANN0"))],
    "JON0 > prod",
    [],
  ],
])("keys in the middle: %s", ([, config, expected, notes]) => {
  const chain = chainOf(config);
  expect([way(chain.source, chain.links), chain.notes]).toEqual([expected, notes]);
});

// Conformance 26.
test("keys in the middle: keys and role without a source", () => {
  const { source, links } = chainOf([link("prod", "mid"), profile("mid", role("mid"), keys())]);
  expect(way(source, links)).toBe("JON0 > mid* > prod");
});

// botocore makes one call there, of prod with the keys of mid: the two sessions are not the same.
test("keys in the middle: a note where the AWS CLI leaves the role out", () => {
  const { notes } = chainOf([link("prod", "mid"), profile("mid", role("mid"), keys())]);
  expect(notes).toEqual([
    'profile "mid" has access keys and a role: the role is assumed first, as kops itself would do; the AWS CLI leaves it out',
  ]);
});

// aws-vault takes source_profile from the included profile as it does role_arn (vault/config.go, populateFromConfigFile).
test("the included source", () => {
  const shared = link("shared", "jon");
  const { source, links } = chainOf([profile("prod", "include_profile = shared"), shared, jon]);
  expect(way(source, links)).toBe("JON0 > shared");
});

const circle = "One of these profiles must have access keys, or name a source_profile that has.";
const addSource = `Add "source_profile = NAME" to it, with the profile that has your access keys.`;
const addKeys =
  "Put its aws_access_key_id and aws_secret_access_key into ~/.aws/credentials (aws configure does).";
const keepOne = "Keep the one that the credentials should come from.";

test.for<
  readonly [
    title: string,
    config: readonly string[],
    error: readonly [kind: string, message: string, hint: string],
  ]
>([
  [
    "itself as source, without keys (12, 42)",
    [link("prod", "prod")],
    ["ConfigError", 'profile "prod": source_profile goes round in a circle: prod → prod', circle],
  ],
  [
    "two that name each other",
    [link("prod", "r1"), link("r1", "prod")],
    [
      "ConfigError",
      'profile "prod": source_profile goes round in a circle: prod → r1 → prod',
      circle,
    ],
  ],
  [
    "a circle further on",
    [link("prod", "a"), link("a", "b"), alias("b", "c"), link("c", "a")],
    ["ConfigError", 'profile "prod": source_profile goes round in a circle: a → b → c → a', circle],
  ],
  [
    "a source that there is not (46)",
    [link("prod", "jno"), jon],
    [
      "ConfigError",
      'profile "prod": source_profile: there is no profile "jno" in ~/.aws/config or ~/.aws/credentials',
      'Did you mean "jon"?',
    ],
  ],
  [
    "a source of a source that there is not",
    [link("prod", "base"), link("base", "nobody")],
    [
      "ConfigError",
      'profile "base": source_profile: there is no profile "nobody" in ~/.aws/config or ~/.aws/credentials',
      "There are: prod, base.",
    ],
  ],
  [
    "a source of another case (5)",
    [link("prod", "Jon"), jon],
    [
      "ConfigError",
      'profile "prod": source_profile: there is no profile "Jon" in ~/.aws/config or ~/.aws/credentials',
      'Did you mean "jon"?',
    ],
  ],
  [
    "a source without keys (39)",
    [link("prod", "jon"), profile("jon", "region = eu-west-1")],
    ["CredentialsError", 'profile "jon" has no access keys', addKeys],
  ],
  [
    "no keys and no source",
    [profile("prod", "region = eu-west-1")],
    ["CredentialsError", 'profile "prod" has no access keys', addKeys],
  ],
  [
    "a role alone (45, D3)",
    [profile("prod", role("prod"))],
    ["CredentialsError", 'profile "prod" has a role and nothing to assume it with', addSource],
  ],
  [
    "a role alone in the middle",
    [link("prod", "base"), profile("base", role("base"))],
    ["CredentialsError", 'profile "base" has a role and nothing to assume it with', addSource],
  ],
  [
    "half a pair of keys (D10)",
    [link("prod", "jon"), profile("jon", "aws_access_key_id = AKIATESTTESTTESTJON0")],
    [
      "CredentialsError",
      '~/.aws/config:5: profile "jon" has aws_access_key_id without aws_secret_access_key',
      "Add the aws_secret_access_key line, or remove both.",
    ],
  ],
  [
    "two sources (44)",
    [link("prod", "jon", "credential_source = Environment"), jon],
    [
      "ConfigError",
      'profile "prod" has source_profile and credential_source, and kops refuses more than one',
      keepOne,
    ],
  ],
  [
    "a source and a process (D4)",
    [link("prod", "jon", "credential_process = cat"), jon],
    [
      "ConfigError",
      'profile "prod" has source_profile and credential_process, and kops refuses more than one',
      keepOne,
    ],
  ],
  [
    "three sources",
    [
      profile(
        "prod",
        role("prod"),
        from("jon"),
        "credential_process = cat",
        "web_identity_token_file = /t",
      ),
      jon,
    ],
    [
      "ConfigError",
      'profile "prod" has source_profile and credential_process and web_identity_token_file, and kops refuses more than one',
      keepOne,
    ],
  ],
  [
    "an empty source",
    [profile("prod", role("prod"), "source_profile ="), jon],
    ["CredentialsError", 'profile "prod" has a role and nothing to assume it with', addSource],
  ],
])("refused: %s", ([, config, error]) => {
  expect(refusalOf(() => chainOf(config))).toEqual(error);
});
