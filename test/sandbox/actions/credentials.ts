import { regionDisabled } from "../errors.ts";
import type { TemporaryCredential } from "../sessions.ts";
import type { Call } from "../sts.ts";
import type { XmlContent } from "../xml.ts";

/** The `Credentials` element; AWS gives the expiry in whole seconds. */
export function credentialsElement({
  accessKeyId,
  secretAccessKey,
  session,
}: TemporaryCredential): XmlContent {
  return {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: session.token,
    Expiration: new Date(session.expiresAt).toISOString().replace(/\.\d{3}/, ""),
  };
}

/** The moment a session of this duration ends, in the whole seconds in which AWS gives it. */
export function expiryAfter(seconds: number, now: number): number {
  return (Math.floor(now / 1000) + seconds) * 1000;
}

/**
 * Refuses where the caller's account has turned STS off.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_enable-regions.html
 */
export function checkRegion({ caller, region }: Call): void {
  const { id, regionsDisabled } = caller.principal.account;
  if (regionsDisabled.includes(region)) throw regionDisabled(id);
}
