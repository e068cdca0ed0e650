import type { ProviderSource } from "../config/source.ts";
import type { Context } from "../context.ts";
import type { SourceCredentials, StsTarget } from "../context/sts.ts";
import type { Terminal } from "../context/terminal.ts";

interface Asking {
  readonly credentials: Context["credentials"];
  readonly terminal: Pick<Terminal, "waitFor">;
}

/** The credentials of one of AWS's providers, with a sign for the person while they are waited for. Throws {@link CredentialsError}. */
export function sourceCredentials(
  { credentials, terminal }: Asking,
  source: ProviderSource,
  target: StsTarget,
): Promise<SourceCredentials> {
  const whose = source.provider.type === "process" ? "program" : undefined;
  return terminal.waitFor(source.where, credentials(source, target), whose);
}
