import type { Provider, ProviderSource } from "../../config/source.ts";
import type { SourceCredentials, StsTarget } from "../../context/sts.ts";
import type { CredentialsError } from "../../errors.ts";
import { connectionError, exceptionName, logInHint, sourceError, words } from "./provider-error.ts";
import {
  clientConfig,
  provided,
  loadSources,
  standInFiles,
  standInProfile,
} from "./sdk-providers.ts";

type Login = Extract<Provider, { readonly type: "login" }>;

/**
 * The credentials that `aws login` keeps in ~/.aws/login/cache, renewed where they are about to run out.
 * Throws {@link CredentialsError}.
 */
export async function loginCredentials(
  source: ProviderSource,
  { loginSession, region }: Login,
  target: StsTarget,
): Promise<SourceCredentials> {
  const sources = await loadSources();
  const config = `[profile ${standInProfile}]
login_session = ${loginSession}
region = ${region ?? target.region}
`;
  const provide = sources.fromLoginCredentials({
    ...standInFiles(sources, config),
    profile: standInProfile,
    clientConfig: clientConfig(target),
  });
  return provided(provide, (error) => explain(source, error));
}

/** The texts are those of @aws-sdk/credential-provider-login, LoginCredentialsFetcher.ts; they may quote the cached file, so none is shown. */
function explain(source: ProviderSource, error: unknown): CredentialsError {
  const text = words(error);
  const again = logInHint("aws login", source);
  if (/Failed to load (?:a )?token/.test(text)) {
    const what = text.includes("ENOENT")
      ? "there is no login"
      : "the login that is kept cannot be read";
    return sourceError(source, what, again);
  }
  if (text.includes("session has expired"))
    return sourceError(source, "the login has expired", again);
  if (text.includes("change in your password")) {
    return sourceError(source, "the login ended when the password was changed", again);
  }
  if (text.includes("insufficient permissions")) {
    return sourceError(
      source,
      "your policies do not let the login be renewed",
      "Ask for signin:CreateOAuth2Token (the policy SignInLocalDevelopmentAccess has it).",
    );
  }
  return (
    connectionError(source, "AWS Sign-In", error) ??
    sourceError(source, `the login could not be renewed (${exceptionName(error)})`, again)
  );
}
