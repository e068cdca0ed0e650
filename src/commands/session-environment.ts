import { valueOf } from "../config/origin.ts";
import type { StsSession } from "../context.ts";
import type { SessionEnvironment } from "../environment/session-change.ts";
import type { Intent } from "./session-command.ts";

/** What the environment of the session says. */
export function sessionEnvironment(
  { resolution }: Pick<Intent, "resolution">,
  { credentials, expiresAt }: StsSession,
): SessionEnvironment {
  const { profile, region, stateStore, cluster } = resolution;
  return {
    ...credentials,
    expiresAt,
    profile: valueOf(profile),
    region: valueOf(region),
    stateStore: valueOf(stateStore),
    cluster: valueOf(cluster),
  };
}
