import { describe, expect, test } from "vitest";
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
  tell,
  testKeys,
  way,
  forProd,
  type Given,
} from "../../support/config/build.ts";

/** No profile is named. */
const files = (...config: readonly string[]) => ({ config });

const jon = profile("default", keys());
const prod = link("prod", "default");
const envKeys = keyVariables();
const asked = { KOPS_MFA_ROLE_ARN: roleArn("asked") };
const option = { roleArn: roleArn("opt") };
const at = (line: number, key: string) => `~/.aws/config:${line} (${key})`;

test("everything that decides a session", () => {
  const origin = { kind: "file", file: "~/.aws/config", profile: "prod" };
  const lines = ["external_id = abc-123", "duration_seconds = 7200", "region = eu-west-1"];
  const given = {
    ...forProd(link("prod", "jon", mfa("jonsmith"), ...lines)),
    credentials: [section("jon", keys())],
    env: { KOPS_MFA_ROLE_SESSION_NAME: "jon@laptop" },
  };
  expect(resolved(given)).toMatchObject({
    profile: { value: "prod", origin: { kind: "option", name: "--profile" } },
    source: {
      kind: "static",
      where: 'profile "jon" (~/.aws/credentials:2)',
      profile: "jon",
      ...testKeys("JON0"),
      sessionToken: null,
    },
    roles: [
      {
        roleArn: { value: roleArn("prod"), origin: { ...origin, line: 2, key: "role_arn" } },
        roleSessionName: {
          value: "jon@laptop",
          origin: { kind: "variable", name: "KOPS_MFA_ROLE_SESSION_NAME" },
        },
        externalId: { value: "abc-123", origin: { ...origin, line: 5, key: "external_id" } },
        durationSeconds: { value: 7200, origin: { ...origin, line: 6, key: "duration_seconds" } },
        ownKeys: false,
      },
    ],
    serialNumber: { value: mfaArn("jonsmith"), origin: { ...origin, line: 4, key: "mfa_serial" } },
    unusedSerialNumber: null,
    sessionDurationSeconds: null,
    region: { value: "eu-west-1", origin: { ...origin, line: 7, key: "region" } },
    sts: {
      region: "eu-west-1",
      endpoint: null,
      useFips: false,
      useDualstack: false,
      caBundle: null,
      timeoutMs: 20_000,
    },
    identityNotes: [],
    notes: [],
  });
});

// Conformance 4.
test("the keys of a profile in any case, and one that is nothing to us", () => {
  const lines = [`Role_Arn = ${roleArn("prod")}`, `mfa_Serial = ${mfaArn("jonsmith")}`];
  const more = [
    "SOURCE_PROFILE = default",
    "duration_seconds=1200",
    "sts_regional_endpoints=legacy",
  ];
  const { source, roles, serialNumber } = resolved(
    forProd(jon, profile("prod", ...lines, ...more)),
  );
  expect([way(source, roles), roles[0]?.durationSeconds.value, serialNumber?.value]).toEqual([
    "JON0 > prod",
    1200,
    mfaArn("jonsmith"),
  ]);
});

// Conformance D9.
test("the credentials file wins, for every key", () => {
  const inConfig = link("prod", "default", mfa("config"), "region = eu-west-1");
  const given = {
    ...forProd(jon, inConfig),
    credentials: [section("prod", role("credentials"), mfa("credentials"), "region = eu-west-2")],
  };
  const { source, roles, serialNumber, region } = resolved(given);
  expect([way(source, roles), tell(serialNumber), tell(region)]).toEqual([
    "JON0 > credentials",
    `${mfaArn("credentials")} ← ~/.aws/credentials:3 (mfa_serial)`,
    "eu-west-2 ← ~/.aws/credentials:4 (region)",
  ]);
});

