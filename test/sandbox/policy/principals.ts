import { roleArn, rootArn } from "../arn.ts";
import type { Principal } from "../directory.ts";
import { principalArn } from "../principal.ts";
import { type Statement, listOf } from "./document.ts";

/**
 * How a statement names a principal. Within one account only the direct way makes the principal's own
 * permissions needless.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export type Naming = "directly" | "by-account" | "not";

export function namingOf(named: Statement["Principal"], principal: Principal): Naming {
  const names = named === "*" ? ["*"] : listOf(named.AWS);
  if (names.some((name) => ownNames(principal).includes(name))) return "directly";
  const { account } = principal;
  return names.includes(rootArn(account)) || names.includes(account.id) ? "by-account" : "not";
}

function ownNames(principal: Principal): readonly string[] {
  const arn = principalArn(principal);
  if (principal.kind !== "assumed-role") return ["*", arn];
  return ["*", arn, roleArn(principal.account, principal.role)];
}
