import { expect, test } from "vitest";
import { resolveStsTarget } from "../../../src/config/sts-target.ts";
import type { Environment } from "../../../src/environment/environment.ts";
import type { StsTarget } from "../../../src/context/sts.ts";
import {
  given,
  mfaArn,
  profile,
  refusalOf,
  section,
  sharedFiles,
} from "../../support/config/build.ts";

interface Query {
  readonly lines?: readonly string[];
  readonly sections?: readonly string[];
  readonly env?: Environment;
  readonly region?: string;
  readonly arn?: string;
}

/** The target of profile "prod" with these lines. */
function targetOf({ lines = [], sections = [], env = {}, region, arn }: Query): StsTarget {
  return resolveStsTarget({
    files: sharedFiles([profile("prod", ...lines), profile("default", everything), ...sections]),
    env,
    profile: "prod",
    region: region === undefined ? null : given(region),
    arn: arn ?? null,
  });
}

/** What another profile says is nothing to us. */
const everything = [
  "endpoint_url = https://default.example.com",
  "use_fips_endpoint = true",
  "use_dualstack_endpoint = true",
  "ca_bundle = /default.pem",
].join("\n");

const plain: StsTarget = {
  region: "us-east-1",
  endpoint: null,
  iamEndpoint: null,
  useFips: false,
  useDualstack: false,
  caBundle: null,
  timeoutMs: 20_000,
};

const gov = "arn:aws-us-gov:iam::111111111111:mfa/jonsmith";
const china = "arn:aws-cn:iam::222222222222:role/prod";

test.for<readonly [title: string, query: Query, region: string]>([
  ["nothing", {}, "us-east-1"],
  ["a region", { region: "eu-west-1" }, "eu-west-1"],
  ["an ARN of AWS", { arn: mfaArn("jonsmith") }, "us-east-1"],
  ["an ARN of China", { arn: china }, "cn-north-1"],
  ["an ARN of GovCloud", { arn: gov }, "us-gov-west-1"],
  ["a partition without a region of its own", { arn: china.replace("-cn", "-x") }, "us-east-1"],
  ["a hardware serial", { arn: "GAHT12345678" }, "us-east-1"],
  ["a region before an ARN", { region: "cn-northwest-1", arn: china }, "cn-northwest-1"],
])("region: %s", ([, query, region]) => {
  expect(targetOf(query)).toEqual({ ...plain, region });
});

