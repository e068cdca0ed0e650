import { describe, expect, test } from "vitest";
import { mfa, profile, role } from "../../support/config/build.ts";
import {
  least,
  make,
  printed,
  refusalOf,
  type Given,
  type Options,
} from "../../support/policy/build.ts";

const prod = profile("prod", role("team/kops"), mfa("jon"));

describe("what is not said comes from the profile", () => {
  test("account, name and path of the role, and the users' account", () => {
    const { stateStore } = least;
    const given = { config: [prod], profile: "prod" };
    const json = printed({ stateStore }, given);
    expect(json.role_arn).toBe("arn:aws:iam::222222222222:role/team/kops");
    expect(json.user_account).toBe("111111111111");
    expect(json.trust_policy.Statement[0]?.Principal).toEqual({
      AWS: ["arn:aws:iam::111111111111:root"],
    });
    expect(make({ stateStore, groups: ["operators"] }, given)).toMatchObject({
      notes: [
        "the role is that of account 222222222222 in ~/.aws/config:2 (role_arn)",
        "the users are those of account 111111111111, whose device ~/.aws/config:3 (mfa_serial) names",
      ],
    });
  });

  test("the two variables of the kops documentation, and its state store", () => {
    const json = printed(
      {},
      {
        env: {
          KOPS_MFA_ROLE_ARN: "arn:aws-us-gov:iam::222222222222:role/kops",
          KOPS_MFA_ARN: "arn:aws-us-gov:iam::111111111111:mfa/jon",
          KOPS_STATE_STORE: "s3://clusters.example.com/",
        },
      },
    );
    expect(json.role_arn).toBe("arn:aws-us-gov:iam::222222222222:role/kops");
    expect(json.user_account).toBe("111111111111");
    expect(json.permissions_policy.Statement[0]?.Resource).toEqual([
      "arn:aws-us-gov:s3:::clusters.example.com",
    ]);
  });

  test("options win, and another account means another role", () => {
    const given = { config: [prod], profile: "prod" };
    const other = printed({ ...least, account: "333333333333" }, given);
    expect(other.role_arn).toBe("arn:aws:iam::333333333333:role/kops-admin");
    const named = printed({ ...least, roleName: "kops", userAccount: "444444444444" }, given);
    expect(named.role_arn).toBe("arn:aws:iam::222222222222:role/kops");
    expect(named.user_account).toBe("444444444444");
  });

  test.for<[Options, Given["env"], partition: string]>([
    [{ ...least, partition: "aws-cn", region: "us-gov-west-1" }, {}, "aws-cn"],
    [{ ...least, region: "us-gov-west-1" }, { AWS_REGION: "cn-north-1" }, "aws-us-gov"],
    [{ ...least, users: ["arn:aws-cn:iam::111111111111:user/mei"] }, {}, "aws-cn"],
    [least, { AWS_REGION: "cn-north-1" }, "aws-cn"],
    [least, { KOPS_MFA_ROLE_ARN: "arn:aws-cn:iam::222222222222:role/x" }, "aws-cn"],
    [least, {}, "aws"],
  ])("partition of %o with %o: %s", ([options, env = {}, partition]) => {
    expect(printed(options, { env }).role_arn).toMatch(new RegExp(`^arn:${partition}:`));
  });
});

describe("users", () => {
  test("by ARN decide their account", () => {
    const json = printed({ ...least, users: ["arn:aws:iam::111111111111:user/team/jon", "mei"] });
    expect(json.user_account).toBe("111111111111");
    expect(json.users).toEqual(["team/jon", "mei"]);
  });

  test("named twice count once", () => {
    expect(printed({ ...least, users: ["jon", "jon"], groups: ["a", "a"] })).toMatchObject({
      users: ["jon"],
      groups: ["a"],
    });
  });
});

test("seconds and times", () => {
  const condition = (mfaAge: string) =>
    printed({ ...least, mfaAge }).trust_policy.Statement[0]?.Condition?.["NumericLessThan"];
  expect(condition("90m")).toEqual({ "aws:MultiFactorAuthAge": "5400" });
  expect(condition("60")).toEqual({ "aws:MultiFactorAuthAge": "60" });
  expect(condition("36h")).toEqual({ "aws:MultiFactorAuthAge": "129600" });
  expect(printed({ ...least, maxSessionDuration: "12h" }).max_session_duration).toBe(43_200);
});

const s3Form = "It looks like s3://BUCKET or s3://BUCKET/PREFIX.";
const bucketForm =
  "It has 3 to 63 lower-case letters, digits, dots and hyphens, and begins and ends with a letter or digit.";
const prefixForm =
  "It has names with single slashes between them, of letters, digits and any of !_.'()+=@,:-";
const roleForm =
  "It has 1 to 64 letters, digits and any of +=,.@_-; a path may go before it: team/kops-admin.";
