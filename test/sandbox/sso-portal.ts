import { json, startLoopback, type Loopback, type LoopbackRequest } from "./loopback.ts";
import type { Minted } from "./minted.ts";

export interface SsoPortalOptions {
  /** What `aws sso login` and a renewal leave in the cache. */
  readonly accessToken: string;
  /** What renews an access token; none unless given. */
  readonly refreshToken?: string;
  readonly accountId: string;
  readonly roleName: string;
  readonly mint: () => Promise<Minted>;
}

/**
 * The portal of IAM Identity Center and its OIDC service, which a client finds by AWS_ENDPOINT_URL_SSO and AWS_ENDPOINT_URL_SSO_OIDC:
 * docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_GetRoleCredentials.html and
 * docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_CreateToken.html. The refusals are AWS's own:
 * github.com/61418/aws-sso-util/issues/74, github.com/aws/aws-sam-cli/issues/2129
 */
export function startSsoPortal(options: SsoPortalOptions): Promise<Loopback> {
  return startLoopback((request) =>
    request.target === "/token"
      ? createToken(request, options)
      : getRoleCredentials(request, options),
  );
}

async function getRoleCredentials(
  { target, headers }: LoopbackRequest,
  { accessToken, accountId, roleName, mint }: SsoPortalOptions,
) {
  const { pathname, searchParams } = new URL(target, "http://portal");
  if (pathname !== "/federation/credentials") return refusal(404, "ResourceNotFoundException", "");
  if (headers["x-amz-sso_bearer_token"] !== accessToken) {
    return refusal(401, "UnauthorizedException", "Session token not found or invalid");
  }
  const asked = [searchParams.get("account_id"), searchParams.get("role_name")];
  if (asked[0] !== accountId || asked[1] !== roleName) {
    return refusal(403, "ForbiddenException", "No access");
  }
  const { expiration, ...credentials } = await mint();
  return json(200, { roleCredentials: { ...credentials, expiration: expiration.getTime() } });
}

function createToken({ body }: LoopbackRequest, { accessToken, refreshToken }: SsoPortalOptions) {
  const asked = JSON.parse(body) as Readonly<Record<string, string>>;
  const isRenewal = asked["grantType"] === "refresh_token" && refreshToken !== undefined;
  if (!isRenewal || asked["refreshToken"] !== refreshToken) {
    return json(400, { error: "invalid_grant", error_description: "Invalid refresh token" });
  }
  return json(200, { accessToken, expiresIn: 3600, tokenType: "Bearer", refreshToken });
}

function refusal(status: number, name: string, message: string) {
  return json(status, { message, __type: `com.amazonaws.switchboard.portal#${name}` });
}
