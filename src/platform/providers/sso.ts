import type { Provider, ProviderSource } from "../../config/source.ts";
import type { CredentialsError } from "../../errors.ts";
import type { SourceCredentials, StsTarget } from "../../context/sts.ts";
import { connectionError, exceptionName, logInHint, sourceError, words } from "./provider-error.ts";
import {
  clientConfig,
  provided,
  loadSources,
  standInFiles,
  standInProfile,
} from "./sdk-providers.ts";

type Sso = Extract<Provider, { readonly type: "sso" }>;

/**
 * The role that IAM Identity Center gives for the token that `aws sso login` keeps in ~/.aws/sso/cache; a token of an sso-session
 * is renewed where it can be. Throws {@link CredentialsError}.
 */
export async function ssoCredentials(
  source: ProviderSource,
  provider: Sso,
  target: StsTarget,
): Promise<SourceCredentials> {
  const { session, startUrl, region, accountId, roleName } = provider;
  refuseUnreadableName(source, session);
  const sources = await loadSources();
  const provide = sources.fromSSO({
    ...standInFiles(sources, session === null ? "" : configOf(provider, session)),
    profile: standInProfile,
    ...(session === null ? {} : { ssoSession: session }),
    ssoStartUrl: startUrl,
    ssoRegion: region,
    ssoAccountId: accountId,
    ssoRoleName: roleName,
    clientConfig: clientConfig(target),
  });
  return provided(provide, (error) => explain(source, provider, error));
}

/** The token of a session is found by way of a profile only. */
function configOf({ startUrl, region }: Sso, session: string): string {
  return `[profile ${standInProfile}]
sso_session = ${session}
[sso-session ${session}]
sso_start_url = ${startUrl}
sso_region = ${region}
`;
}

/** Other names do not come through the SDK's parser: @smithy/core, shared-ini-file-loader/parseIni.ts */
function refuseUnreadableName(source: ProviderSource, session: string | null): void {
  if (session === null || /^[\w@+.%:/-]+$/.test(session)) return;
  throw sourceError(
    source,
    `AWS's SDKs cannot read the name of sso-session "${session}"`,
    "Rename the section and sso_session: letters, digits and any of _@+.%:/- can be read.",
  );
}

function explain(source: ProviderSource, provider: Sso, error: unknown): CredentialsError {
  const text = words(error);
  const login = logInHint("aws sso login", source);
  if (/expired|Cannot refresh/.test(text)) {
    return sourceError(source, "the login has expired", login);
  }
  if (text.includes("To refresh this SSO session")) {
    return sourceError(source, "there is no login", login);
  }
  if (text.includes("UnauthorizedException")) {
    return sourceError(source, "AWS does not accept the login any more", login);
  }
  if (text.includes("ForbiddenException")) {
    return sourceError(
      source,
      `AWS gives you no access to role ${provider.roleName} of account ${provider.accountId}`,
      `Compare sso_role_name and sso_account_id with what ${provider.startUrl} lists.`,
    );
  }
  return (
    connectionError(source, `SSO in ${provider.region}`, error) ??
    sourceError(source, `SSO in ${provider.region} failed (${exceptionName(error)})`, login)
  );
}
