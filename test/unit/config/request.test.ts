import { expect, test } from "vitest";
import { requestVariables, type RequestOptions } from "../../../src/config/request.ts";
import type { Environment } from "../../../src/environment/environment.ts";
import {
  mfaArn,
  refusalOf,
  request,
  roleArn,
  tell,
  type Refusal,
} from "../../support/config/build.ts";

const nothing = {
  profile: null,
  region: null,
  roleArn: null,
  serialNumber: null,
  tokenCode: null,
  roleSessionName: null,
  externalId: null,
  durationSeconds: null,
};

test.for<readonly [title: string, options: RequestOptions, env: Environment]>([
  ["nothing", {}, {}],
  ["empty variables", {}, { KOPS_MFA_PROFILE: "", AWS_PROFILE: "", KOPS_MFA_ARN: "" }],
  ["options that are not given", { profile: undefined, duration: undefined }, {}],
  ["variables of others", {}, { AWS_ROLE_ARN: roleArn("x"), AWS_ROLE_SESSION_NAME: "x" }],
])("nothing is asked for by %s", ([, options, env]) => {
  expect(request(options, env)).toMatchObject(nothing);
});

/** Each place of a key in order of precedence, with a value for it. */
const precedence: readonly (readonly [key: keyof typeof nothing, ...places: Place[]])[] = [
  [
    "profile",
    ["--profile", "prod"],
    ["KOPS_MFA_PROFILE", "staging"],
    ["AWS_PROFILE", "dev"],
    ["AWS_DEFAULT_PROFILE", "test"],
  ],
  [
    "region",
    ["--region", "eu-west-1"],
    ["KOPS_MFA_REGION", "eu-west-2"],
    ["AWS_REGION", "eu-west-3"],
    ["AWS_DEFAULT_REGION", "eu-north-1"],
  ],
  ["roleArn", ["--role-arn", roleArn("prod")], ["KOPS_MFA_ROLE_ARN", roleArn("staging")]],
  [
    "serialNumber",
    ["--serial-number", mfaArn("jonsmith")],
    ["KOPS_MFA_ARN", mfaArn("jon")],
    ["AWS_MFA_SERIAL", "GAHT12345678"],
  ],
  ["tokenCode", ["--token-code", "123456"], ["KOPS_MFA_TOKEN_CODE", "000000"]],
  ["roleSessionName", ["--role-session-name", "jonsmith"], ["KOPS_MFA_ROLE_SESSION_NAME", "jon"]],
  ["externalId", ["--external-id", "abc-123"], ["KOPS_MFA_EXTERNAL_ID", "def/456"]],
  [
    "durationSeconds",
    ["--duration-seconds", "3600"],
    ["KOPS_MFA_DURATION_SECONDS", "7200"],
    ["KOPS_MFA_DURATION", "1800"],
  ],
];
type Place = readonly [name: string, value: string];

const rows = precedence.flatMap(([key, ...places]) =>
  places.map(([name], rank) => [name, key, places.slice(rank)] as const),
);

test.for(rows)("%s decides the %s where no place before it does", ([name, key, places]) => {
  const isOption = name.startsWith("--");
  const options = isOption ? { [key]: places[0]?.[1] } : {};
  const env = Object.fromEntries(places.slice(isOption ? 1 : 0));
  expect(tell(request(options, env)[key])).toBe(`${places[0]?.[1] ?? ""} ← ${name}`);
});

test("there is no variable that is not in the rows above", () => {
  const known = precedence.map(([key, , ...places]) => [key, places.map(([name]) => name)]);
  expect(requestVariables).toMatchObject(Object.fromEntries(known));
});

test("an empty variable gives way to the next", () => {
  const env = { KOPS_MFA_PROFILE: "", AWS_PROFILE: "", AWS_DEFAULT_PROFILE: "dev" };
  expect(tell(request({}, env).profile)).toBe("dev ← AWS_DEFAULT_PROFILE");
});

