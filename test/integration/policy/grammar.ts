type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What kind of policy it is: where it is attached decides which elements it must have. */
export type PolicyKind = "identity" | "trust" | "resource";

const operator =
  /^(?:(?:String(?:Not)?(?:Equals(?:IgnoreCase)?|Like)|Numeric(?:Not)?(?:Equals)|Numeric(?:Less|Greater)Than(?:Equals)?|Date\w+|Bool|BinaryEquals|(?:Not)?IpAddress|Arn(?:Not)?(?:Equals|Like))(?:IfExists)?|Null)$/;
const elements = ["Sid", "Effect", "Principal", "Action", "Resource", "Condition"];

/**
 * What is wrong with a policy by AWS's grammar, of the elements that ours have; nothing if it is right.
 * docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function grammarErrors(text: string, kind: PolicyKind): readonly string[] {
  const policy = JSON.parse(text) as Json;
  if (!isMap(policy)) return ["a policy is an object"];
  const { Version, Statement, ...others } = policy;
  const statements = Array.isArray(Statement) ? (Statement as readonly Json[]) : [];
  const sids = statements.map((statement) => (isMap(statement) ? statement["Sid"] : undefined));
  return [
    // The characters that IAM takes: reference_iam-quotas.html of the User Guide.
    ...check(/^[\t\n\r\u0020-\u00ff]*$/.test(text), "characters that IAM does not take"),
    ...check(Version === "2012-10-17", "Version"),
    ...check(Object.keys(others).length === 0, `unknown: ${Object.keys(others).join(", ")}`),
    ...check(statements.length > 0, "Statement"),
    ...check(new Set(sids).size === sids.length, "the same Sid twice"),
    ...statements.flatMap((statement) =>
      isMap(statement) ? statementErrors(statement, kind) : ["a statement is an object"],
    ),
  ];
}

function statementErrors(
  statement: Readonly<Record<string, Json>>,
  kind: PolicyKind,
): readonly string[] {
  const { Sid, Effect, Principal, Action, Resource, Condition } = statement;
  const unknown = Object.keys(statement).filter((key) => !elements.includes(key));
  return [
    ...check(unknown.length === 0, `unknown: ${unknown.join(", ")}`),
    ...check(typeof Sid === "string" && /^[A-Za-z0-9]+$/.test(Sid), "Sid"),
    ...check(Effect === "Allow" || Effect === "Deny", "Effect"),
    ...check((Principal === undefined) === (kind === "identity"), "Principal"),
    ...check(Principal === undefined || isPrincipal(Principal), "Principal's form"),
    ...check(
      all(Action, (name) => /^[a-z0-9]+:[A-Za-z*?]+$/.test(name)),
      "Action",
    ),
    ...check((Resource === undefined) === (kind === "trust"), "Resource"),
    ...check(Resource === undefined || all(Resource, isResource), "Resource's form"),
    ...(Condition === undefined ? [] : conditionErrors(Condition)),
    ...check(
      Effect !== "Allow" || !JSON.stringify(Condition ?? {}).includes("IfExists"),
      "IfExists in an Allow",
    ),
  ];
}

function conditionErrors(condition: Json): readonly string[] {
  if (!isMap(condition)) return ["Condition"];
  return Object.entries(condition).flatMap(([name, keys]) => [
    ...check(operator.test(name), `operator ${name}`),
    ...check(isMap(keys) && Object.keys(keys).length > 0, `${name} has no key`),
    ...Object.entries(isMap(keys) ? keys : {}).flatMap(([key, values]) => [
      ...check(/^[a-z0-9]+:[A-Za-z/]+$/.test(key), `key ${key}`),
      ...check(
        all(values, () => true),
        `values of ${key}`,
      ),
    ]),
  ]);
}

function isPrincipal(principal: Json): boolean {
  if (principal === "*") return true;
  if (!isMap(principal) || Object.keys(principal).join() !== "AWS") return false;
  return all(principal["AWS"], (arn) =>
    /^arn:aws(-[a-z]+)*:iam::\d{12}:(root|(user|role)\/[\w+=,.@/-]+)$/.test(arn),
  );
}

function isResource(text: string): boolean {
  const plain = text.replaceAll("${aws:username}", "x");
  return (
    plain === "*" || /^arn:aws(-[a-z]+)*:[a-z0-9]+:[a-z0-9-]*:(\d{12})?:[^\s${}]+$/.test(plain)
  );
}

/** One string, or a list of at least one. */
function all(value: Json | undefined, fits: (text: string) => boolean): boolean {
  const list = Array.isArray(value) ? (value as readonly Json[]) : [value];
  return list.length > 0 && list.every((item) => typeof item === "string" && fits(item));
}

function isMap(value: Json): value is Readonly<Record<string, Json>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function check(holds: boolean, complaint: string): readonly string[] {
  return holds ? [] : [complaint];
}
