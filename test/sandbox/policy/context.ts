import { rootArn, roleArn, userArn } from "../arn.ts";
import type { Principal } from "../directory.ts";
import { principalId } from "../principal.ts";
import type { Call } from "../sts.ts";
import type { RequestContext } from "./conditions.ts";

/**
 * The condition keys of an AssumeRole call.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
 *
 * @param codeGiven - whether the call itself brought a valid MFA code
 */
export function requestContext(call: Call, codeGiven: boolean): RequestContext {
  const { params, region, caller } = call;
  const { principal } = caller;
  const keys: Readonly<Record<string, string | undefined>> = {
    "aws:PrincipalAccount": principal.account.id,
    "aws:PrincipalArn": policyArn(principal),
    "aws:RequestedRegion": region,
    "aws:userid": principalId(principal),
    "aws:username": principal.kind === "user" ? principal.user.name : undefined,
    "sts:ExternalId": params["ExternalId"],
    "sts:RoleSessionName": params["RoleSessionName"],
    "sts:SourceIdentity": params["SourceIdentity"],
    ...mfaKeys(call, codeGiven),
    ...requestTags(call),
  };
  const present = Object.entries(keys).flatMap(([key, value]) =>
    value === undefined ? [] : [[key.toLowerCase(), value] as const],
  );
  return new Map(present);
}

/**
 * With long-lived keys the keys are absent, not false; a role session says false whatever its
 * AssumeRole call brought (https://github.com/aws/aws-sdk-java-v2/issues/2554).
 */
function mfaKeys({ caller, sts }: Call, codeGiven: boolean): Readonly<Record<string, string>> {
  const now = sts.clock.now();
  const since = codeGiven ? now : caller.session?.mfaAuthenticatedAt;
  if (since === undefined) return {};
  if (since === null) return { "aws:MultiFactorAuthPresent": "false" };
  const age = String(Math.floor((now - since) / 1000));
  return { "aws:MultiFactorAuthPresent": "true", "aws:MultiFactorAuthAge": age };
}

function requestTags({ params }: Call): Readonly<Record<string, string>> {
  const tags = Object.entries(params).flatMap(([name, key]) => {
    const prefix = /^(Tags\.member\.\d+\.)Key$/.exec(name)?.[1];
    return prefix === undefined ? [] : [[`aws:RequestTag/${key}`, params[`${prefix}Value`] ?? ""]];
  });
  return Object.fromEntries(tags) as Readonly<Record<string, string>>;
}

/** A role session's aws:PrincipalArn is its role's. */
function policyArn(principal: Principal): string {
  const { account } = principal;
  if (principal.kind === "root") return rootArn(account);
  return principal.kind === "user"
    ? userArn(account, principal.user)
    : roleArn(account, principal.role);
}
