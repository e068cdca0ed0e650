/* eslint-disable @typescript-eslint/consistent-type-definitions -- an interface would not be a Tree, which any key may be added to */

/** An IAM policy: docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
export type PolicyDocument = {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
};

type Statement = {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: "*" | { readonly AWS: readonly string[] };
  readonly Action: readonly string[];
  readonly Resource?: readonly string[];
  readonly Condition?: Conditions;
};

/** Operator → condition key → the values of which one has to fit. */
export type Conditions = Readonly<
  Record<string, Readonly<Record<string, string | readonly string[]>>>
>;

export function policyDocument(...statements: readonly Statement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements };
}

/** Not `BoolIfExists`: long-lived keys do not have this key at all, and would pass. */
export const withMfa: Conditions = { Bool: { "aws:MultiFactorAuthPresent": "true" } };