describe("whose keys", () => {
  const user = profile("jon", keys());
  const ownRole = profile("default", role("own"), from("jon"));
  const dev = link("dev", "prod");
  const half = { AWS_SECRET_ACCESS_KEY: "x" };
  const inProd = { AWS_PROFILE: "prod" };

  /** The name of the session's profile, and the way to it. */
  test.for<readonly [title: string, given: Given, expected: readonly [string | null, string]]>([
    ["[default]", files(jon), ["default", "JON0"]],
    ["a profile", forProd(jon, prod), ["prod", "JON0 > prod"]],
    ["AWS_PROFILE", { ...files(jon, prod), env: inProd }, ["prod", "JON0 > prod"]],
    ["the environment, without files", { env: envKeys }, [null, "ENV0"]],
    ["the environment before [default]", { ...files(jon), env: envKeys }, [null, "ENV0"]],
    [
      "the environment with a role before [default]",
      { ...files(jon), env: { ...envKeys, ...asked } },
      [null, "ENV0 > asked"],
    ],
    [
      "the environment with a role before that of [default]",
      { ...files(ownRole, user), env: { ...envKeys, ...asked } },
      [null, "ENV0 > asked"],
    ],
    ["a profile before it", { ...forProd(jon, prod), env: envKeys }, ["prod", "JON0 > prod"]],
    [
      "AWS_PROFILE before it",
      { ...files(jon, prod), env: { ...envKeys, ...inProd } },
      ["prod", "JON0 > prod"],
    ],
    [
      "[default] by its name before it",
      { ...files(jon), options: { profile: "default" }, env: envKeys },
      ["default", "JON0"],
    ],
    [
      "[default] with a role before it",
      { ...files(ownRole, user), env: envKeys },
      ["default", "JON0 > own"],
    ],
    [
      "a profile, half a pair ignored",
      { ...forProd(jon, prod), env: half },
      ["prod", "JON0 > prod"],
    ],
    ["a role for the environment", { env: { ...envKeys, ...asked } }, [null, "ENV0 > asked"]],
    ["a role for [default]", { ...files(jon), env: asked }, ["default", "JON0 > asked"]],
    ["--role-arn", { ...files(jon), options: option }, ["default", "JON0 > opt"]],
    [
      "--role-arn before KOPS_MFA_ROLE_ARN",
      { ...files(jon), options: option, env: asked },
      ["default", "JON0 > opt"],
    ],
    [
      "--role-arn at the end of a chain",
      { ...files(jon, prod, dev), options: { ...option, profile: "dev" } },
      ["dev", "JON0 > prod > opt"],
    ],
  ])("%s", ([, given, expected]) => {
    const { profile: name, source, roles } = resolved(given);
    expect([name?.value ?? null, way(source, roles)]).toEqual(expected);
  });
});

