import type { ProviderSource } from "../config/source.ts";
import type { Environment } from "../context.ts";
import { sourceError } from "./credential-failure.ts";

/** Hosts that may be asked without TLS, besides loopback: the agents of ECS and EKS. */
const agents = new Set(["169.254.170.2", "169.254.170.23", "[fd00:ec2::23]"]);
/** The address that the environment names. Throws {@link CredentialsError} for one that credentials must not come from. */
export function containerUrl(source: ProviderSource, env: Environment): URL {
  const relative = env["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"];
  const address = relative
    ? `http://169.254.170.2${relative}`
    : (env["AWS_CONTAINER_CREDENTIALS_FULL_URI"] ?? "");
  if (address === "") {
    throw sourceError(
      source,
      "neither AWS_CONTAINER_CREDENTIALS_FULL_URI nor AWS_CONTAINER_CREDENTIALS_RELATIVE_URI is set",
      "That is so outside of a container: name a source_profile with access keys instead.",
    );
  }
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url && (url.protocol === "https:" || (url.protocol === "http:" && isNear(url)))) return url;
  throw sourceError(
    source,
    "AWS_CONTAINER_CREDENTIALS_FULL_URI is not an address that credentials may come from",
    "It is https, or http to 127.0.0.1, localhost, [::1] or the agent of ECS (169.254.170.2) or EKS (169.254.170.23).",
  );
}

function isNear({ hostname }: URL): boolean {
  return /^(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(hostname) || agents.has(hostname);
}
