import { refusals } from "../config/encryption.ts";
import { describeOrigin, valueOf, type Setting } from "../config/origin.ts";
import type { SharedFiles } from "../config/profiles.ts";
import { configuredEndpoint, resolveStsTarget } from "../config/sts-target.ts";
import type { Ec2Target } from "../context/s3-ec2.ts";
import type { Environment } from "../environment/environment.ts";

interface Query {
  readonly files: SharedFiles;
  /** kops's environment. */
  readonly env: Environment;
  readonly region: Setting | null;
  /** An ARN of the session; its partition decides where no region does. */
  readonly arn: string | null;
}

export interface RegionCheck {
  readonly target: Ec2Target;
  /** The variable or line that sends kops elsewhere than to AWS's own EC2; null where none does. */
  readonly detour: string | null;
}

/** Somebody waits for the answer. */
const longestWaitMs = 5000;

/**
 * Where kops asks whether a region exists (upup/pkg/fi/cloudup/awsup/aws_utils.go, ValidateRegion), as it does before most commands;
 * it names no profile and so has `[default]`. Null where nobody knows: who has an STS of their own and says no word about EC2 is not
 * sent to AWS's. Throws {@link ConfigError} for an endpoint that is no URL.
 */
export function regionCheck(query: Query): RegionCheck | null {
  const place = { ...query, profile: "default" };
  const sts = resolveStsTarget(place);
  const endpoint = configuredEndpoint(place, "ec2");
  if (endpoint === null && sts.endpoint !== null) return null;
  const { region, useFips, useDualstack, caBundle } = sts;
  const timeoutMs = Math.min(sts.timeoutMs, longestWaitMs);
  return {
    target: {
      ...{ region, useFips, useDualstack, caBundle, timeoutMs, endpoint: valueOf(endpoint) },
      ...refusals({ ec2: endpoint }, query.env),
    },
    detour: endpoint && describeOrigin(endpoint.origin),
  };
}
