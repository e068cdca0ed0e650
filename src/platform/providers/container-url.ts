import type { ProviderSource } from "../../config/source.ts";
import { containerHosts, refusalOf } from "../../config/encryption.ts";
import { containerEndpoint } from "../../config/source-endpoints.ts";
import type { Environment } from "../../environment/environment.ts";
import { sourceError } from "./provider-error.ts";

/** The address that the environment names. Throws {@link CredentialsError} for one that credentials must not come from. */
export function containerUrl(source: ProviderSource, env: Environment): URL {
  const endpoint = containerEndpoint(env);
  if (endpoint === null) {
    throw sourceError(
      source,
      "neither AWS_CONTAINER_CREDENTIALS_FULL_URI nor AWS_CONTAINER_CREDENTIALS_RELATIVE_URI is set",
      "That is so outside of a container: name a source_profile with access keys instead.",
    );
  }
  const refusal = refusalOf(endpoint, env, containerHosts);
  if (refusal) throw sourceError(source, refusal.message, refusal.hint);
  const url = URL.canParse(endpoint.value) ? new URL(endpoint.value) : null;
  if (url && /^https?:$/.test(url.protocol)) return url;
  throw sourceError(
    source,
    "AWS_CONTAINER_CREDENTIALS_FULL_URI is not an address that credentials may come from",
    "It is https, or http to 127.0.0.1, localhost, [::1] or the agent of ECS (169.254.170.2) or EKS (169.254.170.23).",
  );
}