describe("option before variable before profile", () => {
  const lines = [
    "role_session_name = file-name",
    "external_id = file-id",
    "duration_seconds = 1800",
  ];
  const config = [jon, link("prod", "default", mfa("file"), "region = eu-west-1", ...lines)];
  const env = {
    KOPS_MFA_ROLE_ARN: roleArn("var"),
    KOPS_MFA_ARN: mfaArn("var"),
    KOPS_MFA_REGION: "eu-west-2",
    KOPS_MFA_ROLE_SESSION_NAME: "var-name",
    KOPS_MFA_EXTERNAL_ID: "var-id",
    KOPS_MFA_DURATION: "2h",
  };
  const options = {
    profile: "prod",
    roleArn: roleArn("opt"),
    serialNumber: mfaArn("opt"),
    region: "eu-west-3",
    roleSessionName: "opt-name",
    externalId: "opt-id",
    duration: "3h",
  };

  /** Role, device, region, then the rest of the role's call. */
  const settings = (given: Given) => {
    const { roles, serialNumber, region } = resolved(given);
    const { roleArn, roleSessionName, externalId, durationSeconds } = roles.at(-1)!;
    return [roleArn, serialNumber, region, roleSessionName, externalId, durationSeconds].map(tell);
  };

  test("profile", () => {
    expect(settings({ config, options: { profile: "prod" } })).toEqual([
      `${roleArn("prod")} ← ${at(5, "role_arn")}`,
      `${mfaArn("file")} ← ${at(7, "mfa_serial")}`,
      `eu-west-1 ← ${at(8, "region")}`,
      `file-name ← ${at(9, "role_session_name")}`,
      `file-id ← ${at(10, "external_id")}`,
      `1800 ← ${at(11, "duration_seconds")}`,
    ]);
  });

  test("variable", () => {
    expect(settings({ config, env: { ...env, AWS_PROFILE: "prod" } })).toEqual([
      `${roleArn("var")} ← KOPS_MFA_ROLE_ARN`,
      `${mfaArn("var")} ← KOPS_MFA_ARN`,
      "eu-west-2 ← KOPS_MFA_REGION",
      "var-name ← KOPS_MFA_ROLE_SESSION_NAME",
      "var-id ← KOPS_MFA_EXTERNAL_ID",
      "7200 ← KOPS_MFA_DURATION",
    ]);
  });

  test("a profile on the command line before the variables of another role", () => {
    expect(settings({ config, options: { profile: "prod" }, env })).toEqual([
      `${roleArn("prod")} ← ${at(5, "role_arn")}`,
      `${mfaArn("file")} ← ${at(7, "mfa_serial")}`,
      `eu-west-1 ← ${at(8, "region")}`,
      `file-name ← ${at(9, "role_session_name")}`,
      `file-id ← ${at(10, "external_id")}`,
      "7200 ← KOPS_MFA_DURATION",
    ]);
  });

  test("without KOPS_MFA_ROLE_ARN, the others are about the profile's role", () => {
    const others = { ...env, KOPS_MFA_ROLE_ARN: undefined };
    expect(settings({ config, options: { profile: "prod" }, env: others })).toEqual([
      `${roleArn("prod")} ← ${at(5, "role_arn")}`,
      `${mfaArn("file")} ← ${at(7, "mfa_serial")}`,
      "eu-west-2 ← KOPS_MFA_REGION",
      "var-name ← KOPS_MFA_ROLE_SESSION_NAME",
      "var-id ← KOPS_MFA_EXTERNAL_ID",
      "7200 ← KOPS_MFA_DURATION",
    ]);
  });

  test("--role-arn before the variables of another role", () => {
    const options = { roleArn: roleArn("opt") };
    expect(settings({ config, options, env: { ...env, AWS_PROFILE: "prod" } })).toEqual([
      `${roleArn("opt")} ← --role-arn`,
      `${mfaArn("var")} ← KOPS_MFA_ARN`,
      `eu-west-1 ← ${at(8, "region")}`,
      `file-name ← ${at(9, "role_session_name")}`,
      `file-id ← ${at(10, "external_id")}`,
      "7200 ← KOPS_MFA_DURATION",
    ]);
  });

  test("option", () => {
    expect(settings({ config, options, env })).toEqual([
      `${roleArn("opt")} ← --role-arn`,
      `${mfaArn("opt")} ← --serial-number`,
      "eu-west-3 ← --region",
      "opt-name ← --role-session-name",
      "opt-id ← --external-id",
      "10800 ← --duration",
    ]);
  });

  test("a role for the environment's keys takes the rest from [default]", () => {
    const defaults = profile("default", mfa("file"), "external_id = file-id");
    expect(settings({ ...files(defaults), env: { ...envKeys, ...asked } })).toEqual([
      `${roleArn("asked")} ← KOPS_MFA_ROLE_ARN`,
      `${mfaArn("file")} ← ${at(2, "mfa_serial")}`,
      null,
      "file ← name of the MFA device",
      `file-id ← ${at(3, "external_id")}`,
      "3600 ← default",
    ]);
  });

  test("what is asked is for the last role only", () => {
    const base = link("base", "default", "external_id = base-id");
    const { roles } = resolved({ ...files(jon, base, link("prod", "base")), options });
    const told = roles.map((step) =>
      [step.roleSessionName, step.externalId, step.durationSeconds].map(tell),
    );
    expect(told).toEqual([
      ["opt ← name of the MFA device", `base-id ← ${at(7, "external_id")}`, "3600 ← default"],
      ["opt-name ← --role-session-name", "opt-id ← --external-id", "10800 ← --duration"],
    ]);
  });

  test("a duration without a role is for the user's own session", () => {
    const { sessionDurationSeconds } = resolved({ ...files(jon), options: { duration: "36h" } });
    expect(tell(sessionDurationSeconds)).toBe("129600 ← --duration");
  });
});

