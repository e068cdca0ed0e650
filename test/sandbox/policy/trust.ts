import type { Principal } from "../directory.ts";
import { type RequestContext, conditionsHold } from "./conditions.ts";
import { type PolicyDocument, type Statement, listOf } from "./document.ts";
import { namingOf } from "./principals.ts";
import { matchesWildcard } from "./wildcard.ts";

/** What a trust policy says: how it names whom it lets in, or that it does not let them in. */
export type Trust = "directly" | "by-account" | "not" | "denied";

/** Reads a role's trust policy for one principal and one action; a Deny wins over any Allow. */
export function evaluateTrust(
  policy: PolicyDocument,
  principal: Principal,
  action: string,
  context: RequestContext,
): Trust {
  const applicable = policy.Statement.filter((statement) => applies(statement, action, context));
  const named = (effect: Statement["Effect"]) =>
    applicable
      .filter((statement) => statement.Effect === effect)
      .map((statement) => namingOf(statement.Principal, principal));
  if (named("Deny").some((naming) => naming !== "not")) return "denied";
  const namings = named("Allow");
  if (namings.includes("directly")) return "directly";
  return namings.includes("by-account") ? "by-account" : "not";
}

function applies(statement: Statement, action: string, context: RequestContext): boolean {
  const names = listOf(statement.Action);
  const covered = names.some((name) => matchesWildcard(name.toLowerCase(), action.toLowerCase()));
  return covered && conditionsHold(statement.Condition ?? {}, context);
}
