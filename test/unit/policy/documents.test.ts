import { describe, expect, test } from "vitest";
import { least, most, printed } from "../../support/policy/build.ts";
import { decide, type Decision } from "./evaluate.ts";

describe("the trust policy", () => {
  test("an account, with MFA", () => {
    expect(printed(least).trust_policy).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "OnlyWithMfa",
          Effect: "Allow",
          Principal: { AWS: ["arn:aws:iam::222222222222:root"] },
          Action: ["sts:AssumeRole"],
          Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
        },
      ],
    });
  });

  test("users of another account, a fresh code, and their names", () => {
    const [statement] = printed(most).trust_policy.Statement;
    expect(statement?.Principal).toEqual({
      AWS: ["arn:aws:iam::111111111111:user/jon", "arn:aws:iam::111111111111:user/team/mei"],
    });
    expect(statement?.Condition).toEqual({
      Bool: { "aws:MultiFactorAuthPresent": "true" },
      NumericLessThan: { "aws:MultiFactorAuthAge": "3600" },
      StringEquals: { "sts:RoleSessionName": "${aws:username}" },
    });
  });
});

describe("the role", () => {
  const bucket = "arn:aws:s3:::clusters.example.com";
  const whole = printed(least).permissions_policy;
  const below = printed(most).permissions_policy;
  const listing = (prefix: string) => ({ "s3:prefix": prefix });

  test.for<[action: string, resource: string, Decision]>([
    ["s3:GetBucketLocation", bucket, "allowed"],
    ["s3:GetEncryptionConfiguration", bucket, "allowed"],
    ["s3:ListBucket", bucket, "allowed"],
    ["s3:ListBucketVersions", bucket, "allowed"],
    ["s3:GetObject", `${bucket}/one.example.com/config`, "allowed"],
    ["s3:PutObject", `${bucket}/one.example.com/config`, "allowed"],
    ["s3:DeleteObject", `${bucket}/one.example.com/config`, "allowed"],
    ["s3:DeleteObjectVersion", `${bucket}/one.example.com/config`, "allowed"],
    ["ec2:DescribeRegions", "*", "allowed"],
    ["s3:PutBucketPolicy", bucket, "not allowed"],
    ["s3:DeleteBucket", bucket, "not allowed"],
    ["s3:GetObject", "arn:aws:s3:::clusters.example.com.other/config", "not allowed"],
    ["ec2:RunInstances", "*", "not allowed"],
  ])("a whole bucket: %s on %s is %s", ([action, resource, decision]) => {
    expect(decide(whole, action, resource)).toBe(decision);
  });

  test.for<[action: string, resource: string, prefix: string, Decision]>([
    ["s3:GetBucketLocation", bucket, "", "allowed"],
    ["s3:ListBucket", bucket, "k8s/prod/", "allowed"],
    ["s3:ListBucket", bucket, "k8s/prod/one.example.com/", "allowed"],
    ["s3:ListBucketVersions", bucket, "k8s/prod/one.example.com/secrets/admin", "allowed"],
    ["s3:ListBucket", bucket, "k8s/", "not allowed"],
    ["s3:ListBucket", bucket, "k8s/production/", "not allowed"],
    ["s3:ListBucket", bucket, "", "not allowed"],
    ["s3:GetObject", `${bucket}/k8s/prod/one.example.com/config`, "", "allowed"],
    ["s3:GetObject", `${bucket}/k8s/staging/config`, "", "not allowed"],
    ["s3:GetObject", `${bucket}/k8s/production/config`, "", "not allowed"],
    ["s3:PutObject", `${bucket}/config`, "", "not allowed"],
  ])("below a prefix: %s on %s (%s) is %s", ([action, resource, prefix, decision]) => {
    expect(decide(below, action, resource, listing(prefix))).toBe(decision);
  });

  test("has AWS's policies for clusters only on request, and never all of S3", () => {
    expect(printed(least).managed_policies).toEqual([]);
    expect(
      printed({ ...least, manageClusters: true, region: "cn-north-1" }).managed_policies,
    ).toEqual([
      "arn:aws-cn:iam::aws:policy/AmazonEC2FullAccess",
      "arn:aws-cn:iam::aws:policy/AmazonRoute53FullAccess",
      "arn:aws-cn:iam::aws:policy/IAMFullAccess",
      "arn:aws-cn:iam::aws:policy/AmazonVPCFullAccess",
      "arn:aws-cn:iam::aws:policy/AmazonSQSFullAccess",
      "arn:aws-cn:iam::aws:policy/AmazonEventBridgeFullAccess",
    ]);
  });
});

