import type { Access } from "./access.ts";
import { policyDocument, withMfa, type PolicyDocument } from "./document.ts";

/** Who may assume the role: these users, or whomever their account lets, and only with MFA. */
export function trustPolicy(access: Access): PolicyDocument {
  const { mfaAge, sessionNameRule } = access;
  return policyDocument({
    Sid: "OnlyWithMfa",
    Effect: "Allow",
    Principal: { AWS: principals(access) },
    Action: ["sts:AssumeRole"],
    Condition: {
      ...withMfa,
      ...(mfaAge === null ? {} : { NumericLessThan: { "aws:MultiFactorAuthAge": String(mfaAge) } }),
      ...(sessionNameRule ? { StringEquals: { "sts:RoleSessionName": "${aws:username}" } } : {}),
    },
  });
}

function principals({ partition, people: { account, users } }: Access): readonly string[] {
  const arn = `arn:${partition}:iam::${account}:`;
  return users.length === 0 ? [`${arn}root`] : users.map((user) => `${arn}user/${user}`);
}
