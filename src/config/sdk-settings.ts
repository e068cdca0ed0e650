import type { Environment } from "../environment/environment.ts";
import { lookupOwn } from "./lookup.ts";
import type { SharedFiles } from "./profiles.ts";

/** What a profile may say to the SDKs besides credentials and region: docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html */
const variables: Readonly<Record<string, string>> = {
  endpoint_url: "AWS_ENDPOINT_URL",
  ignore_configured_endpoint_urls: "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
  ca_bundle: "AWS_CA_BUNDLE",
  max_attempts: "AWS_MAX_ATTEMPTS",
  retry_mode: "AWS_RETRY_MODE",
  defaults_mode: "AWS_DEFAULTS_MODE",
  use_fips_endpoint: "AWS_USE_FIPS_ENDPOINT",
  use_dualstack_endpoint: "AWS_USE_DUALSTACK_ENDPOINT",
  sts_regional_endpoints: "AWS_STS_REGIONAL_ENDPOINTS",
  account_id_endpoint_mode: "AWS_ACCOUNT_ID_ENDPOINT_MODE",
  s3_use_arn_region: "AWS_S3_USE_ARN_REGION",
  s3_disable_multiregion_access_points: "AWS_S3_DISABLE_MULTIREGION_ACCESS_POINTS",
  request_checksum_calculation: "AWS_REQUEST_CHECKSUM_CALCULATION",
  response_checksum_validation: "AWS_RESPONSE_CHECKSUM_VALIDATION",
  disable_request_compression: "AWS_DISABLE_REQUEST_COMPRESSION",
  request_min_compression_size_bytes: "AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES",
  sdk_ua_app_id: "AWS_SDK_UA_APP_ID",
  output: "AWS_DEFAULT_OUTPUT",
  cli_pager: "AWS_PAGER",
};

/**
 * What the SDKs would read in the files besides credentials, as the variables that mean the same, for a program that shall not read
 * them: the profile's own, else that of [default], where a program without a profile looks. What `env` says already wins there as it
 * does over a profile, and is left out.
 */
export function sdkSettings(
  files: SharedFiles,
  profile: string | null,
  env: Environment,
): readonly (readonly [name: string, value: string])[] {
  const look = (key: string) => lookupServed(files, profile, key);
  const own = Object.entries(variables).flatMap(([key, name]) => {
    const value = look(key)?.value;
    return value === undefined ? [] : [[name, value] as const];
  });
  const services = look("services")?.value;
  const all = [...own, ...(services === undefined ? [] : serviceEndpoints(files, services, env))];
  return all.filter(([name]) => env[name] === undefined);
}

/** A value of the profile, else of [default]. */
export function lookupServed(files: SharedFiles, profile: string | null, key: string) {
  const own = profile === null ? null : lookupOwn(files, profile, key);
  return own ?? lookupOwn(files, "default", key);
}

/** `s3` in the section of services is AWS_ENDPOINT_URL_S3, which an AWS_ENDPOINT_URL that was there before would win over. */
function serviceEndpoints(files: SharedFiles, services: string, env: Environment) {
  const section = files.services.get(services);
  if (!section || env["AWS_ENDPOINT_URL"]) return [];
  return [...section].flatMap(([service, values]) => {
    const url = values.get("endpoint_url")?.value;
    const name = `AWS_ENDPOINT_URL_${service.toUpperCase()}`;
    return url && /^\w+$/.test(name) ? [[name, url] as const] : [];
  });
}