describe("the users", () => {
  const jon = { "aws:username": "jon" };
  const withMfa = { ...jon, "aws:MultiFactorAuthPresent": "true" };
  const own = "arn:aws:iam::111111111111:user/jon";
  const policy = printed(most).user_policy;

  test.for<[action: string, resource: string, keys: Record<string, string>, Decision]>([
    ["sts:AssumeRole", "arn:aws:iam::222222222222:role/team/kops", jon, "allowed"],
    ["sts:AssumeRole", "arn:aws:iam::222222222222:role/team/kops2", jon, "not allowed"],
    ["sts:AssumeRole", "arn:aws:iam::222222222222:role/kops", jon, "not allowed"],
    ["iam:ListMFADevices", own, jon, "allowed"],
    ["iam:ListMFADevices", "arn:aws:iam::111111111111:user/team/jon", jon, "allowed"],
    ["iam:ListMFADevices", "arn:aws:iam::111111111111:user/mei", jon, "not allowed"],
    ["iam:ListMFADevices", "arn:aws:iam::111111111111:user/jonas", jon, "not allowed"],
    ["iam:EnableMFADevice", own, jon, "not allowed"],
    ["iam:EnableMFADevice", own, withMfa, "allowed"],
    ["iam:DeactivateMFADevice", own, withMfa, "allowed"],
    ["iam:EnableMFADevice", "arn:aws:iam::111111111111:user/mei", withMfa, "not allowed"],
    ["iam:CreateVirtualMFADevice", "arn:aws:iam::111111111111:mfa/jon", jon, "not allowed"],
    ["iam:CreateVirtualMFADevice", "arn:aws:iam::111111111111:mfa/jon", withMfa, "allowed"],
    ["iam:CreateVirtualMFADevice", "arn:aws:iam::111111111111:mfa/jon-phone", withMfa, "allowed"],
    ["iam:CreateVirtualMFADevice", "arn:aws:iam::111111111111:mfa/jonas", withMfa, "not allowed"],
    ["iam:CreateAccessKey", own, withMfa, "not allowed"],
  ])("%s on %s with %o: %s", ([action, resource, keys, decision]) => {
    expect(decide(policy, action, resource, keys)).toBe(decision);
  });

  test("change their devices only where that is asked for", () => {
    const plain = printed({ ...most, manageMfa: false }).user_policy;
    expect(decide(plain, "iam:EnableMFADevice", own, withMfa)).toBe("not allowed");
  });
});