describe("MFA device", () => {
  const defaults = profile("default", mfa("shared"));
  const user = profile("jon", keys());
  const userWithDevice = profile("jon", keys(), mfa("jon"));
  const one = link("prod", "jon");
  const oneWithDevice = link("prod", "jon", mfa("own"));
  const base = link("base", "jon");
  const baseWithDevice = link("base", "jon", mfa("base"));
  const two = link("prod", "base");
  const twoWithDevice = link("prod", "base", mfa("own"));
  const included = [profile("team", mfa("team")), link("prod", "jon", "include_profile = team")];

  /** The serial that is used, and one that is known and not used. */
  type Serials = readonly [used: string | null, unused: string | null];

  test.for<readonly [title: string, config: readonly string[], expected: Serials]>([
    ["none", [user, one], [null, null]],
    ["the role's", [user, oneWithDevice], ["own", null]],
    // Conformance 50: the SDKs do not take it from the source.
    ["the source's, not used", [userWithDevice, one], [null, "jon"]],
    ["the role's before the source's", [userWithDevice, oneWithDevice], ["own", null]],
    ["[default]'s (28)", [defaults, user, one], ["shared", null]],
    ["the role's before [default]'s", [defaults, user, oneWithDevice], ["own", null]],
    ["[default]'s before the source's", [defaults, userWithDevice, one], ["shared", null]],
    ["an included one", [user, ...included], ["team", null]],
    ["the first role's", [user, baseWithDevice, two], ["base", null]],
    [
      "the first role's before the last's (26)",
      [user, baseWithDevice, twoWithDevice],
      ["base", null],
    ],
    ["the last role's", [user, base, twoWithDevice], ["own", null]],
    ["[default]'s for a chain", [defaults, user, base, two], ["shared", null]],
    ["the user's own", [profile("prod", keys(), mfa("jon"))], ["jon", null]],
    ["an alias's", [user, profile("prod", from("jon"), mfa("own"))], ["own", null]],
    ["an aliased user's, not used", [userWithDevice, profile("prod", from("jon"))], [null, "jon"]],
    [
      "the alias's of a role (27)",
      [user, base, profile("prod", from("base"), mfa("own"))],
      ["own", null],
    ],
    [
      "an aliased role's (27)",
      [user, baseWithDevice, profile("prod", from("base"))],
      ["base", null],
    ],
  ])("%s", ([, config, expected]) => {
    const { serialNumber, unusedSerialNumber } = resolved(forProd(...config));
    expect([serialNumber, unusedSerialNumber].map((serial) => serial?.value ?? null)).toEqual(
      expected.map((name) => name && mfaArn(name)),
    );
  });

  // The serial of [default] stands in for profiles that say nothing; this one says something.
  test("the last role's before [default]'s", () => {
    const { serialNumber } = resolved(forProd(defaults, user, base, twoWithDevice));
    expect(serialNumber?.value).toBe(mfaArn("own"));
  });

  const variable = { KOPS_MFA_ARN: mfaArn("var") };
  const fromVariable = `${mfaArn("var")} ← KOPS_MFA_ARN`;

  test.for<readonly [title: string, given: Given, expected: string]>([
    ["KOPS_MFA_ARN, environment", { env: { ...envKeys, ...variable } }, fromVariable],
    ["KOPS_MFA_ARN, [default]", { ...files(jon), env: { ...asked, ...variable } }, fromVariable],
    [
      "KOPS_MFA_ARN, AWS_PROFILE",
      { ...files(user, oneWithDevice), env: { ...variable, AWS_PROFILE: "prod" } },
      fromVariable,
    ],
    [
      "a profile's that is named, before KOPS_MFA_ARN",
      { ...forProd(user, oneWithDevice), env: variable },
      `${mfaArn("own")} ← ${at(7, "mfa_serial")}`,
    ],
    ["KOPS_MFA_ARN, a profile without", { ...forProd(user, one), env: variable }, fromVariable],
    [
      "AWS_MFA_SERIAL",
      { ...files(jon), env: { AWS_MFA_SERIAL: "GAHT12345678" } },
      "GAHT12345678 ← AWS_MFA_SERIAL",
    ],
    [
      "[default]'s, environment",
      { ...files(defaults), env: envKeys },
      `${mfaArn("shared")} ← ${at(2, "mfa_serial")}`,
    ],
  ])("%s", ([, given, expected]) => {
    expect(tell(resolved(given).serialNumber)).toBe(expected);
  });
});