const userForm = "It looks like jon or arn:aws:iam::111111111111:user/jon.";
const accountForm = "It has 12 digits, without hyphens: aws sts get-caller-identity shows yours.";

describe("refused", () => {
  test.for<[Options, message: string, hint: string]>([
    [
      {},
      "which state store the role is for is not known",
      "--state-store s3://BUCKET says it, or KOPS_STATE_STORE.",
    ],
    [
      { stateStore: "s3://clusters" },
      "which account the role is for is not known",
      "--account 222222222222 says it, or --profile with a profile that has a role_arn.",
    ],
    [
      { stateStore: "gs://clusters" },
      '--state-store: "gs://clusters" is not a state store in S3',
      s3Form,
    ],
    [{ stateStore: "clusters" }, '--state-store: "clusters" is not a state store in S3', s3Form],
    [{ stateStore: "s3:///k8s" }, '--state-store: "s3:///k8s" is not a state store in S3', s3Form],
    ...[
      "Clusters",
      "ab",
      "a".repeat(64),
      "a..b",
      "-ab",
      "ab-",
      "10.0.0.1",
      "xn--ab",
      "ab-s3alias",
      "a_b",
      "a*b",
    ].map((bucket): [Options, string, string] => [
      { stateStore: `s3://${bucket}` },
      `--state-store: "${bucket}" cannot be the name of a bucket`,
      bucketForm,
    ]),
    ...[
      "*",
      "a?",
      "${aws:username}",
      "a//b",
      "../b",
      "a/./b",
      "ä",
      "a b",
      'a"b',
      "a\\b",
      "x".repeat(513),
    ].map((prefix): [Options, string, string] => [
      { stateStore: `s3://clusters/${prefix}` },
      `--state-store: "${prefix}" cannot be the prefix of a state store here`,
      prefixForm,
    ]),
    ...["22222222222", "2222-2222-2222", "222222222222 ", "root", ""].map(
      (account): [Options, string, string] => [
        { ...least, account },
        `--account: "${account}" is not the number of an AWS account`,
        accountForm,
      ],
    ),
    [
      { ...least, userAccount: "1" },
      '--user-account: "1" is not the number of an AWS account',
      accountForm,
    ],
    ...["", "a".repeat(65), "kops admin", "team//kops", "kops/", "kops*", "käse"].map(
      (roleName): [Options, string, string] => [
        { ...least, roleName },
        `--role-name: "${roleName}" cannot be the name of a role`,
        roleForm,
      ],
    ),
    ...[
      "",
      "jon*",
      "jon meier",
      "arn:aws:iam::1:user/jon",
      "arn:aws:iam::111111111111:group/ops",
      "a".repeat(65),
    ].map((user): [Options, string, string] => [
      { ...least, users: [user] },
      `--user: "${user}" is neither the name nor the ARN of an IAM user`,
      userForm,
    ]),
    ...["role/ops", "role/team/ops"].map((name): [Options, string, string] => [
      { ...least, users: [`arn:aws:iam::111111111111:${name}`] },
      `--user: "arn:aws:iam::111111111111:${name}" is a role, and no role can show MFA`,
      "Name IAM users: AWS takes a code from nobody else.",
    ]),
    [
      { ...least, users: ["arn:aws:sts::111111111111:assumed-role/ops/jon"] },
      '--user: "arn:aws:sts::111111111111:assumed-role/ops/jon" is a role, and no role can show MFA',
      "Name IAM users: AWS takes a code from nobody else.",
    ],
    [
      { ...least, users: ["arn:aws:iam::111111111111:root"] },
      '--user: "arn:aws:iam::111111111111:root" is an account\'s root, which may assume no role',
      "Leave --user out to let the account decide who assumes the role: --user-account ID.",
    ],
    [
      { ...least, users: ["arn:aws:iam::111111111111:user/jon"], userAccount: "333333333333" },
      "the users are of several accounts: 333333333333, 111111111111",
      "Name those of one account; the others' ARNs can be added to the trust policy that is printed.",
    ],
    [
      { ...least, users: ["arn:aws-cn:iam::111111111111:user/mei"], partition: "aws" },
      '--user: "mei" is of partition aws-cn',
      "No user of another partition can assume a role of aws; --partition says which one is meant.",
    ],
    [
      { ...least, groups: ["a/b"] },
      '--group: "a/b" cannot be the name of an IAM group',
      "It has letters, digits and any of +=,.@_-",
    ],
    [
      { ...least, mfaAge: "soon" },
      '--mfa-age: "soon" is not a duration',
      "Give seconds (3600) or a time like 1h, 90m, 1h30m.",
    ],
    ...["0", "59", "37h"].map((mfaAge): [Options, string, string] => [
      { ...least, mfaAge },
      `--mfa-age: ${mfaAge} is not from 1m to 36h`,
      "Give seconds, or a time like 1m or 36h.",
    ]),
    ...["30m", "13h"].map((maxSessionDuration): [Options, string, string] => [
      { ...least, maxSessionDuration },
      `--max-session-duration: ${maxSessionDuration} is not from 1h to 12h`,
      "Give seconds, or a time like 1h or 12h.",
    ]),
    [
      { ...least, clusters: ["one.example.com"] },
      "--cluster says something about the bucket policy, and none is asked for",
      "Add --bucket-policy.",
    ],
    [
      { ...least, allowed: ["arn:aws:iam::222222222222:role/backup"] },
      "--allow says something about the bucket policy, and none is asked for",
      "Add --bucket-policy.",
    ],
    ...["one", "One.example.com", "*.example.com", "-a.example.com"].map(
      (name): [Options, string, string] => [
        { ...least, bucketPolicy: true, clusters: [name] },
        `--cluster: "${name}" cannot be the name of a cluster`,
        "It is a DNS name such as one.example.com.",
      ],
    ),
    ...[
      "backup",
      "arn:aws-cn:iam::222222222222:role/backup",
      "arn:aws:sts::222222222222:assumed-role/a/b",
      "*",
    ].map((arn): [Options, string, string] => [
      { ...least, bucketPolicy: true, allowed: [arn] },
      `--allow: "${arn}" is not the ARN of a role or user of aws`,
      "It looks like arn:aws:iam::222222222222:role/backup. For a session, name its role.",
    ]),
    [
      { ...least, partition: "aws-xy" },
      '--partition: there is no partition "aws-xy" here',
      "There are aws, aws-cn, aws-us-gov; --region finds the right one.",
    ],
    [
      { ...least, format: "yaml" },
      '--format: there is no format "yaml"',
      "The formats are json, script, cloudformation, terraform.",
    ],
    [
      { ...least, format: "terrafrom" },
      '--format: there is no format "terrafrom"',
      "Did you mean terraform? The formats are json, script, cloudformation, terraform.",
    ],
  ])("%o", ([options, message, hint]) => {
    expect(refusalOf(options)).toEqual([message, hint]);
  });

  test("values of a file name it", () => {
    const config = [profile("prod", "role_arn = arn:aws:iam::222222222222:user/jon")];
    expect(refusalOf({ stateStore: "s3://clusters" }, { config, profile: "prod" })[0]).toBe(
      '~/.aws/config:2 (role_arn): "arn:aws:iam::222222222222:user/jon" is not the ARN of an IAM role',
    );
    expect(refusalOf(least, { config, profile: "prodd" })).toEqual([
      'there is no profile "prodd" in ~/.aws/config or ~/.aws/credentials',
      'Did you mean "prod"?',
    ]);
    expect(refusalOf({ account: "222222222222" }, { env: { KOPS_STATE_STORE: "do://x" } })[0]).toBe(
      'KOPS_STATE_STORE: "do://x" is not a state store in S3',
    );
  });

  test("policies that AWS would not take", () => {
    const names = (count: number) => Array.from({ length: count }, (_, n) => `user-${n + 1000}`);
    expect(make({ ...least, users: names(43) })).toHaveProperty("text");
    expect(refusalOf({ ...least, users: names(44) })).toEqual([
      "the trust policy would have 2078 characters, and AWS takes 2048",
      "Name no --user: then the role trusts the account, and --group says who of it may assume the role.",
    ]);
    const clusters = Array.from({ length: 130 }, (_, n) => `c${n + 1000}.example.com`);
    expect(refusalOf({ ...least, bucketPolicy: true, clusters })[0]).toMatch(
      /^the bucket policy would have \d{5} characters, and AWS takes 20480$/,
    );
  });
});

describe("what the person should know", () => {
  test.for<[Options, notes: readonly string[]]>([
    [{ ...least, users: ["jon"] }, []],
    [least, ["the users' policy is attached to nobody: --group NAME or --user NAME does that"]],
    [
      { ...least, groups: ["ops"], sessionNameRule: true },
      [
        "kops-mfa names sessions after the MFA device: whose device has another name than the user writes role_session_name = ${user}",
      ],
    ],
    [
      { ...least, groups: ["ops"], manageClusters: true },
      [
        "AmazonS3FullAccess is left out, so that kops-admin keeps to the state store; IAMFullAccess, which kops needs, lets it widen that",
      ],
    ],
    [
      { ...least, groups: ["ops"], bucketPolicy: true },
      [
        "the bucket policy replaces the one that clusters.example.com may have: aws s3api get-bucket-policy --bucket clusters.example.com",
      ],
    ],
  ])("%o", ([options, notes]) => {
    expect(make(options)).toMatchObject({ notes });
  });
});
