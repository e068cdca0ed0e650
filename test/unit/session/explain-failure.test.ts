import { describe, expect, test } from "vitest";
import { explainFailure, type Situation } from "../../../src/session/explain-failure.ts";
import type { Explanation } from "../../../src/session/sts-failure.ts";
import { mfaArn, roleArn } from "../../support/config/build.ts";
import { refused, refusals } from "../../support/session/build.ts";

const situation: Situation = {
  serialNumber: mfaArn("jonsmith"),
  roleArn: roleArn("kops-admin"),
  unusedSerialNumber: null,
  source: 'profile "default" (~/.aws/credentials:2)',
  callerArn: "arn:aws:iam::111111111111:user/jonsmith",
  region: "eu-west-1",
  durationSeconds: 43_200,
};

const answer = (message: string, hint: string): Explanation => ({ message, hint });

const wrongCode: Explanation = {
  message: "STS refused the code of arn:aws:iam::111111111111:mfa/jonsmith",
  hint: "Wait for the next code: each works once. If none works, the device's clock is off.",
  anotherCode: true,
};
const malformedCode: Explanation = {
  message: "STS takes a code of six digits, and this one is not",
  hint: "Give the six digits that the MFA device shows now.",
  anotherCode: true,
};
const compareSerial =
  "Compare mfa_serial (KOPS_MFA_ARN) with `aws iam list-mfa-devices`; if it is right, resynchronise the device in the IAM console.";
const wrongSerial = answer(
  "arn:aws:iam::111111111111:mfa/jonsmith is not a working MFA device of arn:aws:iam::111111111111:user/jonsmith",
  compareSerial,
);
const oneOfTwo = answer(
  "STS got only one of MFA serial and code",
  "Set mfa_serial in the profile (or KOPS_MFA_ARN), so that both go together.",
);
const checkRole =
  "Check the ARN, the role's trust policy (does it name you? an external id, a session name, an MFA age?), and your own permission for sts:AssumeRole.";
const denied = answer(
  "arn:aws:iam::111111111111:user/jonsmith may not assume arn:aws:iam::222222222222:role/kops-admin",
  checkRole,
);
const root = answer(
  `${situation.source} has the keys of the account's root user, who cannot assume roles`,
  "Use the access keys of an IAM user, and delete the root user's.",
);
const temporaryKeys = answer(
  `${situation.source} has temporary keys, which cannot make an MFA session`,
  "Start from the long-lived access keys of the IAM user (AKIA…); unset AWS_SESSION_TOKEN if it is left over.",
);
const deniedSession = answer(
  "a policy does not allow arn:aws:iam::111111111111:user/jonsmith to call sts:GetSessionToken",
  "Ask for sts:GetSessionToken to be left out of the policy's Deny.",
);
const tooLong = answer(
  "arn:aws:iam::222222222222:role/kops-admin gives no sessions as long as 12h",
  "Ask for less (--duration 1h), or raise the role's maximum session duration in IAM.",
);
const chained = answer(
  "arn:aws:iam::222222222222:role/kops-admin is assumed with temporary credentials, for which AWS gives at most 1h",
  "Ask for --duration 1h.",
);
const outOfRange = answer("STS gives no session of 12h", "Ask for 15m to 12h (--duration).");
const unknownKey = answer(
  `AWS does not know the access key of ${situation.source} (region eu-west-1)`,
  "The key may be deleted, inactive or of another partition (China, GovCloud); check it in the IAM console, or the region.",
);
const regionOff = answer(
  "STS is switched off in region eu-west-1 for this account",
  "Use another region (--region us-east-1), or have STS activated there in the IAM console.",
);
const expired = answer(
  `the temporary keys of ${situation.source} have expired`,
  "Renew them where they come from, or start from long-lived access keys.",
);
const damagedToken = answer(
  `the session token of ${situation.source} is damaged`,
  "Renew it where it comes from, or unset AWS_SESSION_TOKEN if it is left over.",
);
const wrongSecret = answer(
  `the secret access key of ${situation.source} does not belong to its access key id`,
  "Copy both again from where they were made; a lost secret means making a new access key.",
);
const wrongClock = answer(
  "this machine's clock is wrong: AWS takes requests of the last 5 to 15 minutes only",
  "Set the clock (timedatectl set-ntp true; in WSL: sudo hwclock -s), then try again.",
);
const wrongRegion = answer(
  "this STS endpoint does not belong to region eu-west-1",
  "Set the region that the endpoint is in (--region), or unset AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_STS.",
);
const throttled = answer(
  "STS has had too many requests from this account",
  "Wait a minute and try again.",
);

const user = "User: arn:aws:iam::111111111111:user/jonsmith is not authorized to perform:";
const assume = `${user} sts:AssumeRole on resource: arn:aws:iam::222222222222:role/kops-admin`;
const code = (value: string, rule: string) =>
  `Value '${value}' at 'tokenCode' failed to satisfy constraint: Member must ${rule}`;