describe("session name and external id", () => {
  const prodWith = (line: string) => forProd(jon, link("prod", "default", line));
  const long = (length: number) => "x".repeat(length);
  const ofDevice = "name of the MFA device";

  test.for<readonly [title: string, line: string, expected: string]>([
    ["nothing known", "", "kops-mfa ← default"],
    ["a device", mfa("jonsmith"), `jonsmith ← ${ofDevice}`],
    ["a device with a path", mfa("people/jon@example.com"), `jon@example.com ← ${ofDevice}`],
    ["a device of one letter", mfa("j"), "kops-mfa ← default"],
    ["a device with a long name", mfa(long(70)), `${long(64)} ← ${ofDevice}`],
    ["a hardware token", "mfa_serial = GAHT12345678", "kops-mfa ← default"],
    [
      "the profile's",
      "role_session_name = a+1=b,c.d@e-f_g",
      `a+1=b,c.d@e-f_g ← ${at(7, "role_session_name")}`,
    ],
    [
      "the longest",
      `role_session_name = ${long(64)}`,
      `${long(64)} ← ${at(7, "role_session_name")}`,
    ],
  ])("session name: %s", ([, line, expected]) => {
    expect(tell(resolved(prodWith(line)).roles[0]!.roleSessionName)).toBe(expected);
  });

  test.for(["j", "jon smith", "jon/smith", "jon:smith", "jön", long(65)])(
    "no session name: %s",
    (name) => {
      expect(refusalOf(() => resolved(prodWith(`role_session_name = ${name}`)))).toEqual([
        "ConfigError",
        `${at(7, "role_session_name")}: "${name}" cannot be a role session name`,
        "It has 2 to 64 letters, digits and any of _+=,.@-",
      ]);
    },
  );

  test.for(["ab", "abc-123", "a_b+c=d,e.f@g:h/i-j", long(1224)])("external id: %s", (id) => {
    const { externalId } = resolved(prodWith(`external_id = ${id}`)).roles[0]!;
    expect(tell(externalId)).toBe(`${id} ← ${at(7, "external_id")}`);
  });

  test.for(["x", "a b", "a'b", "é/ü", long(1225)])("no external id, and not told: %s", (id) => {
    expect(refusalOf(() => resolved(prodWith(`external_id = ${id}`)))).toEqual([
      "ConfigError",
      `${at(7, "external_id")}: the value cannot be an external id`,
      "It has 2 to 1224 letters, digits and any of _+=,.@:/-",
    ]);
  });
});

describe("region", () => {
  const regional = profile("default", keys(), "region = us-west-2");
  const base = link("base", "default", "region = eu-central-1");
  const target = link("prod", "base", "region = eu-west-1");
  const including = profile("prod", keys(), "include_profile = inc");
  const inChina = "arn:aws-cn:iam::111111111111:mfa/jon";
  const north = { AWS_REGION: "eu-north-1" };

  /** The region that is exported, and that of STS. */
  type Regions = readonly [exported: string | null, sts: string];

  test.for<readonly [title: string, given: Given, expected: Regions]>([
    ["none", files(jon), [null, "us-east-1"]],
    ["[default]'s (1)", files(regional), ["us-west-2", "us-west-2"]],
    ["the profile's", forProd(regional, base, target), ["eu-west-1", "eu-west-1"]],
    ["not the source's", forProd(regional, base, link("prod", "base")), [null, "us-east-1"]],
    [
      "an aliased role's",
      forProd(regional, base, profile("prod", from("base"))),
      ["eu-central-1", "eu-central-1"],
    ],
    [
      "an included one before [default]'s (8)",
      forProd(regional, including, profile("inc", "region = eu-south-1")),
      ["eu-south-1", "eu-south-1"],
    ],
    [
      "[default]'s, for the environment's keys",
      { ...files(regional), env: envKeys },
      ["us-west-2", "us-west-2"],
    ],
    [
      "AWS_REGION",
      { ...forProd(regional, base, target), env: north },
      ["eu-north-1", "eu-north-1"],
    ],
    [
      "not [DEFAULT]'s (11)",
      files(section("DEFAULT", "region = us-east-1"), regional),
      ["us-west-2", "us-west-2"],
    ],
    [
      "of a profile with a nested block (10)",
      files(profile("default", keys(), "s3 =", "  region = x", "region = eu-west-1")),
      ["eu-west-1", "eu-west-1"],
    ],
    [
      "without the comment behind it (9)",
      files(profile("default", keys(), "region = moon-1 # comment")),
      ["moon-1", "moon-1"],
    ],
    [
      "none, for a role in China",
      { ...files(jon), options: { roleArn: "arn:aws-cn:iam::222222222222:role/x" } },
      [null, "cn-north-1"],
    ],
    [
      "none, for a device in China",
      { ...files(jon), env: { KOPS_MFA_ARN: inChina } },
      [null, "cn-north-1"],
    ],
    [
      "none, for a role elsewhere than the device",
      { ...files(jon), env: { ...asked, KOPS_MFA_ARN: inChina } },
      [null, "us-east-1"],
    ],
  ])("%s", ([, given, expected]) => {
    const { region, sts } = resolved(given);
    expect([region?.value ?? null, sts.region]).toEqual(expected);
  });

  test.for(["eu west", "EU-WEST-1", "eu_west", "sts.example.com", "$(id)", "x".repeat(64)])(
    "no region: %s",
    (text) => {
      const given = files(profile("default", keys(), `region = ${text}`));
      expect(refusalOf(() => resolved(given))).toEqual([
        "ConfigError",
        `${at(4, "region")}: "${text}" is not the name of a region`,
        "A region looks like eu-west-1.",
      ]);
    },
  );

  // Conformance 6.
  test("the profile's own endpoint, not its source's", () => {
    const source = profile("default", keys(), "endpoint_url = https://default.example.com");
    const target = link("prod", "default", "endpoint_url = https://localhost:1234");
    expect(resolved(forProd(source, target)).sts.endpoint).toBe("https://localhost:1234");
  });
});

