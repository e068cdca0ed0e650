import type { Environment } from "../environment/environment.ts";
import { containerHosts, isExposed, metadataHosts, refusalOf } from "./encryption.ts";
import { CredentialsError } from "../errors.ts";
import type { Setting } from "./origin.ts";
import type { ProviderSource } from "./source.ts";
import { fromVariables } from "./variables.ts";

/** The names of the SDK's clients in AWS_ENDPOINT_URL_…, by provider: docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html */
const clients: Readonly<Record<string, readonly string[]>> = {
  sso: ["SSO", "SSO_OIDC"],
  login: ["SIGNIN"],
};

const exemptHosts = { container: containerHosts, ec2: metadataHosts } as const;

/** Where a container gets its credentials; null where no variable says. */
export function containerEndpoint(env: Environment): Setting | null {
  const relative = fromVariables(env, ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"]);
  if (relative) return { ...relative, value: `http://169.254.170.2${relative.value}` };
  return fromVariables(env, ["AWS_CONTAINER_CREDENTIALS_FULL_URI"]);
}

/** The endpoints that a provider of credentials calls, where somebody configured them; those of files are not for SSO and `aws login`. */
function sourceEndpoints({ provider, endpoint }: ProviderSource, env: Environment) {
  if (provider.type === "container") return [containerEndpoint(env)];
  if (provider.type === "ec2") return [endpoint ?? null];
  if (env["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"]?.toLowerCase() === "true") return [];
  return (clients[provider.type] ?? []).map((client) =>
    fromVariables(env, [`AWS_ENDPOINT_URL_${client}`, "AWS_ENDPOINT_URL"]),
  );
}

function exemptFor({ provider }: ProviderSource) {
  const { type } = provider;
  return type === "container" || type === "ec2" ? exemptHosts[type] : undefined;
}

/** Those of a provider's endpoints to which http:// can be read on the way. */
export function exposedSource(source: ProviderSource, env: Environment): readonly Setting[] {
  const exempt = exemptFor(source);
  return sourceEndpoints(source, env).filter(
    (setting) => setting !== null && isExposed(setting, exempt),
  ) as Setting[];
}

/** Throws {@link CredentialsError} where a provider would call an endpoint that is not encrypted. */
export function refuseExposedSource(source: ProviderSource, env: Environment): void {
  const exempt = exemptFor(source);
  for (const endpoint of sourceEndpoints(source, env)) {
    const refusal = refusalOf(endpoint, env, exempt);
    if (refusal) throw new CredentialsError(refusal.message, { hint: refusal.hint });
  }
}