const digits = "satisfy regular expression pattern: [\\d]*";
const seconds = (value: number, rule: string) =>
  `1 validation error detected: Value '${value}' at 'durationSeconds' failed to satisfy constraint: Member must have value ${rule}`;

/** AWS's own words, and where they were seen. */
type Row = readonly [seen: string, status: number, code: string, text: string, Explanation];

const rows: readonly Row[] = [
  [
    "step-security#216",
    403,
    "AccessDenied",
    "MultiFactorAuthentication failed with invalid MFA one time pass code.",
    wrongCode,
  ],
  [
    "terraform-provider-aws#3885, 1Password#180",
    403,
    "AccessDenied",
    "MultiFactorAuthentication failed with invalid MFA one time pass code. ",
    wrongCode,
  ],
  [
    "aws-vault#676, aws-cli#6325, aws-mfa#46",
    403,
    "AccessDenied",
    "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.",
    wrongSerial,
  ],
  [
    "sgviz#9",
    403,
    "AccessDenied",
    "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.",
    oneOfTwo,
  ],
  [
    "aws-cli#4094",
    400,
    "ValidationError",
    `1 validation error detected: ${code("12", "have length greater than or equal to 6")}`,
    malformedCode,
  ],
  [
    "vaulted#138",
    400,
    "ValidationError",
    `2 validation errors detected: ${code("x", "have length less than or equal to 6")}; ${code("x", digits)}`,
    malformedCode,
  ],
  [
    "vaulted#138, the other order",
    400,
    "ValidationError",
    `2 validation errors detected: ${code("x", digits)}; ${code("x", "have length less than or equal to 6")}`,
    malformedCode,
  ],
  ["security_monkey#77, aws-runas#1", 403, "AccessDenied", assume, denied],
  [
    "aws-runas#1, explicit deny",
    403,
    "AccessDenied",
    `${assume} with an explicit deny in an identity-based policy`,
    denied,
  ],
  [
    "vpc-peering#106, spapi-php#45",
    403,
    "AccessDenied",
    "Roles may not be assumed by root accounts.",
    root,
  ],
  [
    "hadoop#6538, aws-sdk-php#1876, awsume#27",
    403,
    "AccessDenied",
    "Cannot call GetSessionToken with session credentials",
    temporaryKeys,
  ],
  [
    "the AWS force-MFA policy without its exception",
    403,
    "AccessDenied",
    `${user} sts:GetSessionToken with an explicit deny in an identity-based policy`,
    deniedSession,
  ],
  [
    "awsu#27",
    400,
    "ValidationError",
    "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    tooLong,
  ],
  [
    "aws-vault#240, aws-vault#263, aws-runas#11, awsume#73",
    400,
    "ValidationError",
    "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
    chained,
  ],
  [
    "botocore's bounds, least",
    400,
    "ValidationError",
    seconds(60, "greater than or equal to 900"),
    outOfRange,
  ],
  [
    "botocore's bounds, most",
    400,
    "ValidationError",
    seconds(43_201, "less than or equal to 43200"),
    outOfRange,
  ],
  [
    "kops#4425, aws-sdk-ruby#2850",
    403,
    "InvalidClientTokenId",
    "The security token included in the request is invalid.",
    unknownKey,
  ],
  [
    "ScoutSuite#1389, without the dot",
    403,
    "InvalidClientTokenId",
    "The security token included in the request is invalid",
    unknownKey,
  ],
  [
    "steampipe#1510",
    403,
    "RegionDisabledException",
    "STS is not activated in this region for account:123456789012. Your account administrator can activate STS in this region using the IAM Console.",
    regionOff,
  ],
  [
    "kube-aws#1606, eksctl#5968",
    403,
    "ExpiredToken",
    "The security token included in the request is expired",
    expired,
  ],
  ["aws-cli#6709, S3", 400, "ExpiredToken", "The provided token has expired.", expired],
  ["EC2's documentation", 400, "RequestExpired", "Request has expired.", expired],
  [
    "cloud-custodian#9793, aws-cli#8413, S3",
    400,
    "InvalidToken",
    "The provided token is malformed or otherwise invalid.",
    damagedToken,
  ],
  [
    "aws4fetch#73",
    403,
    "SignatureDoesNotMatch",
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
    wrongSecret,
  ],
  [
    "aws-cli#6676",
    403,
    "SignatureDoesNotMatch",
    "Signature expired: 20220127T001427Z is now earlier than 20220127T014428Z (20220127T015928Z - 15 min.)",
    wrongClock,
  ],
  [
    "aws-vault#1049",
    403,
    "SignatureDoesNotMatch",
    "Signature expired: 20220127T001427Z is now earlier than 20220127T015428Z (20220127T015928Z - 5 min.)",
    wrongClock,
  ],
  [
    "the known form",
    403,
    "SignatureDoesNotMatch",
    "Signature not yet current: 20220127T021427Z is still later than 20220127T020428Z (20220127T015928Z + 5 min.)",
    wrongClock,
  ],
  [
    "cloud-custodian#4900",
    403,
    "SignatureDoesNotMatch",
    "Credential should be scoped to a valid region, not 'us-east-2'.",
    wrongRegion,
  ],
  ["docs: common errors", 400, "Throttling", "Rate exceeded", throttled],
];

