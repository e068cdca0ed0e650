import { type Conditions, listOf } from "./document.ts";
import { matchesWildcard } from "./wildcard.ts";

/** Condition keys of one request, in lower case: IAM compares their names without case. */
export type RequestContext = ReadonlyMap<string, string>;

type Test = (actual: string, expected: string) => boolean;

const sameText: Test = (actual, expected) => actual === expected;
const sameTextAnyCase: Test = (actual, expected) => actual.toLowerCase() === expected.toLowerCase();
const like: Test = (actual, expected) => matchesWildcard(expected, actual);

const TESTS: Readonly<Record<string, Test>> = {
  ArnEquals: like,
  ArnLike: like,
  Bool: sameTextAnyCase,
  NumericEquals: (actual, expected) => Number(actual) === Number(expected),
  NumericGreaterThan: (actual, expected) => Number(actual) > Number(expected),
  NumericGreaterThanEquals: (actual, expected) => Number(actual) >= Number(expected),
  NumericLessThan: (actual, expected) => Number(actual) < Number(expected),
  NumericLessThanEquals: (actual, expected) => Number(actual) <= Number(expected),
  StringEquals: sameText,
  StringEqualsIgnoreCase: sameTextAnyCase,
  StringLike: like,
};

const NEGATIONS: Readonly<Record<string, Test>> = {
  ArnNotEquals: like,
  ArnNotLike: like,
  StringNotEquals: sameText,
  StringNotLike: like,
};

/**
 * Whether every condition of a statement holds: all operators and keys, any one of a key's values.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function conditionsHold(conditions: Conditions, context: RequestContext): boolean {
  return Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(keys).every(([key, values]) =>
      holds(operator, context.get(key.toLowerCase()), listOf(values), context),
    ),
  );
}

function holds(
  operator: string,
  actual: string | undefined,
  values: readonly string[],
  context: RequestContext,
): boolean {
  if (operator === "Null") return values.includes(String(actual === undefined));
  const name = operator.replace(/IfExists$/, "");
  const negated = name in NEGATIONS;
  const test = TESTS[name] ?? NEGATIONS[name];
  if (test === undefined) throw new Error(`the sandbox has no condition operator ${operator}`);
  // An absent key fails a plain operator, passes a negated one, and passes any `…IfExists`.
  if (actual === undefined) return negated || operator !== name;
  const expected = values.map((value) => withVariables(value, context));
  const fits = expected.some((value) => value !== null && test(actual, value));
  return negated ? !fits : fits;
}

/** `${aws:username}` and the like; null where the request has no such key, which nothing equals. */
function withVariables(value: string, context: RequestContext): string | null {
  const variable = /\$\{([^}]+)\}/g;
  const lookUp = (key = "") => context.get(key.toLowerCase());
  if ([...value.matchAll(variable)].some(([, key]) => lookUp(key) === undefined)) return null;
  return value.replace(variable, (_, key: string) => lookUp(key) ?? "");
}