describe("notes", () => {
  const replaced = [
    `KOPS_MFA_ROLE_ARN replaces the role of profile "prod" (${roleArn("prod")}) with ${roleArn("asked")}`,
  ];
  const user = profile("jon", keys());
  const ownRole = profile("default", role("own"), from("jon"));

  test.for<readonly [title: string, given: Given, notes: readonly string[]]>([
    [
      "a variable replaces a role",
      { ...files(jon, prod), env: { ...asked, AWS_PROFILE: "prod" } },
      replaced,
    ],
    ["an option was typed", { ...files(jon, prod), options: { ...option, profile: "prod" } }, []],
    ["the same role", { ...forProd(jon, prod), env: { KOPS_MFA_ROLE_ARN: roleArn("prod") } }, []],
    ["no profile is named", { ...files(ownRole, user), env: asked }, []],
    [
      "a variable is ignored",
      { ...forProd(jon, prod), env: asked },
      ['KOPS_MFA_ROLE_ARN is ignored, because profile "prod" is named on the command line'],
    ],
    [
      "several are",
      {
        ...forProd(jon, prod),
        env: { ...asked, KOPS_MFA_ARN: mfaArn("x"), KOPS_MFA_EXTERNAL_ID: "other" },
      },
      [
        'KOPS_MFA_ROLE_ARN and KOPS_MFA_EXTERNAL_ID are ignored, because profile "prod" is named on the command line',
      ],
    ],
    [
      "another role is named",
      { ...files(jon), options: option, env: { ...asked, KOPS_MFA_EXTERNAL_ID: "other" } },
      ["KOPS_MFA_EXTERNAL_ID is ignored, because --role-arn names another role"],
    ],
    [
      "a profile without a role, which the variable does not give one",
      { ...forProd(profile("prod", keys(), mfa("jon"))), env: asked },
      ['KOPS_MFA_ROLE_ARN is ignored, because profile "prod" is named on the command line'],
    ],
    [
      "keys in the middle of a chain (41)",
      forProd(jon, link("mid", "default", keys("MID0")), link("prod", "mid")),
      [
        'profile "mid" has access keys and source_profile = default: its role is assumed with the keys, as kops itself would do; the AWS CLI leaves it out',
      ],
    ],
  ])("about the identity: %s", ([, given, notes]) => {
    expect(resolved(given).identityNotes).toEqual(notes);
  });

  test("a duration that is none, of each role", () => {
    const given = forProd(
      jon,
      link("base", "default", "duration_seconds = abc"),
      link("prod", "base", "duration_seconds = soon"),
    );
    expect(resolved(given).notes).toEqual([
      `${at(7, "duration_seconds")}: "abc" is not a duration, and is passed over`,
      `${at(11, "duration_seconds")}: "soon" is not a duration, and is passed over`,
    ]);
  });
});

