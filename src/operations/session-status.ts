import { valueOf } from "../config/origin.ts";
import type { Resolution } from "../config/resolve.ts";
import type { Environment } from "../environment/environment.ts";
import type { StsSession } from "../context/sts.ts";
import { carriedSession, type CarriedSession } from "../environment/carried.ts";
import { secondsLeft } from "../environment/instant.ts";
import { keptSession } from "../session/obtain.ts";
import type { Intent } from "./resolve-session.ts";
import type { Status } from "./render-status.ts";

/** The state of the session that is meant, in a shell with the environment `env`. */
export function statusOf({ store, resolution, plan }: Intent, env: Environment): Status {
  const session = keptSession(store.cache, resolution, plan);
  const carried = carriedSession(env);
  return {
    profile: valueOf(resolution.profile),
    role: resolution.roles.at(-1)?.roleArn.value ?? null,
    identity: session?.arn ?? null,
    serialNumber: valueOf(resolution.serialNumber),
    expiresAt: session?.expiresAt ?? null,
    isInShell: session !== null && carried !== null && isOf(carried, resolution, session),
  };
}

/** Whether there is a session now (milliseconds since the epoch). */
export function isLive({ expiresAt }: Status, now: number): boolean {
  return expiresAt !== null && secondsLeft(expiresAt, now) > 0;
}

/** Of a session that is served the environment tells the profile only. */
function isOf(
  { accessKeyId, profile }: CarriedSession,
  of: Resolution,
  { credentials }: StsSession,
): boolean {
  return accessKeyId === null
    ? profile === valueOf(of.profile)
    : accessKeyId === credentials.accessKeyId;
}
