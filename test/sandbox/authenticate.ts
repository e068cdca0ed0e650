import { findAccessKey } from "./directory.ts";
import { expiredToken, invalidSessionToken, unknownAccessKey } from "./errors.ts";
import { type Service, isRegionOf } from "./regions.ts";
import type { Credential } from "./sessions.ts";
import { type HttpRequest, headerOf } from "./sigv4/request.ts";
import { sameSecret } from "./sigv4/signature.ts";
import { parseClaim, verifySignature } from "./sigv4/verify.ts";
import type { Sts } from "./sts.ts";

/** Who a request comes from, and the region that it was signed for. */
export interface Authenticated {
  readonly caller: Credential;
  readonly region: string;
}

/** Believes nobody before signature, token and expiry are verified. */
export function authenticate(request: HttpRequest, service: Service, sts: Sts): Authenticated {
  const claim = parseClaim(request, service, sts.clock.now(), sts.clockSkewMinutes);
  const { accessKeyId, region } = claim.scope;
  const caller = findCredential(sts, accessKeyId);
  // A partition knows only its own keys.
  if (caller === null || !isRegionOf(caller.principal.account.partition, region)) {
    throw unknownAccessKey();
  }
  verifySignature(request, claim, caller.secretAccessKey);
  checkSession(caller, headerOf(request, "x-amz-security-token"), sts.clock.now());
  return { caller, region };
}

function findCredential(sts: Sts, accessKeyId: string): Credential | null {
  const temporary = sts.sessions.find(accessKeyId);
  if (temporary !== null) return temporary;
  const found = findAccessKey(sts.world, accessKeyId);
  if (found === null) return null;
  const { key, principal } = found;
  return { accessKeyId, secretAccessKey: key.secretAccessKey, principal, session: null };
}

/** A token that came along with long-lived keys is as wrong as one that is missing. */
function checkSession({ session }: Credential, token: string | undefined, now: number): void {
  if (session === null) {
    if (token !== undefined) throw invalidSessionToken();
    return;
  }
  if (token === undefined || !sameSecret(token, session.token)) throw invalidSessionToken();
  if (now >= session.expiresAt) throw expiredToken();
}
