import { incompleteSignature, signatureDoesNotMatch } from "../errors.ts";
import type { Service } from "../regions.ts";
import { type Authorization, parseAuthorization } from "./authorization.ts";
import { canonicalRequest } from "./canonical-request.ts";
import { type HttpRequest, headerOf } from "./request.ts";
import { type Scope, parseScope } from "./scope.ts";
import { sameSecret, signatureOf } from "./signature.ts";
import { checkSigningTime } from "./signing-time.ts";

/** What a request claims about who signed it: well formed and recent, but not yet verified. */
export interface Claim {
  readonly authorization: Authorization;
  readonly scope: Scope;
  readonly signedAt: string;
}

export function parseClaim(
  request: HttpRequest,
  service: Service,
  now: number,
  skewMinutes: number,
): Claim {
  const authorization = parseAuthorization(request);
  const signedAt = headerOf(request, "x-amz-date") ?? "";
  checkSigningTime(signedAt, now, skewMinutes);
  checkSignedHeaders(request, authorization.signedHeaders);
  if (authorization.algorithm !== "AWS4-HMAC-SHA256") {
    throw incompleteSignature(
      `Unsupported AWS 'algorithm': '${authorization.algorithm}' (only AWS4-HMAC-SHA256 for now). `,
    );
  }
  return {
    authorization,
    scope: parseScope(authorization.credential, signedAt, service),
    signedAt,
  };
}

export function verifySignature(request: HttpRequest, claim: Claim, secretAccessKey: string): void {
  const { authorization, scope, signedAt } = claim;
  const canonical = canonicalRequest(request, authorization.signedHeaders);
  const expected = signatureOf(canonical, scope, signedAt, secretAccessKey);
  if (sameSecret(expected, authorization.signature)) return;
  throw signatureDoesNotMatch(
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
  );
}

/** AWS's text is on record for Host; the others are worded after it. */
function checkSignedHeaders(request: HttpRequest, signed: readonly string[]): void {
  const faults: string[] = [];
  const demand = (header: string, shown: string) => {
    if (signed.includes(header)) return;
    faults.push(`${shown} must be a 'SignedHeader' in the AWS Authorization.`);
  };
  demand("host", "'Host' or ':authority'");
  demand("x-amz-date", "'X-Amz-Date'");
  if (headerOf(request, "x-amz-security-token") !== undefined) {
    demand("x-amz-security-token", "'X-Amz-Security-Token'");
  }
  if (faults.length > 0) throw signatureDoesNotMatch(faults.join(" "));
}
