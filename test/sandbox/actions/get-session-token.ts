import { validate } from "../constraints.ts";
import type { Principal } from "../directory.ts";
import { accessDenied, notAuthorized } from "../errors.ts";
import { authenticateMfa } from "../mfa.ts";
import { durationParameter, serialNumberParameter, tokenCodeParameter } from "../parameters.ts";
import { principalArn } from "../principal.ts";
import type { Action } from "../sts.ts";
import { checkRegion, credentialsElement, expiryAfter } from "./credentials.ts";

const CONSTRAINTS = [durationParameter(129_600), serialNumberParameter, tokenCodeParameter];

const ROOT_SECONDS = 3600;
const USER_SECONDS = 43_200;

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html */
export const getSessionToken: Action = (call) => {
  const { params, caller, sts } = call;
  const { principal, session } = caller;
  checkRegion(call);
  validate(params, CONSTRAINTS);
  if (session !== null) throw accessDenied("Cannot call GetSessionToken with session credentials");
  if (principal.kind === "user" && principal.user.denyGetSessionToken) {
    throw notAuthorized(principalArn(principal), "sts:GetSessionToken");
  }
  const codeGiven = authenticateMfa(call);
  const now = sts.clock.now();
  const life = sts.sessions.lifeOf(
    "session-token",
    durationOf(principal, params["DurationSeconds"]),
  );
  const credential = sts.sessions.mint(principal, {
    kind: "session-token",
    expiresAt: expiryAfter(life, now),
    mfaAuthenticatedAt: codeGiven ? now : null,
  });
  return { Credentials: credentialsElement(credential) };
};

/** Root gets an hour at most, without being told. */
function durationOf(principal: Principal, requested: string | undefined): number {
  if (principal.kind === "root") return Math.min(Number(requested ?? ROOT_SECONDS), ROOT_SECONDS);
  return Number(requested ?? USER_SECONDS);
}
