import type { ProviderSource } from "../../config/source.ts";
import type { Environment } from "../../environment/environment.ts";
import type { SourceCredentials } from "../../context/sts.ts";
import type { CredentialsError } from "../../errors.ts";
import { connectionError, exceptionName, sourceError, words } from "./provider-error.ts";
import { provided, loadSources } from "./sdk-providers.ts";

/** For each of the at most three requests; away from EC2 the first two fail, and no more are made. */
const timeoutMs = 1000;

/** Without it AWS's provider writes on standard error when the service gives credentials late. */
const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/**
 * The credentials of the instance's role. AWS_EC2_METADATA_SERVICE_ENDPOINT and its like, and the settings of the same meaning in
 * the AWS files, are looked up by AWS's provider: docs.aws.amazon.com/sdkref/latest/guide/feature-imds-credentials.html
 * Throws {@link CredentialsError}.
 */
export async function ec2Credentials(
  source: ProviderSource,
  env: Environment,
): Promise<SourceCredentials> {
  if (env["AWS_EC2_METADATA_DISABLED"]?.toLowerCase() === "true") {
    throw sourceError(
      source,
      "AWS_EC2_METADATA_DISABLED forbids to ask for it",
      "Unset the variable, or name a source_profile with access keys instead.",
    );
  }
  const { fromInstanceMetadata } = await loadSources();
  const provide = fromInstanceMetadata({ timeout: timeoutMs, maxRetries: 0, logger: silent });
  return provided(provide, (error) => explain(source, error));
}

const elsewhere =
  "It works on an EC2 instance only; elsewhere name a source_profile with access keys.";

function explain(source: ProviderSource, error: unknown): CredentialsError {
  const { statusCode } = (error ?? {}) as { readonly statusCode?: number };
  if (statusCode === 404) {
    return sourceError(
      source,
      "no role is attached to the instance",
      "Attach an instance profile, or name a source_profile with access keys.",
    );
  }
  if (statusCode === 401 || statusCode === 403) {
    return sourceError(
      source,
      `the instance metadata service refused (HTTP ${statusCode})`,
      "In a container on the instance, raise its hop limit to 2 (aws ec2 modify-instance-metadata-options).",
    );
  }
  if (/Invalid URL|Unsupported endpoint mode/.test(words(error))) {
    return sourceError(
      source,
      "AWS_EC2_METADATA_SERVICE_ENDPOINT or its _MODE is not what it must be",
      "The one is a URL, the other IPv4 or IPv6; without them the service is found by itself.",
    );
  }
  return (
    connectionError(source, "the instance metadata service", error, elsewhere) ??
    sourceError(source, `the instance metadata service failed (${exceptionName(error)})`, elsewhere)
  );
}
