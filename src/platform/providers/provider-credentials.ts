import type { ProviderSource } from "../../config/source.ts";
import type { Environment } from "../../environment/environment.ts";
import type { SourceCredentials, StsTarget } from "../../context/sts.ts";
import { originalEnvironment } from "../../environment/carried.ts";
import { containerCredentials } from "./container.ts";
import { ec2Credentials } from "./ec2-metadata.ts";
import { sourceError } from "./provider-error.ts";
import { loginCredentials } from "./login.ts";
import { processCredentials } from "./credential-process.ts";
import { ssoCredentials } from "./sso.ts";
import { webIdentityCredentials } from "./web-identity.ts";

/**
 * Credentials from one of AWS's own providers, asked as if no session of ours were in the environment.
 * STS, and other services of AWS that a provider needs, are reached as `target` says.
 * Throws {@link CredentialsError}.
 */
export async function providerCredentials(
  source: ProviderSource,
  target: StsTarget,
  env: Environment = process.env,
): Promise<SourceCredentials> {
  const found = await ask(source, target, originalEnvironment(env));
  if (found.expiresAt === null || found.expiresAt > Date.now()) return found;
  throw sourceError(
    source,
    "the credentials that it gave have expired",
    "Renew them where they come from; if they are new, this machine's clock is wrong.",
  );
}

function ask(
  source: ProviderSource,
  target: StsTarget,
  env: Environment,
): Promise<SourceCredentials> {
  const { provider } = source;
  switch (provider.type) {
    case "process":
      return processCredentials(source, provider.command, env);
    case "sso":
      return ssoCredentials(source, provider, target);
    case "login":
      return loginCredentials(source, provider, target);
    case "web-identity":
      return webIdentityCredentials(source, provider, target);
    case "ec2":
      return ec2Credentials(source, env);
    case "container":
      return containerCredentials(source, env);
  }
}
