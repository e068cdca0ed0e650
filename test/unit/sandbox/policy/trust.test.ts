import { expect, test } from "vitest";
import { addRole, addUser, makeAccount, trust } from "../../../sandbox/build.ts";
import type { Principal } from "../../../sandbox/directory.ts";
import type { Conditions, PolicyDocument } from "../../../sandbox/policy/document.ts";
import { type Trust, evaluateTrust } from "../../../sandbox/policy/trust.ts";
import { matchesWildcard } from "../../../sandbox/policy/wildcard.ts";

const account = makeAccount("111111111111");
const jon: Principal = { kind: "user", account, user: addUser(account, "jon", "JON0") };
const session: Principal = {
  kind: "assumed-role",
  account,
  role: addRole(account, "ops", trust("*"), { path: "/team/" }),
  sessionName: "jon",
};

const evaluate = (policy: PolicyDocument, principal: Principal, context = {}) =>
  evaluateTrust(policy, principal, "sts:AssumeRole", new Map(Object.entries(context)));

test.for<[principal: Principal, named: string | readonly string[], Trust]>([
  [jon, "*", "directly"],
  [jon, "arn:aws:iam::111111111111:user/jon", "directly"],
  [jon, "arn:aws:iam::111111111111:user/j*", "not"],
  [jon, "arn:aws:iam::111111111111:root", "by-account"],
  [jon, "111111111111", "by-account"],
  [jon, "arn:aws-cn:iam::111111111111:root", "not"],
  [jon, ["222222222222", "arn:aws:iam::111111111111:root"], "by-account"],
  [jon, ["111111111111", "arn:aws:iam::111111111111:user/jon"], "directly"],
  [session, "arn:aws:iam::111111111111:role/team/ops", "directly"],
  [session, "arn:aws:sts::111111111111:assumed-role/ops/jon", "directly"],
  [session, "arn:aws:sts::111111111111:assumed-role/ops/other", "not"],
  [session, "arn:aws:iam::111111111111:user/jon", "not"],
])("principal %#: %o is trusted %s", ([principal, named, expected]) => {
  expect(evaluate(trust(named), principal)).toBe(expected);
});

test.for<[Conditions, Readonly<Record<string, string>>, boolean]>([
  [{ Bool: { k: "true" } }, { k: "true" }, true],
  [{ Bool: { k: "true" } }, { k: "false" }, false],
  [{ Bool: { k: "true" } }, {}, false],
  [{ BoolIfExists: { k: "true" } }, {}, true],
  [{ BoolIfExists: { k: "true" } }, { k: "false" }, false],
  [{ Bool: { K: "TRUE" } }, { k: "true" }, true],
  [{ Null: { k: "true" } }, {}, true],
  [{ Null: { k: "true" } }, { k: "x" }, false],
  [{ Null: { k: "false" } }, { k: "x" }, true],
  [{ NumericLessThan: { k: "3600" } }, { k: "3599" }, true],
  [{ NumericLessThan: { k: "3600" } }, { k: "3600" }, false],
  [{ NumericLessThan: { k: "3600" } }, {}, false],
  [{ NumericLessThanEquals: { k: "3600" } }, { k: "3600" }, true],
  [{ NumericGreaterThanIfExists: { k: "3600" } }, {}, true],
  [{ NumericGreaterThan: { k: "900" } }, { k: "1000" }, true],
  [{ NumericGreaterThanEquals: { k: "900" } }, { k: "900" }, true],
  [{ NumericEquals: { k: "900" } }, { k: "900.0" }, true],
  [{ StringEquals: { k: ["a", "b"] } }, { k: "b" }, true],
  [{ StringEquals: { k: "a" } }, { k: "A" }, false],
  [{ StringEqualsIgnoreCase: { k: "a" } }, { k: "A" }, true],
  [{ StringNotEquals: { k: ["a", "b"] } }, { k: "b" }, false],
  [{ StringNotEquals: { k: "a" } }, {}, true],
  [{ StringLike: { k: "kops-*" } }, { k: "kops-access" }, true],
  [{ StringNotLike: { k: "kops-*" } }, { k: "kops-access" }, false],
  [{ ArnLike: { k: "arn:aws:iam::*:user/?on" } }, { k: "arn:aws:iam::1:user/jon" }, true],
  [{ ArnNotEquals: { k: "arn:aws:iam::1:user/jon" } }, { k: "arn:aws:iam::1:user/jon" }, false],
  [{ StringEquals: { k: "${aws:username}" } }, { k: "jon", "aws:username": "jon" }, true],
  [{ StringEquals: { k: "${aws:username}" } }, { k: "jon", "aws:username": "ada" }, false],
  [{ StringEquals: { k: "${aws:username}" } }, { k: "" }, false],
  [{ StringEquals: { k: "a" }, Bool: { l: "true" } }, { k: "a", l: "false" }, false],
  [{ StringEquals: { k: "a", l: "b" } }, { k: "a", l: "b" }, true],
])("condition %o on %o: %s", ([condition, context, holds]) => {
  expect(evaluate(trust("*", condition), jon, context)).toBe(holds ? "directly" : "not");
});

test("a Deny wins, if its conditions hold", () => {
  const [allow] = trust("*").Statement;
  const policy: PolicyDocument = {
    Version: "2012-10-17",
    Statement: [
      allow!,
      { ...allow!, Effect: "Deny", Condition: { Bool: { "aws:MultiFactorAuthPresent": "false" } } },
    ],
  };
  expect(evaluate(policy, jon)).toBe("directly");
  expect(evaluate(policy, jon, { "aws:multifactorauthpresent": "false" })).toBe("denied");
});

test.for([
  ["sts:*", "directly"],
  ["*", "directly"],
  ["STS:assumerole", "directly"],
  ["sts:TagSession", "not"],
] as const)("action %s", ([action, expected]) => {
  const [statement] = trust("*").Statement;
  const policy: PolicyDocument = {
    Version: "2012-10-17",
    Statement: [{ ...statement!, Action: action }],
  };
  expect(evaluate(policy, jon)).toBe(expected);
});

test("an operator that the sandbox lacks is an error, not a pass", () => {
  expect(() => evaluate(trust("*", { DateLessThan: { k: "x" } }), jon)).toThrow(
    "the sandbox has no condition operator DateLessThan",
  );
});

test.for([
  ["*", "", true],
  ["a*c", "abbc", true],
  ["a?c", "abc", true],
  ["a?c", "ac", false],
  ["a.c", "abc", false],
  ["(a|b)[c]", "(a|b)[c]", true],
] as const)("pattern %s and %s: %s", ([pattern, text, matches]) => {
  expect(matchesWildcard(pattern, text)).toBe(matches);
});
