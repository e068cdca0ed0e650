import type { Setting } from "../../config/origin.ts";
import type { Resolution } from "../../config/resolve.ts";
import type { RoleStep } from "../../config/role-step.ts";
import type { CacheKey } from "../cache-key.ts";
import { planKeys } from "../obtain.ts";
import type { Plan } from "../plan.ts";
import { namesUser } from "../user-name.ts";

/** A session that the AWS CLI could have made itself, as both know it. */
export interface AwsCliSession {
  readonly key: CacheKey;
  /** What the name of the AWS CLI's file is the SHA-1 of. */
  readonly hashed: string;
  readonly roleArn: string;
  /** Null where none is configured: the AWS CLI then makes one up for each session. */
  readonly roleSessionName: string | null;
}

/** The session of a plan, where one AssumeRole of the AWS CLI would give the same; null where none would. */
export function awsCliSession(resolution: Resolution, plan: Plan): AwsCliSession | null {
  const [step, ...others] = plan.steps;
  const [role] = resolution.roles;
  const [key] = planKeys(resolution, plan);
  if (step?.action !== "AssumeRole" || others.length > 0 || !role || key === undefined) return null;
  const isOursAlone = namesUser(step) || step.tags.tags.length > 0;
  const isCapped = step.durationSeconds !== role.durationSeconds.value;
  if (isOursAlone || isCapped) return null;
  return {
    key,
    hashed: hashedText(role, step.serialNumber),
    roleArn: step.roleArn,
    roleSessionName: configured(role.roleSessionName),
  };
}

/**
 * The arguments of AssumeRole that are configured, as Python's `json.dumps(…, sort_keys=True)` writes them. Neither the source nor the
 * region nor the endpoint is among them: github.com/boto/botocore, credentials.py, BaseAssumeRoleCredentialFetcher._create_cache_key.
 */
function hashedText(role: RoleStep, serialNumber: string | null): string {
  const sorted = {
    DurationSeconds: configured(role.durationSeconds),
    ExternalId: role.externalId?.value ?? null,
    RoleArn: role.roleArn.value,
    RoleSessionName: configured(role.roleSessionName),
    SerialNumber: serialNumber,
  };
  const members = Object.entries(sorted)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `"${name}": ${inAscii(JSON.stringify(value))}`);
  return `{${members.join(", ")}}`;
}

function configured<T>({ value, origin }: Setting<T>): T | null {
  return origin.kind === "default" ? null : value;
}

function inAscii(json: string): string {
  const escape = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return json.replace(/[^ -~]/g, escape);
}
