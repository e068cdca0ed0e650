import type { Principal } from "../directory.ts";
import type { RequestContext } from "./conditions.ts";
import { matchesWildcard } from "./wildcard.ts";

/** Whether the caller's own policies allow assuming a role. */
export function mayAssume(principal: Principal, role: string): boolean {
  if (principal.kind === "root") return false;
  const holder = principal.kind === "user" ? principal.user : principal.role;
  return holder.mayAssume.some((pattern) => matchesWildcard(pattern, role));
}

/** Whether the caller's own policies allow reading a bucket. */
export function mayRead(principal: Principal, bucket: string): boolean {
  if (principal.kind === "root") return true;
  const holder = principal.kind === "user" ? principal.user : principal.role;
  return holder.mayRead.some((pattern) => matchesWildcard(pattern, bucket));
}

/** Whether the caller's own policies allow ec2:DescribeRegions. */
export function mayDescribeRegions(principal: Principal): boolean {
  if (principal.kind === "root") return true;
  return !(principal.kind === "user" ? principal.user : principal.role).denyDescribeRegions;
}

/**
 * The group policy that denies everything without MFA, of which AWS publishes a sample:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_my-sec-creds-self-manage.html
 */
export function deniedWithoutMfa(principal: Principal, context: RequestContext): boolean {
  if (principal.kind !== "user" || !principal.user.denyWithoutMfa) return false;
  return context.get("aws:multifactorauthpresent") !== "true";
}