describe("the bucket policy", () => {
  const bucket = "arn:aws:s3:::clusters.example.com";
  const file = `${bucket}/one.example.com/pki/private/ca`;
  const role = (name: string) => `arn:aws:iam::222222222222:role/${name}`;
  const asks = (arn: string) => ({ "aws:PrincipalArn": arn, "aws:PrincipalIsAWSService": "false" });
  const everyCluster = printed({ ...least, bucketPolicy: true }).bucket_policy;
  const named = printed({
    ...least,
    bucketPolicy: true,
    clusters: ["one.example.com", "e2e-kops-scenario-public-jwks-and-more.test-cncf-aws.k8s.io"],
    allowed: [role("backup"), "arn:aws:iam::333333333333:role/masters.*"],
  }).bucket_policy;

  test("there is none unless it is asked for", () => {
    expect(printed(least)).not.toHaveProperty("bucket_policy");
  });

  test.for<[arn: string, everyCluster: Decision, named: Decision]>([
    [role("kops-admin"), "not allowed", "not allowed"],
    ["arn:aws:iam::222222222222:root", "not allowed", "not allowed"],
    [role("masters.one.example.com"), "not allowed", "not allowed"],
    [role("nodes.one.example.com"), "not allowed", "not allowed"],
    [role("apiservers.one.example.com"), "not allowed", "not allowed"],
    [role("masters.two.example.com"), "not allowed", "denied"],
    [role("bastions.one.example.com"), "denied", "denied"],
    // kops's own shortening of a name that is too long for IAM: github.com/kubernetes/kops/pull/10437
    [
      role("masters.e2e-kops-scenario-public-jwks-and-more.test-cncf--ucdio5"),
      "not allowed",
      "not allowed",
    ],
    [role("backup"), "denied", "not allowed"],
    ["arn:aws:iam::333333333333:role/masters.one.example.com", "denied", "not allowed"],
    ["arn:aws:iam::222222222222:user/jon", "denied", "denied"],
    [role("kops-admin2"), "denied", "denied"],
    [role("admin"), "denied", "denied"],
    ["arn:aws:iam::222222222222:user/kops-admin", "denied", "denied"],
  ])("%s: %s with every cluster, %s with two", ([arn, every, two]) => {
    expect(decide(everyCluster!, "s3:GetObject", file, asks(arn))).toBe(every);
    expect(decide(named!, "s3:GetObject", file, asks(arn))).toBe(two);
  });

  test.for<[action: string, resource: string, Decision]>([
    ["s3:GetObject", file, "denied"],
    ["s3:GetObjectVersion", file, "denied"],
    ["s3:PutObject", file, "denied"],
    ["s3:PutObjectAcl", file, "denied"],
    ["s3:DeleteObjectVersion", file, "denied"],
    ["s3:ListBucket", bucket, "denied"],
    ["s3:ListBucketVersions", bucket, "denied"],
    ["s3:GetBucketPolicy", bucket, "not allowed"],
    ["s3:PutBucketPolicy", bucket, "not allowed"],
    ["s3:GetBucketObjectLockConfiguration", bucket, "not allowed"],
  ])("an administrator who is not named: %s on %s is %s", ([action, resource, decision]) => {
    expect(decide(everyCluster!, action, resource, asks(role("admin")))).toBe(decision);
  });

  test("denies requests without a signature, and lets AWS's services be", () => {
    expect(decide(everyCluster!, "s3:GetObject", file)).toBe("denied");
    expect(
      decide(everyCluster!, "s3:PutObject", file, { "aws:PrincipalIsAWSService": "true" }),
    ).toBe("not allowed");
  });

  test("below a prefix, the rest of the bucket is nobody's business", () => {
    const policy = printed({ ...most, clusters: [] }).bucket_policy;
    const admin = asks(role("admin"));
    expect(decide(policy!, "s3:GetObject", `${bucket}/k8s/prod/config`, admin)).toBe("denied");
    expect(decide(policy!, "s3:GetObject", `${bucket}/k8s/production`, admin)).toBe("not allowed");
    expect(decide(policy!, "s3:ListBucket", bucket, admin)).toBe("not allowed");
    expect(
      decide(policy!, "s3:GetObject", `${bucket}/k8s/prod/config`, asks(role("team/kops"))),
    ).toBe("not allowed");
  });
});

test.for([
  ["us-gov-west-1", "aws-us-gov"],
  ["cn-northwest-1", "aws-cn"],
  ["eu-west-1", "aws"],
] as const)("in region %s every ARN is of %s", ([region, partition]) => {
  const text = JSON.stringify(printed({ ...most, allowed: [], region }));
  const arns = text.match(/arn:[a-z-]+:/g) ?? [];
  expect(arns.length).toBeGreaterThan(15);
  expect([...new Set(arns)]).toEqual([`arn:${partition}:`]);
});
