import { refusals } from "../config/encryption.ts";
import type { SharedFiles } from "../config/profiles.ts";
import { describeOrigin, valueOf, type Setting } from "../config/origin.ts";
import { configuredEndpoint, resolveStsTarget } from "../config/sts-target.ts";
import { fromVariables } from "../config/variables.ts";
import type { AwsCredentials } from "../context/sts.ts";
import type { Environment } from "../environment/environment.ts";
import type { S3Target } from "../context/s3-ec2.ts";

/** How kops gets at a state store in S3. */
export interface StoreAccess {
  readonly target: S3Target;
  /** Null where kops has no keys for it. */
  readonly caller: AwsCredentials | null;
  /** The variable or line that sends kops elsewhere than to AWS's own S3; null where none does. */
  readonly detour: string | null;
}

interface Query {
  readonly files: SharedFiles;
  /** kops's environment. */
  readonly env: Environment;
  readonly credentials: AwsCredentials;
  readonly region: Setting | null;
  /** An ARN of the session; its partition decides where no region does. */
  readonly arn: string | null;
}

/** The variable by which kops leaves AWS's S3: kops, util/pkg/vfs/s3context.go (getCustomS3Config). */
export const customS3 = "S3_ENDPOINT";

/** Somebody waits for the prompt of the shell. */
const longestWaitMs = 3000;

/**
 * The way that kops takes, which names no profile and so has `[default]`. Null where nobody knows: who has an STS of their own and says
 * no word about S3 is not sent to AWS's. Throws {@link ConfigError} for an endpoint that is no URL.
 */
export function storeAccess({ files, env, credentials, region, arn }: Query): StoreAccess | null {
  const query = { files, env, profile: "default", region, arn };
  const sts = resolveStsTarget(query);
  const common = {
    useFips: sts.useFips,
    useDualstack: sts.useDualstack,
    caBundle: sts.caBundle,
    timeoutMs: Math.min(sts.timeoutMs, longestWaitMs),
  };
  const custom = env[customS3];
  if (custom) {
    const s3 = fromVariables(env, [customS3]);
    const region = env["S3_REGION"] || "us-east-1";
    const target = { ...common, ...refusals({ s3 }, env), region, pathStyle: true };
    const caller = URL.canParse(custom) ? customKeys(env) : null;
    return { target: { ...target, endpoint: custom }, caller, detour: customS3 };
  }
  const endpoint = configuredEndpoint(query, "s3");
  if (endpoint === null && sts.endpoint !== null) return null;
  return {
    target: {
      ...common,
      ...refusals({ s3: endpoint }, env),
      region: sts.region,
      pathStyle: false,
      endpoint: valueOf(endpoint),
    },
    caller: credentials,
    detour: endpoint && describeOrigin(endpoint.origin),
  };
}

/** kops sends no session token there. */
function customKeys(env: Environment): AwsCredentials | null {
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = env;
  if (!accessKeyId || !secretAccessKey) return null;
  return { accessKeyId, secretAccessKey, sessionToken: null };
}
