import type { Environment } from "../environment/environment.ts";
import type { StsTarget } from "../context/sts.ts";
import { ConfigError } from "../errors.ts";
import { partitionOf } from "./arn.ts";
import { refusals } from "./encryption.ts";
import { lookupOwn } from "./lookup.ts";
import { describeOrigin, fromDefault, fromFile, valueOf, type Setting } from "./origin.ts";
import type { SharedFiles } from "./profiles.ts";
import { fromVariables } from "./variables.ts";

/** Where STS is when nobody names a region. */
const partitionRegions: Readonly<Record<string, string>> = {
  aws: "us-east-1",
  "aws-cn": "cn-north-1",
  "aws-us-gov": "us-gov-west-1",
  "aws-iso": "us-iso-east-1",
  "aws-iso-b": "us-isob-east-1",
  "aws-iso-e": "eu-isoe-west-1",
  "aws-iso-f": "us-isof-south-1",
  "aws-eusc": "eusc-de-east-1",
};

const defaultTimeoutMs = 20_000;

type Service = "sts" | "iam" | "s3" | "ec2";

export interface StsTargetQuery {
  readonly files: SharedFiles;
  readonly env: Environment;
  /** Null when keys and role come from elsewhere than a profile. */
  readonly profile: string | null;
  readonly region: Setting | null;
  /** An ARN of the chain; its partition decides where no region does. */
  readonly arn: string | null;
}

/**
 * The STS endpoint as the AWS SDKs find it: AWS_ENDPOINT_URL_STS, AWS_ENDPOINT_URL, `services` and `endpoint_url`
 * of the profile, else the region's own; with FIPS and dual stack. IAM's is found in the same way.
 * Source: docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export function resolveStsTarget(query: StsTargetQuery): StsTarget {
  const { env } = query;
  const partition = (query.arn === null ? null : partitionOf(query.arn)) ?? "aws";
  const region = query.region?.value ?? partitionRegions[partition] ?? "us-east-1";
  const fips = switchedOn(query, "AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint");
  const dualstack = switchedOn(query, "AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint");
  const caBundle = fromVariables(env, ["AWS_CA_BUNDLE"]) ?? own(query, "ca_bundle");
  const [sts, iam] = [configuredEndpoint(query, "sts"), configuredEndpoint(query, "iam")];
  return {
    region,
    endpoint: valueOf(sts),
    iamEndpoint: valueOf(iam),
    ...refusals({ sts, iam }, env),
    useFips: fips,
    useDualstack: dualstack,
    caBundle: caBundle?.value ?? null,
    timeoutMs: timeout(env),
  };
}

function own({ files, profile }: StsTargetQuery, key: string): Setting | null {
  return profile === null ? null : lookupOwn(files, profile, key);
}

function switchedOn(query: StsTargetQuery, variable: string, key: string): boolean {
  const setting = fromVariables(query.env, [variable]) ?? own(query, key);
  return setting?.value.toLowerCase() === "true";
}

/** An endpoint that somebody configured for the service. Throws {@link ConfigError} for one that is no URL. */
export function configuredEndpoint(query: StsTargetQuery, service: Service): Setting | null {
  if (switchedOn(query, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls")) {
    return null;
  }
  const found =
    fromVariables(query.env, [`AWS_ENDPOINT_URL_${service.toUpperCase()}`, "AWS_ENDPOINT_URL"]) ??
    serviceEndpoint(query, service) ??
    own(query, "endpoint_url");
  return found && checkUrl(found);
}

function serviceEndpoint(query: StsTargetQuery, service: Service): Setting | null {
  const services = own(query, "services");
  if (!services) return null;
  const section = query.files.services.get(services.value);
  if (!section) {
    throw new ConfigError(
      `${describeOrigin(services.origin)}: there is no section [services ${services.value}]`,
      { hint: "Write the section, or remove the services line." },
    );
  }
  const found = section.get(service)?.get("endpoint_url");
  return found ? fromFile(services.value, "endpoint_url", found) : null;
}

function checkUrl(setting: Setting): Setting {
  const url = URL.canParse(setting.value) ? new URL(setting.value) : null;
  if (url && /^https?:$/.test(url.protocol)) return setting;
  throw new ConfigError(
    `${describeOrigin(setting.origin)}: "${setting.value}" is not the URL of an endpoint`,
    { hint: "An endpoint looks like https://sts.eu-west-1.amazonaws.com." },
  );
}

function timeout(env: Environment): number {
  const setting = fromVariables(env, ["KOPS_MFA_TIMEOUT"]) ?? fromDefault("", "default");
  if (setting.value === "") return defaultTimeoutMs;
  const seconds = /^\d{1,3}$/.test(setting.value) ? Number(setting.value) : 0;
  if (seconds >= 1 && seconds <= 600) return seconds * 1000;
  throw new ConfigError(
    `KOPS_MFA_TIMEOUT: "${setting.value}" is not a number of seconds from 1 to 600`,
    {
      hint: "Leave it out for the 20 seconds that STS is given otherwise.",
    },
  );
}
