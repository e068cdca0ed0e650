import type { Provider, ProviderSource } from "../../config/source.ts";
import type { SourceCredentials, StsTarget } from "../../context/sts.ts";
import type { CredentialsError } from "../../errors.ts";
import { describeErrno } from "../files/errno.ts";
import { connectionError, exceptionName, sourceError } from "./provider-error.ts";
import { readNamedFile } from "../files/named-file.ts";
import { clientConfig, provided, loadSources, standInFiles } from "./sdk-providers.ts";

type WebIdentity = Extract<Provider, { readonly type: "web-identity" }>;

/** The role that STS gives for the token in a file, as pods and CI jobs have one. Throws {@link CredentialsError}. */
export async function webIdentityCredentials(
  source: ProviderSource,
  { tokenFile, roleArn, roleSessionName }: WebIdentity,
  target: StsTarget,
): Promise<SourceCredentials> {
  const webIdentityToken = readToken(source, tokenFile);
  const sources = await loadSources();
  standInFiles(sources, "");
  const { region, endpoint } = target;
  const provide = sources.fromWebToken({
    webIdentityToken,
    roleArn,
    roleSessionName: roleSessionName ?? "kops-mfa",
    clientConfig: {
      ...clientConfig(target),
      region,
      ...(endpoint === null ? { ignoreConfiguredEndpointUrls: true } : { endpoint }),
    },
  });
  return provided(provide, (error) => explain(source, error));
}

function readToken(source: ProviderSource, file: string): string {
  try {
    return readNamedFile(file).trim();
  } catch (error) {
    throw sourceError(
      source,
      `the token file ${file} cannot be read (${describeErrno(error)})`,
      "Correct web_identity_token_file or AWS_WEB_IDENTITY_TOKEN_FILE, or have the file written first.",
    );
  }
}

/** What STS answers: docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html#API_AssumeRoleWithWebIdentity_Errors */
const answers: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  AccessDenied: [
    "its token may not assume the role",
    "Check the role's ARN and its trust policy: the provider, and the conditions on the token's sub and aud.",
  ],
  ExpiredToken: [
    "its token has expired",
    "What writes the token file must renew it: a pod's is renewed by itself, a CI job asks for a new one.",
  ],
  InvalidIdentityToken: [
    "STS does not accept its token",
    "The role's account needs an OIDC provider for the token's issuer, and that provider the token's audience.",
  ],
  IDPCommunicationError: [
    "STS could not ask the token's issuer for its keys",
    "Try again in a moment; the issuer must answer to the internet.",
  ],
  IDPRejectedClaim: ["the token's issuer refuses its token", "Get a new token from the issuer."],
};

function explain(source: ProviderSource, error: unknown): CredentialsError {
  const name = exceptionName(error).replace(/Exception$/, "");
  const known = answers[name];
  if (known) return sourceError(source, `${known[0]}${quotation(error)}`, known[1]);
  return (
    connectionError(source, "STS", error) ??
    sourceError(
      source,
      `STS answered AssumeRoleWithWebIdentity with ${name}${quotation(error)}`,
      "Check the role's ARN, the region, and AWS_ENDPOINT_URL_STS if it is set.",
    )
  );
}

/** What STS itself says; the words of other errors may have anything in them. */
function quotation(error: unknown): string {
  const { $fault, message } = error as { readonly $fault?: unknown; readonly message?: unknown };
  return $fault !== undefined && typeof message === "string" ? `: ${message}` : "";
}
