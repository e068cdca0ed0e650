import type { ProviderSource } from "../config/source.ts";
import type { SourceCredentials } from "../context.ts";
import { CredentialsError } from "../errors.ts";

/** Credentials from one of AWS's own providers. Throws {@link CredentialsError}. */
export function providerCredentials({ where }: ProviderSource): Promise<SourceCredentials> {
  throw new CredentialsError(`${where}: this source of credentials is not supported yet`);
}
