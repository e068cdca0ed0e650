import { expect, test } from "vitest";
import {
  explainExpiry,
  explainRefusedSession,
  explainStore,
  type StoreCheck,
} from "../../../src/kops/explain-end.ts";

const role = "arn:aws:iam::222222222222:role/kops-admin";
const ofRole = { expiresAt: 1_000_000, roleArn: role };
const ofUser = { ...ofRole, roleArn: null };

test.for<readonly [endedAfter: number, says: string | null]>([
  [-1, null],
  [0, "less than 1 s"],
  [59, "59 s"],
  [119, "1 min"],
  [754, "12 min"],
  [5430, "1 h 30 min"],
])("a session that ended %i s before kops", ([seconds, says]) => {
  const explanation = explainExpiry(ofRole, ofRole.expiresAt + seconds * 1000);
  const message = `the session expired ${says} before kops ended, which kops shows as BadRequest, Forbidden or a time-out`;
  expect(explanation?.message ?? null).toBe(says === null ? null : message);
});

test("another command than kops", () => {
  expect(explainExpiry(ofRole, ofRole.expiresAt + 5000, "terraform")).toEqual({
    message: "the session expired 5 s before terraform ended",
    hint: "Run it again, with a new session; `kops-mfa exec --server` renews it meanwhile.",
  });
});

const check: StoreCheck = {
  store: { value: "s3://clusters/prod", from: "KOPS_STATE_STORE" },
  bucket: "clusters",
  answer: { kind: "listed" },
  detour: null,
  host: null,
};
const refused = (code: string, text = "") =>
  ({ ...check, answer: { kind: "refused", code, text } }) as const;
const unreachable = { ...check, answer: { kind: "unreachable", host: "h" } } as const;
const custom = { detour: "S3_ENDPOINT", host: "minio.example.com" };
const denied = (why: string) =>
  refused(
    "AccessDenied",
    `User: arn:aws:sts::222222222222:assumed-role/kops-admin/jon is not authorized to perform: s3:ListBucket on resource: "arn:aws:s3:::clusters" ${why}`,
  );
const bucketDenies = denied("with an explicit deny in a resource-based policy");
const iamDenies = denied("with an explicit deny in an identity-based policy");
const mfa =
  "If a policy there asks for MFA, no session of a role can meet it: use a profile without role_arn, or ask for MFA in the role's trust policy instead.";

test.for<
  readonly [
    title: string,
    check: StoreCheck,
    session: typeof ofRole | typeof ofUser,
    says: string | null,
    cure?: string,
  ]
>([
  ["S3 lists it", check, ofRole, null],
  ["S3 cannot be reached: kops says so", unreachable, ofRole, null],
  ["an error that says nothing about the session", refused("SlowDown"), ofRole, null],
  ["MinIO lists it", { ...check, ...custom }, ofRole, null],
  [
    "S3 gives a role no reason",
    refused("AccessDenied", "Access Denied"),
    ofRole,
    `${role} may not read the state store s3://clusters/prod (KOPS_STATE_STORE)`,
    `The role needs s3:ListBucket, s3:GetBucketLocation and s3:GetObject there. ${mfa}`,
  ],
  [
    "S3 gives a user no reason",
    denied("because no identity-based policy allows the s3:ListBucket action"),
    ofUser,
    "your user may not read the state store s3://clusters/prod (KOPS_STATE_STORE)",
    "You need s3:ListBucket, s3:GetBucketLocation and s3:GetObject there.",
  ],
  [
    "the bucket's policy denies a role",
    bucketDenies,
    ofRole,
    `the policy of bucket "clusters" denies ${role} the state store s3://clusters/prod`,
    mfa,
  ],
  [
    "the bucket's policy denies a user",
    bucketDenies,
    ofUser,
    'the policy of bucket "clusters" denies your user the state store s3://clusters/prod',
    "Read its Deny statements: does one ask for an address, a network, an MFA age, that you have not?",
  ],
  [
    "a role's policies deny",
    iamDenies,
    ofRole,
    `an IAM policy denies ${role} the state store s3://clusters/prod`,
    `If the session was revoked: \`kops-mfa logout\`, then this again. ${mfa}`,
  ],
  [
    "a user's policies deny",
    iamDenies,
    ofUser,
    "an IAM policy denies your user the state store s3://clusters/prod",
    "If the session was revoked: `kops-mfa logout`, then this again. Else read the Deny statements.",
  ],
  [
    "the organisation denies",
    denied("with an explicit deny in a service control policy"),
    ofRole,
    `a service control policy denies ${role} the state store s3://clusters/prod`,
    "Ask those who look after the organisation's accounts or its network (VPC endpoints).",
  ],
  [
    "no bucket",
    refused("NoSuchBucket"),
    ofRole,
    'there is no bucket "clusters" (KOPS_STATE_STORE)',
    "Correct the name of the state store, or make the bucket first: kops makes none.",
  ],
  [
    "no bucket, elsewhere",
    { ...refused("NoSuchBucket"), detour: "AWS_ENDPOINT_URL", host: "localhost:4566" },
    ofRole,
    'there is no bucket "clusters" where AWS_ENDPOINT_URL sends kops (KOPS_STATE_STORE)',
  ],
  [
    "nobody answers elsewhere",
    { ...unreachable, detour: "AWS_ENDPOINT_URL_S3", host: "localhost:9000" },
    ofRole,
    "AWS_ENDPOINT_URL_S3 sends kops to localhost:9000 for the state store, and no S3 answers there",
    "Correct it, or take it out if the state store is in AWS.",
  ],
  [
    "MinIO refuses",
    { ...refused("InvalidAccessKeyId"), ...custom },
    ofRole,
    "S3_ENDPOINT sends kops to minio.example.com for the state store, with S3_ACCESS_KEY_ID and not with this session; that fails",
    "If the state store is in AWS: unset S3_ENDPOINT S3_REGION S3_ACCESS_KEY_ID S3_SECRET_ACCESS_KEY",
  ],
  [
    "the session is over for S3",
    refused("ExpiredToken"),
    ofRole,
    "AWS does not accept this session any more (ExpiredToken), which kops shows as BadRequest or Forbidden",
  ],
])("%s", ([, facts, session, says, cure]) => {
  const explanation = explainStore(facts, session);
  expect(explanation?.message ?? null).toBe(says);
  if (cure !== undefined) expect(explanation?.hint).toBe(cure);
});

test.for<readonly [code: string, cure: string | null]>([
  ["ExpiredToken", "this machine's clock is slow"],
  ["InvalidClientTokenId", "may have been deleted"],
  ["InvalidAccessKeyId", "may have been deleted"],
  ["InvalidToken", "may have been deleted"],
  ["RequestTimeTooSkewed", "Set the clock"],
  ["Throttling", null],
  ["", null],
])("refused with %s", ([code, cure]) => {
  const explanation = explainRefusedSession(code);
  if (cure === null) expect(explanation).toBe(null);
  else expect(explanation?.hint).toContain(cure);
});
