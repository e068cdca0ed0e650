import type { PolicyDocument } from "../../../src/policy/document.ts";
import { conditionsHold } from "../../sandbox/policy/conditions.ts";
import { listOf, type Conditions } from "../../sandbox/policy/document.ts";
import { matchesWildcard } from "../../sandbox/policy/wildcard.ts";

/** What IAM decides by one policy alone. */
export type Decision = "allowed" | "denied" | "not allowed";

/** Evaluates a policy for one call, by the rules of the sandbox; condition keys as AWS names them. */
export function decide(
  policy: PolicyDocument,
  action: string,
  resource: string,
  keys: Readonly<Record<string, string>> = {},
): Decision {
  const context = new Map(Object.entries(keys).map(([key, value]) => [key.toLowerCase(), value]));
  const name = keys["aws:username"] ?? "\0";
  const effects = policy.Statement.filter(
    ({ Action, Resource = [], Condition = {} }) =>
      listOf(Action).some((pattern) => matchesWildcard(pattern, action)) &&
      Resource.some((arn) => matchesWildcard(arn.replaceAll("${aws:username}", name), resource)) &&
      conditionsHold(Condition as Conditions, context),
  ).map(({ Effect }) => Effect);
  if (effects.includes("Deny")) return "denied";
  return effects.includes("Allow") ? "allowed" : "not allowed";
}
