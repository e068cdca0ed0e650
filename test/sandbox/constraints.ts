import { validationError } from "./errors.ts";
import type { Params } from "./sts.ts";

/** What the API model says of one parameter. */
export interface Constraint {
  readonly name: string;
  readonly required?: boolean;
  /** Length for text, value for a number. */
  readonly min?: number;
  readonly max?: number;
  /** Present for text: what must match, and how AWS's message writes it. */
  readonly pattern?: { readonly shown: string; readonly matches: RegExp };
}

/**
 * Refuses parameters with all their faults in one message. The order within one parameter (longest,
 * pattern, shortest) is the one that fits what AWS is on record with:
 * https://github.com/miquella/vaulted/issues/138, https://github.com/mmmorris1975/aws-runas/issues/80
 */
export function validate(params: Params, constraints: readonly Constraint[]): void {
  const faults = constraints.flatMap((constraint) => faultsOf(params[constraint.name], constraint));
  if (faults.length === 0) return;
  const errors = faults.length === 1 ? "error" : "errors";
  throw validationError(`${faults.length} validation ${errors} detected: ${faults.join("; ")}`);
}

function faultsOf(value: string | undefined, constraint: Constraint): readonly string[] {
  const member = constraint.name.charAt(0).toLowerCase() + constraint.name.slice(1);
  if (value === undefined) {
    if (constraint.required !== true) return [];
    return [`Value null at '${member}' failed to satisfy constraint: Member must not be null`];
  }
  const rules = constraint.pattern ? textRules(value, constraint) : numberRules(value, constraint);
  return rules.map(
    (rule) => `Value '${value}' at '${member}' failed to satisfy constraint: ${rule}`,
  );
}

function textRules(value: string, { min, max, pattern }: Constraint): readonly string[] {
  const rules: string[] = [];
  if (max !== undefined && value.length > max) {
    rules.push(`Member must have length less than or equal to ${max}`);
  }
  if (pattern?.matches.test(value) === false) {
    rules.push(`Member must satisfy regular expression pattern: ${pattern.shown}`);
  }
  if (min !== undefined && value.length < min) {
    rules.push(`Member must have length greater than or equal to ${min}`);
  }
  return rules;
}

function numberRules(value: string, { min, max }: Constraint): readonly string[] {
  // Which text AWS has for this is not on record; no SDK can send it.
  if (!/^[+-]?\d+$/.test(value)) throw validationError(`${value} is not a valid integer`);
  const number = Number(value);
  if (max !== undefined && number > max) {
    return [`Member must have value less than or equal to ${max}`];
  }
  if (min !== undefined && number < min) {
    return [`Member must have value greater than or equal to ${min}`];
  }
  return [];
}