test.for(rows)("%s: %i %s %s", ([, status, name, text, expected]) => {
  expect(explainFailure(refused(name, text, status), situation)).toEqual(expected);
});

test.for(rows)("%s in one line each", ([, status, name, text]) => {
  const { message, hint } = explainFailure(refused(name, text, status), situation);
  expect([message, String(hint)].filter((line) => /\n|undefined|null|\[object/.test(line))).toEqual(
    [],
  );
});

test("only a code that was wrong is worth another one", () => {
  const again = rows.filter(
    ([, status, name, text]) => explainFailure(refused(name, text, status), situation).anotherCode,
  );
  expect(new Set(again.map(([, , , , expected]) => expected))).toEqual(
    new Set([wrongCode, malformedCode]),
  );
});

describe("what is known changes the words", () => {
  const noCaller = { callerArn: null };
  const owner = `the owner of the keys of ${situation.source}`;
  const noMfa = "no MFA code was sent, and a role that wants one answers just this";
  const { message: jonMayNot } = denied;

  test.for<readonly [title: string, keyof typeof refusals, Partial<Situation>, Explanation]>([
    [
      "a refused code, no device",
      "wrongCode",
      { serialNumber: null },
      { ...wrongCode, message: "STS refused the code of the MFA device" },
    ],
    [
      "a wrong device, caller unknown",
      "wrongSerial",
      noCaller,
      answer(`${mfaArn("jonsmith")} is not a working MFA device of ${owner}`, compareSerial),
    ],
    [
      "refused, caller unknown",
      "notAuthorized",
      noCaller,
      answer(`${owner} may not assume ${roleArn("kops-admin")}`, checkRole),
    ],
    [
      "refused, no device (#1)",
      "notAuthorized",
      { serialNumber: null },
      answer(
        `${jonMayNot}; ${noMfa}`,
        "Set mfa_serial in the profile, or KOPS_MFA_ARN, to the ARN of your MFA device.",
      ),
    ],
    [
      "refused, a device that was not used",
      "notAuthorized",
      { serialNumber: null, unusedSerialNumber: mfaArn("jonsmith") },
      answer(
        `${jonMayNot}; ${noMfa}`,
        "The profile with the keys has mfa_serial = arn:aws:iam::111111111111:mfa/jonsmith: write that into the role's profile too, or give --serial-number.",
      ),
    ],
    [
      "refused, no role",
      "notAuthorized",
      { roleArn: null },
      answer("arn:aws:iam::111111111111:user/jonsmith may not assume the role", checkRole),
    ],
  ])("%s", ([, refusal, change, expected]) => {
    expect(explainFailure(refusals[refusal], { ...situation, ...change })).toEqual(expected);
  });

  // 36 h are allowed there: docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
  test("a duration out of range, user's own session", () => {
    const failure = refused(
      "ValidationError",
      seconds(129_601, "less than or equal to 129600"),
      400,
    );
    const { hint } = explainFailure(failure, {
      ...situation,
      roleArn: null,
      durationSeconds: 129_601,
    });
    expect(hint).toBe("Ask for 15m to 36h (--duration).");
  });
});

describe("what nobody has seen before", () => {
  const ours =
    "Nothing was changed. If the words above do not help, `aws sts get-caller-identity` with the same keys may.";
  const theirs = "That is a fault on STS's side; try again in a moment.";

  test.for<readonly [code: string | null, status: number | null, text: string, Explanation]>([
    [
      "PackedPolicyTooLarge",
      400,
      "Too large.",
      answer("STS answered AssumeRole with PackedPolicyTooLarge (HTTP 400): Too large.", ours),
    ],
    [
      "InternalFailure",
      500,
      "Oh.",
      answer("STS answered AssumeRole with InternalFailure (HTTP 500): Oh.", theirs),
    ],
    [
      "ServiceUnavailable",
      503,
      "Busy.",
      answer("STS answered AssumeRole with ServiceUnavailable (HTTP 503): Busy.", theirs),
    ],
    [null, null, "No.", answer("STS answered AssumeRole with an error: No.", ours)],
    // The words of one code under another are not trusted.
    [
      "Other",
      403,
      "Cannot call GetSessionToken with session credentials",
      answer(
        "STS answered AssumeRole with Other (HTTP 403): Cannot call GetSessionToken with session credentials",
        ours,
      ),
    ],
  ])("%s, HTTP %i", ([name, httpStatus, text, expected]) => {
    const failure = { ...refused("", text), code: name, httpStatus };
    expect(explainFailure(failure, situation)).toEqual(expected);
  });

  test.for(["InvalidClientTokenId", "SignatureDoesNotMatch", "RegionDisabledException"])(
    "%s is enough, whatever the words are",
    (name) => {
      expect(explainFailure(refused(name, "?"), situation).message).not.toContain("STS answered");
    },
  );
});
