import { UsageError } from "../errors.ts";
import type { PolicyDocument } from "./document.ts";
import type { Policies } from "./policies.ts";

interface Limit {
  readonly what: string;
  readonly document: PolicyDocument | null;
  /** Characters without white space (bytes of a bucket policy, which has ASCII only). */
  readonly most: number;
  readonly hint: string;
}

/**
 * Throws {@link UsageError} for a policy that AWS would not take: docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html;
 * of bucket policies the S3 User Guide, bucket-policies.html.
 */
export function checkSizes(policies: Policies): Policies {
  const { trust, permissions, user, bucket } = policies;
  const limits: readonly Limit[] = [
    {
      what: "trust policy",
      document: trust,
      most: 2048,
      hint: "Name no --user: then the role trusts the account, and --group says who of it may assume the role.",
    },
    {
      what: "role's own policy",
      document: permissions,
      most: 10_240,
      hint: "Use a shorter prefix in the state store.",
    },
    { what: "users' policy", document: user, most: 6144, hint: "Use a shorter name for the role." },
    {
      what: "bucket policy",
      document: bucket,
      most: 20_480,
      hint: "Name fewer clusters: without --cluster, every cluster of the account keeps its access.",
    },
  ];
  for (const { what, document, most, hint } of limits) {
    const size = document === null ? 0 : JSON.stringify(document).length;
    if (size > most) {
      throw new UsageError(`the ${what} would have ${size} characters, and AWS takes ${most}`, {
        hint,
      });
    }
  }
  return policies;
}
