import type { Source } from "../config/source.ts";
import type { StsTarget } from "../context/sts.ts";
import { partitionOfRegion } from "../config/arn.ts";
import type { Step } from "./plan.ts";

/** Everything that decides which session a step gives; two keys are the same session when their texts are. */
export type CacheKey = string;

/**
 * The key of a step whose call is signed by `callerKey`: the id of long-lived keys, or the key of the step before.
 * Of the region only its partition counts, since a session of a regional endpoint is good in all regions of it:
 * docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_region-endpoints.html
 */
export function cacheKey(
  callerKey: CacheKey,
  step: Step,
  { region, endpoint }: StsTarget,
): CacheKey {
  const where = [partitionOfRegion(region), endpoint];
  const parsed = parse(callerKey);
  // Within each other, not as texts within texts, which would double with every role of a chain.
  const caller = Array.isArray(parsed) ? (parsed as unknown[]) : callerKey;
  return JSON.stringify(
    step.action === "GetSessionToken"
      ? ["GetSessionToken", caller, where, step.serialNumber, step.durationSeconds]
      : [
          "AssumeRole",
          caller,
          where,
          step.serialNumber,
          step.roleArn,
          step.roleSessionName,
          step.externalId,
          step.durationSeconds,
          ...(step.tags.tags.length === 0 ? [] : [step.tags]),
        ],
  );
}

/** What stands for a source in the keys of what is made with it. */
export function sourceKey(source: Source): CacheKey {
  return source.kind === "static" ? source.accessKeyId : JSON.stringify(source.provider);
}

/** Whether the session of `key` was made with that of `earlier`, directly or through others. */
export function isBasedOn(key: CacheKey, earlier: CacheKey): boolean {
  for (let caller = callerOf(key); caller !== null; caller = callerOf(caller)) {
    if (caller === earlier) return true;
  }
  return false;
}

function callerOf(key: CacheKey): CacheKey | null {
  const parts = parse(key);
  if (!Array.isArray(parts) || parts.length < 3) return null;
  const caller: unknown = parts[1];
  return typeof caller === "string" ? caller : JSON.stringify(caller);
}

function parse(key: CacheKey): unknown {
  try {
    return JSON.parse(key);
  } catch {
    return null;
  }
}
