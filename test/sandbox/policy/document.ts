/** An IAM policy, in the JSON that IAM takes: what a program prints can be put into the world as it is. */
export interface PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

export interface Statement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal: "*" | { readonly AWS: OneOrMore };
  readonly Action: OneOrMore;
  readonly Condition?: Conditions;
}

/** Operator → condition key → the values of which one has to fit. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, OneOrMore>>>>;

export type OneOrMore = string | readonly string[];

export function listOf(value: OneOrMore): readonly string[] {
  return typeof value === "string" ? [value] : value;
}
