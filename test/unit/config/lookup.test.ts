import { expect, test } from "vitest";
import { lookup, lookupOwn, missingProfile } from "../../../src/config/lookup.ts";
import {
  mfa,
  mfaArn,
  profile,
  refusalOf,
  section,
  sharedFiles,
  tell,
  toRefusal,
} from "../../support/config/build.ts";

const include = (name: string) => `include_profile = ${name}`;

/** Lines 1 to 9: [default], `base`, and `middle`, which includes it; from line 10 `prod` with these lines. */
function prodWith(...lines: readonly string[]) {
  return sharedFiles([
    profile("default", mfa("jonsmith"), "role_session_name = jon"),
    profile("base", "region = eu-west-1", "output = text"),
    profile("middle", include("base"), "output = json"),
    profile("prod", ...lines),
  ]);
}

const at = (line: number, key: string) => `~/.aws/config:${line} (${key})`;

test.for([
  ["its own", ["region = eu-north-1"], "region", "eu-north-1", 11],
  ["in capitals", ["REGION = eu-north-1"], "region", "eu-north-1", 11],
  ["its own before the included", [include("base"), "region = x"], "region", "x", 12],
  // Conformance 8.
  ["the included", [include("base")], "region", "eu-west-1", 5],
  ["what the included includes", [include("middle")], "region", "eu-west-1", 5],
  ["the nearest", [include("middle")], "output", "json", 9],
  ["the included for an empty one", [include("base"), "region ="], "region", "eu-west-1", 5],
  ["the serial of [default]", [], "mfa_serial", mfaArn("jonsmith"), 2],
  ["that beside an include", [include("base")], "mfa_serial", mfaArn("jonsmith"), 2],
  ["its own serial", [mfa("token")], "mfa_serial", mfaArn("token"), 11],
  ["an included [default]", [include("default")], "role_session_name", "jon", 3],
] as const)("lookup finds %s", ([, lines, key, value, line]) => {
  const found = lookup(prodWith(...lines), "prod", key);
  expect(tell(found)).toBe(`${value} ← ${at(line, key)}`);
});

test.for([
  ["what nobody has", [include("middle")], "role_arn"],
  ["the session name of [default]", [], "role_session_name"],
  ["that beside an include", [include("base")], "role_session_name"],
] as const)("lookup does not find %s", ([, lines, key]) => {
  expect(lookup(prodWith(...lines), "prod", key)).toBeNull();
});

test("lookup: nothing in a profile that there is not, but for the serial of [default]", () => {
  const files = prodWith();
  expect([lookup(files, "nope", "region"), lookup(files, "nope", "mfa_serial")?.value]).toEqual([
    null,
    mfaArn("jonsmith"),
  ]);
});

test("lookup: an include of the credentials file", () => {
  const credentials = section("prod", include("base"), "region = eu-south-1");
  const files = sharedFiles([profile("base", "output = text")], [credentials]);
  expect([tell(lookup(files, "prod", "region")), tell(lookup(files, "prod", "output"))]).toEqual([
    "eu-south-1 ← ~/.aws/credentials:3 (region)",
    "text ← ~/.aws/config:2 (output)",
  ]);
});

test("lookup: an empty include_profile is none", () => {
  expect(lookup(prodWith("include_profile ="), "prod", "region")).toBeNull();
});

test.for([
  ["what it states", ["region = eu-north-1"], "region", "eu-north-1"],
  ["not what it includes", [include("base")], "region", undefined],
  ["not what is empty", ["region ="], "region", undefined],
  ["not what [default] has", [], "mfa_serial", undefined],
] as const)("lookupOwn: %s", ([, lines, key, expected]) => {
  expect(lookupOwn(prodWith(...lines), "prod", key)?.value).toBe(expected);
});

const remove = "Remove one of these include_profile lines.";

test.for([
  [
    "a profile that includes itself",
    [profile("prod", include("prod"))],
    'profile "prod": include_profile goes round in a circle: prod → prod',
    remove,
  ],
  [
    "two that include each other",
    [profile("prod", include("base")), profile("base", include("prod"))],
    'profile "prod": include_profile goes round in a circle: prod → base → prod',
    remove,
  ],
  [
    "a circle further on",
    [
      profile("prod", include("a")),
      profile("a", include("b")),
      profile("b", include("c")),
      profile("c", include("a")),
    ],
    'profile "prod": include_profile goes round in a circle: prod → a → b → c → a',
    remove,
  ],
  [
    "an include that there is not",
    [profile("prod", include("bsae")), profile("base")],
    'profile "prod": include_profile: there is no profile "bsae" in ~/.aws/config or ~/.aws/credentials',
    'Did you mean "base"?',
  ],
  [
    "an included include that there is not",
    [profile("prod", include("base")), profile("base", include("xyz"))],
    'profile "base": include_profile: there is no profile "xyz" in ~/.aws/config or ~/.aws/credentials',
    "There are: prod, base.",
  ],
] as const)("lookup refuses %s", ([, config, message, hint]) => {
  const files = sharedFiles(config);
  expect(refusalOf(() => lookup(files, "prod", "region"))).toEqual(["ConfigError", message, hint]);
});

const nine = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

test("a section of the configuration that lacks the word profile", () => {
  const files = sharedFiles([profile("dev", "region = eu-west-1"), "[prod]\nregion = x\n"]);
  expect(toRefusal(missingProfile(files, "prod", ""))[2]).toMatch(
    /^~\/\.aws\/config:\d+ has \[prod\]; there it must be \[profile prod\]\.$/,
  );
  expect(toRefusal(missingProfile(files, "dve", ""))[2]).toBe('Did you mean "dev"?');
});

test.for([
  ["prdo", ["prod", "dev"], 'Did you mean "prod"?'],
  ["Prod", ["prod", "dev"], 'Did you mean "prod"?'],
  ["kops-admn", ["kops-view", "kops-admin"], 'Did you mean "kops-admin"?'],
  ["staging", ["prod", "dev"], "There are: prod, dev."],
  ["staging", nine.slice(0, 8), "There are: one, two, three, four, five, six, seven, eight."],
  ["staging", nine, "There are: one, two, three, four, five, six, seven, eight, …."],
  ["staging", [], "There are no profiles: write one to ~/.aws/config."],
] as const)("missing profile %s among %j", ([name, known, hint]) => {
  const files = sharedFiles(known.map((title) => profile(title, "region = eu-west-1")));
  expect(toRefusal(missingProfile(files, name, "--profile: "))).toEqual([
    "ConfigError",
    `--profile: there is no profile "${name}" in ~/.aws/config or ~/.aws/credentials`,
    hint,
  ]);
});
