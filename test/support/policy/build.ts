import fc from "fast-check";
import type { Environment } from "../../../src/environment/environment.ts";
import { KopsMfaError } from "../../../src/errors.ts";
import type { PolicyDocument } from "../../../src/policy/document.ts";
import { makePolicies, type PolicyOptions } from "../../../src/policy/make-policies.ts";
import { request, sharedFiles } from "../config/build.ts";

export type Options = Partial<PolicyOptions>;

export interface Given {
  readonly config?: readonly string[];
  readonly env?: Environment;
  readonly profile?: string;
}

const nothing: PolicyOptions = {
  ...{ format: undefined, stateStore: undefined, account: undefined, roleName: undefined },
  ...{ maxSessionDuration: undefined, users: [], groups: [], userAccount: undefined },
  ...{ mfaAge: undefined, sessionNameRule: false, manageMfa: false, manageClusters: false },
  ...{ bucketPolicy: false, clusters: [], allowed: [], partition: undefined, region: undefined },
};

/** The two things that cannot be left out. */
export const least: Options = {
  stateStore: "s3://clusters.example.com",
  account: "222222222222",
};

/** Everything that can be asked for. */
export const most: Options = {
  ...least,
  stateStore: "s3://clusters.example.com/k8s/prod",
  ...{ roleName: "team/kops", maxSessionDuration: "12h" },
  ...{ users: ["jon", "team/mei"], groups: ["operators"], userAccount: "111111111111" },
  ...{ mfaAge: "1h", sessionNameRule: true, manageMfa: true, manageClusters: true },
  ...{ bucketPolicy: true, clusters: ["one.example.com"] },
  allowed: ["arn:aws:iam::222222222222:role/backup"],
};

/** What `policy` makes of its options. */
export function make(options: Options, { config = [], env = {}, profile }: Given = {}) {
  const files = sharedFiles(config);
  return makePolicies(
    { ...nothing, ...options },
    { files, request: request({ profile, region: options.region }, env), env },
  );
}

/** The text; it must not be refused. */
export function textOf(options: Options, given: Given = {}): string {
  return make(options, given).text;
}

/** The two lines of the refusal; there must be one. */
export function refusalOf(options: Options, given: Given = {}): readonly [string, string] {
  try {
    make(options, given);
  } catch (error) {
    if (error instanceof KopsMfaError) return [error.message, error.hint ?? ""];
    throw error;
  }
  throw new Error("nothing was refused");
}

/** What `--format json` prints. */
export interface Printed {
  readonly role_arn: string;
  readonly max_session_duration: number;
  readonly trust_policy: PolicyDocument;
  readonly permissions_policy: PolicyDocument;
  readonly managed_policies: readonly string[];
  readonly user_account: string;
  readonly users: readonly string[];
  readonly groups: readonly string[];
  readonly user_policy_name: string;
  readonly user_policy: PolicyDocument;
  readonly bucket_policy?: PolicyDocument;
}

export function printed(options: Options, given: Given = {}): Printed {
  return JSON.parse(textOf({ ...options, format: "json" }, given)) as Printed;
}

/** The policies alone, by their names. */
export function documentsOf(json: Printed): Readonly<Record<string, PolicyDocument>> {
  const { trust_policy, permissions_policy, user_policy, bucket_policy } = json;
  return {
    ...{ trust_policy, permissions_policy, user_policy },
    ...(bucket_policy === undefined ? {} : { bucket_policy }),
  };
}

const iamName = fc.stringMatching(/^[\w+=,.@-]{1,64}$/);
const account = fc.stringMatching(/^\d{12}$/);
const dnsLabel = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,14}[a-z0-9])?$/);
const prefixPart = fc
  .stringMatching(/^[\w!.'()+=@,:-]{1,24}$/)
  .filter((part) => part !== "." && part !== "..");

/** Options with every character that is allowed. */
export const anyOptions: fc.Arbitrary<Options> = fc.record({
  stateStore: fc
    .tuple(
      fc.stringMatching(/^[a-z0-9][a-z0-9-]{1,40}[a-z0-9]$/),
      fc.array(prefixPart, { maxLength: 4 }),
    )
    .map(([bucket, parts]) => `s3://bucket-${bucket.replace(/-+s3$/, "")}/${parts.join("/")}`)
    .filter((store) => !/(-s3alias|--ol-s3|--x-s3|--table-s3)\//.test(store)),
  account,
  roleName: fc
    .tuple(fc.array(iamName, { maxLength: 2 }), iamName)
    .map(([path, name]) => [...path, name].join("/")),
  users: fc.array(iamName, { maxLength: 4 }),
  groups: fc.array(iamName, { maxLength: 2 }),
  userAccount: account,
  bucketPolicy: fc.constant(true),
  clusters: fc.array(
    fc.array(dnsLabel, { minLength: 2, maxLength: 5 }).map((labels) => labels.join(".")),
    { maxLength: 3 },
  ),
  manageMfa: fc.boolean(),
  manageClusters: fc.boolean(),
});