const own = "https://profile.example.com";
const service = section("services local", "sts =", "  endpoint_url = https://service.example.com");
const iamService = section("services local", "iam =", "  endpoint_url = https://iam.example.com");
const otherService = section("services local", "s3 =", "  endpoint_url = https://s3.example.com");
const both = ["services = local", `endpoint_url = ${own}`];
const general = { AWS_ENDPOINT_URL: "https://general.example.com" };
const ignored = { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true" };

// docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
test.for<
  readonly [title: string, query: Query, endpoint: string | null, iamEndpoint?: string | null]
>([
  ["none", {}, null],
  ["an empty one", { lines: ["endpoint_url ="], env: { AWS_ENDPOINT_URL_STS: "" } }, null],
  ["of the profile", { lines: [`endpoint_url = ${own}`] }, own],
  ["of its services", { lines: both, sections: [service] }, "https://service.example.com", own],
  ["of services without either", { lines: both, sections: [otherService] }, own],
  ["of AWS_ENDPOINT_URL", { lines: both, env: general }, "https://general.example.com"],
  [
    "of AWS_ENDPOINT_URL_STS",
    { lines: both, env: { ...general, AWS_ENDPOINT_URL_STS: "http://127.0.0.1:4566" } },
    "http://127.0.0.1:4566",
    "https://general.example.com",
  ],
  ["of IAM in services", { lines: both, sections: [iamService] }, own, "https://iam.example.com"],
  [
    "of AWS_ENDPOINT_URL_IAM",
    { lines: both, env: { ...general, AWS_ENDPOINT_URL_IAM: "http://127.0.0.1:4593" } },
    "https://general.example.com",
    "http://127.0.0.1:4593",
  ],
  [
    "of STS alone",
    { env: { AWS_ENDPOINT_URL_STS: "http://127.0.0.1:4566" } },
    "http://127.0.0.1:4566",
    null,
  ],
  ["of another service", { env: { AWS_ENDPOINT_URL_S3: "https://s3.example.com" } }, null],
  ["ignored by a variable", { lines: both, env: { ...general, ...ignored } }, null],
  ["ignored by the profile", { lines: [...both, "ignore_configured_endpoint_urls = TRUE"] }, null],
  [
    "not ignored by the variable after all",
    {
      lines: ["ignore_configured_endpoint_urls = true"],
      env: { ...general, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "false" },
    },
    "https://general.example.com",
  ],
])("endpoint: %s", ([, query, endpoint, iamEndpoint = endpoint]) => {
  expect(targetOf(query)).toEqual({ ...plain, endpoint, iamEndpoint });
});

test.for<readonly [query: Query, expected: Partial<StsTarget>]>([
  [{ lines: ["use_fips_endpoint = true"] }, { useFips: true }],
  [{ lines: ["use_fips_endpoint = True"] }, { useFips: true }],
  [{ lines: ["use_fips_endpoint = yes"] }, {}],
  [{ env: { AWS_USE_FIPS_ENDPOINT: "true" } }, { useFips: true }],
  [{ lines: ["use_fips_endpoint = true"], env: { AWS_USE_FIPS_ENDPOINT: "false" } }, {}],
  [{ lines: ["use_dualstack_endpoint = true"] }, { useDualstack: true }],
  [{ env: { AWS_USE_DUALSTACK_ENDPOINT: "TRUE" } }, { useDualstack: true }],
  [{ lines: ["use_dualstack_endpoint = true"], env: { AWS_USE_DUALSTACK_ENDPOINT: "no" } }, {}],
  [{ lines: ["ca_bundle = /own.pem"] }, { caBundle: "/own.pem" }],
  [{ env: { AWS_CA_BUNDLE: "/a.pem" }, lines: ["ca_bundle = /b.pem"] }, { caBundle: "/a.pem" }],
  [{ env: { AWS_CA_BUNDLE: "" }, lines: ["ca_bundle = /b.pem"] }, { caBundle: "/b.pem" }],
  [{ env: { KOPS_MFA_TIMEOUT: "1" } }, { timeoutMs: 1000 }],
  [{ env: { KOPS_MFA_TIMEOUT: "2" } }, { timeoutMs: 2000 }],
  [{ env: { KOPS_MFA_TIMEOUT: "600" } }, { timeoutMs: 600_000 }],
  [{ env: { KOPS_MFA_TIMEOUT: "" } }, {}],
])("%j", ([query, expected]) => {
  expect(targetOf(query)).toEqual({ ...plain, ...expected });
});

test("keys and role from elsewhere than a profile: variables only", () => {
  const files = sharedFiles([profile("default", everything)]);
  const target = resolveStsTarget({ files, env: general, profile: null, region: null, arn: null });
  const url = "https://general.example.com";
  expect(target).toEqual({ ...plain, endpoint: url, iamEndpoint: url });
});

const noUrl = (where: string, value: string) =>
  [
    `${where}: "${value}" is not the URL of an endpoint`,
    "An endpoint looks like https://sts.eu-west-1.amazonaws.com.",
  ] as const;
const noTime = (value: string) =>
  [
    `KOPS_MFA_TIMEOUT: "${value}" is not a number of seconds from 1 to 600`,
    "Leave it out for the 20 seconds that STS is given otherwise.",
  ] as const;

test.for<readonly [query: Query, lines: readonly [string, string]]>([
  [{ env: { AWS_ENDPOINT_URL_STS: "sts" } }, noUrl("AWS_ENDPOINT_URL_STS", "sts")],
  [{ env: { AWS_ENDPOINT_URL_IAM: "iam" } }, noUrl("AWS_ENDPOINT_URL_IAM", "iam")],
  [{ env: { AWS_ENDPOINT_URL: "localhost:4566" } }, noUrl("AWS_ENDPOINT_URL", "localhost:4566")],
  [{ env: { AWS_ENDPOINT_URL: "ftp://x" } }, noUrl("AWS_ENDPOINT_URL", "ftp://x")],
  [{ env: { AWS_ENDPOINT_URL: "file:///x" } }, noUrl("AWS_ENDPOINT_URL", "file:///x")],
  [{ lines: ["endpoint_url = https://"] }, noUrl("~/.aws/config:2 (endpoint_url)", "https://")],
  [
    { lines: ["services = local"], sections: [service.replace("https://", "")] },
    noUrl("~/.aws/config:10 (endpoint_url)", "service.example.com"),
  ],
  [
    { lines: ["services = loacl"], sections: [service] },
    [
      "~/.aws/config:2 (services): there is no section [services loacl]",
      "Write the section, or remove the services line.",
    ],
  ],
  [{ env: { KOPS_MFA_TIMEOUT: "0" } }, noTime("0")],
  [{ env: { KOPS_MFA_TIMEOUT: "601" } }, noTime("601")],
  [{ env: { KOPS_MFA_TIMEOUT: "-5" } }, noTime("-5")],
  [{ env: { KOPS_MFA_TIMEOUT: "soon" } }, noTime("soon")],
  [{ env: { KOPS_MFA_TIMEOUT: "NaN" } }, noTime("NaN")],
])("refused: %j", ([query, lines]) => {
  expect(refusalOf(() => targetOf(query))).toEqual(["ConfigError", ...lines]);
});
