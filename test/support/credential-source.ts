import type { ProviderSource } from "../../src/config/source.ts";
import { CredentialsError } from "../../src/errors.ts";

export const source: ProviderSource = {
  kind: "provider",
  where: 'credential_process of profile "base" (~/.aws/config:7)',
  profile: "base",
  command: null,
  provider: { type: "process", command: "" },
};

/** The two lines of the error that `work` ends with. */
export async function linesOf(work: () => unknown): Promise<readonly [string, string | null]> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof CredentialsError)) throw error;
    return [error.message, error.hint];
  }
  throw new Error("there was no error");
}