test.for<readonly [options: RequestOptions, env: Environment, expected: string]>([
  [{ duration: "1h30m" }, {}, "5400 ← --duration"],
  [{ duration: "3600" }, {}, "3600 ← --duration"],
  [{ durationSeconds: "12h" }, {}, "43200 ← --duration-seconds"],
  [{ duration: "2h" }, { KOPS_MFA_DURATION_SECONDS: "900" }, "7200 ← --duration"],
  [{ duration: "2h" }, { KOPS_MFA_DURATION_SECONDS: "soon" }, "7200 ← --duration"],
  [{}, { KOPS_MFA_DURATION: "90m" }, "5400 ← KOPS_MFA_DURATION"],
])("duration of %j and %j", ([options, env, expected]) => {
  expect(tell(request(options, env).durationSeconds)).toBe(expected);
});

const usage = (message: string, hint: string): Refusal => ["UsageError", message, hint];
const notOneLine = (name: string) =>
  usage(
    `${name}: the value is empty or has control characters in it`,
    "Give it a value of one line, or leave it out.",
  );
const noRegion = (name: string, value: string) =>
  usage(`${name}: "${value}" is not the name of a region`, "A region looks like eu-west-1.");
const noCode = (name: string) =>
  usage(
    `${name}: the code is not six digits`,
    "Give the six digits that your MFA device shows now.",
  );
const noDuration = (name: string, value: string) =>
  usage(
    `${name}: "${value}" is not a duration`,
    "Give seconds (3600) or a time like 1h, 90m, 1h30m.",
  );

test.for<readonly [options: RequestOptions, env: Environment, expected: Refusal]>([
  [{ profile: "" }, {}, notOneLine("--profile")],
  [{ profile: "pro\nd" }, {}, notOneLine("--profile")],
  [{ roleArn: "" }, {}, notOneLine("--role-arn")],
  [{ serialNumber: "arn\x1b[31m" }, {}, notOneLine("--serial-number")],
  [{ externalId: "a\0b" }, {}, notOneLine("--external-id")],
  [{ roleSessionName: "jon\x7f" }, {}, notOneLine("--role-session-name")],
  [{ region: "" }, {}, notOneLine("--region")],
  [{}, { AWS_PROFILE: "prod\r" }, notOneLine("AWS_PROFILE")],
  [{}, { KOPS_MFA_ROLE_ARN: "arn\n" }, notOneLine("KOPS_MFA_ROLE_ARN")],
  [{}, { KOPS_MFA_DURATION: "1h\n" }, notOneLine("KOPS_MFA_DURATION")],
  [{ region: "eu west" }, {}, noRegion("--region", "eu west")],
  [{ region: "EU-WEST-1" }, {}, noRegion("--region", "EU-WEST-1")],
  [{ region: "evil.example.com/" }, {}, noRegion("--region", "evil.example.com/")],
  [{ region: "a".repeat(64) }, {}, noRegion("--region", "a".repeat(64))],
  [{}, { AWS_REGION: "$(id)" }, noRegion("AWS_REGION", "$(id)")],
  [{}, { AWS_DEFAULT_REGION: "eu_west" }, noRegion("AWS_DEFAULT_REGION", "eu_west")],
  [{ tokenCode: "12345" }, {}, noCode("--token-code")],
  [{ tokenCode: "1234567" }, {}, noCode("--token-code")],
  [{ tokenCode: "12a456" }, {}, noCode("--token-code")],
  [{ tokenCode: "123 45" }, {}, noCode("--token-code")],
  [{ tokenCode: "١٢٣٤٥٦" }, {}, noCode("--token-code")],
  [{}, { KOPS_MFA_TOKEN_CODE: "secret" }, noCode("KOPS_MFA_TOKEN_CODE")],
  [{ duration: "soon" }, {}, noDuration("--duration", "soon")],
  [{ duration: "" }, {}, noDuration("--duration", "")],
  [{ durationSeconds: "-1" }, {}, noDuration("--duration-seconds", "-1")],
  [{}, { KOPS_MFA_DURATION: "1 hour" }, noDuration("KOPS_MFA_DURATION", "1 hour")],
  [
    { duration: "1h", durationSeconds: "3600" },
    {},
    usage("--duration and --duration-seconds are two words for one thing", "Give one of them."),
  ],
])("refused: %j, %j", ([options, env, expected]) => {
  expect(refusalOf(() => request(options, env))).toEqual(expected);
});
