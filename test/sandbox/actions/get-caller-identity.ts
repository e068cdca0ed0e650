import { principalArn, principalId } from "../principal.ts";
import type { Action } from "../sts.ts";

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html; needs no permission. */
export const getCallerIdentity: Action = ({ caller: { principal } }) => ({
  Arn: principalArn(principal),
  UserId: principalId(principal),
  Account: principal.account.id,
});