describe("refused", () => {
  const noProfile = (name: string, where = "") =>
    `${where}there is no profile "${name}" in ~/.aws/config or ~/.aws/credentials`;
  const noKeys =
    'there are no access keys: none in the environment, no profile "default" in ~/.aws/config or ~/.aws/credentials';
  const getKeys =
    "Run `aws configure`, name a profile, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.";

  test.for<readonly [title: string, given: Given, message: string, hint: string]>([
    ["no keys anywhere", {}, noKeys, getKeys],
    ["no keys and a role", { env: asked }, noKeys, getKeys],
    ["no [default]", files(profile("prod", keys())), noKeys, getKeys],
    [
      "[default] without keys",
      files(profile("default", "region = eu-west-1")),
      'profile "default" has no access keys',
      "Put its aws_access_key_id and aws_secret_access_key into ~/.aws/credentials (aws configure does).",
    ],
    [
      "half a pair in the environment",
      { ...files(jon), env: { AWS_SECRET_ACCESS_KEY: "x" } },
      "AWS_SECRET_ACCESS_KEY is set and AWS_ACCESS_KEY_ID is not",
      "Set both, or unset AWS_SECRET_ACCESS_KEY to use the keys of a profile.",
    ],
  ])("%s", ([, given, ...lines]) => {
    expect(refusalOf(() => resolved(given))).toEqual(["CredentialsError", ...lines]);
  });

  test.for<readonly [title: string, given: Given, message: string, hint: string]>([
    // Conformance 7, 34.
    [
      "a misspelt profile",
      forProd(jon, link("prdo", "default")),
      noProfile("prod"),
      'Did you mean "prdo"?',
    ],
    [
      "with keys in the environment",
      { ...forProd(jon), env: envKeys },
      noProfile("prod"),
      "There are: default.",
    ],
    // Conformance 5.
    [
      "a profile of another case",
      forProd(link("PROD", "x")),
      noProfile("prod"),
      'Did you mean "PROD"?',
    ],
    [
      "one that AWS_PROFILE names",
      { ...files(jon, prod), env: { AWS_PROFILE: "prdo" } },
      noProfile("prdo", "AWS_PROFILE: "),
      'Did you mean "prod"?',
    ],
    [
      "one that KOPS_MFA_PROFILE names",
      { ...files(jon), env: { KOPS_MFA_PROFILE: "x" } },
      noProfile("x", "KOPS_MFA_PROFILE: "),
      "There are: default.",
    ],
    [
      "[default] by its name, which there is not",
      { ...files(prod), options: { profile: "default" } },
      noProfile("default"),
      "There are: prod.",
    ],
    [
      "a role that is a session",
      { ...files(jon), env: { KOPS_MFA_ROLE_ARN: "arn:aws:sts::222222222222:assumed-role/x/y" } },
      'KOPS_MFA_ROLE_ARN: "arn:aws:sts::222222222222:assumed-role/x/y" is not the ARN of an IAM role',
      "That is the ARN of a session. The role's own looks like arn:aws:iam::123456789012:role/NAME.",
    ],
    [
      "no role in the middle of a chain",
      forProd(jon, profile("base", "role_arn = base", from("default")), link("prod", "base")),
      `${at(5, "role_arn")}: "base" is not the ARN of an IAM role`,
      "A role ARN looks like arn:aws:iam::123456789012:role/NAME (IAM console: Roles, NAME, ARN).",
    ],
    [
      "no device in [default]",
      files(profile("default", keys(), "mfa_serial = jon")),
      `${at(4, "mfa_serial")}: "jon" is not the serial number of an MFA device`,
      "It looks like arn:aws:iam::123456789012:mfa/NAME, or is the number on a hardware token (aws iam list-mfa-devices shows it).",
    ],
    [
      "13 h for a role",
      { ...files(jon), options: { ...option, duration: "13h" } },
      "--duration: AWS gives sessions of 15m to 12h, not 13h",
      "Ask for 12h.",
    ],
    [
      "37 h for a user",
      { ...files(jon), env: { KOPS_MFA_DURATION: "37h" } },
      "KOPS_MFA_DURATION: AWS gives sessions of 15m to 36h, not 37h",
      "Ask for 36h.",
    ],
  ])("%s", ([, given, ...lines]) => {
    expect(refusalOf(() => resolved(given))).toEqual(["ConfigError", ...lines]);
  });
});
