import type { Environment } from "../context.ts";
import { decodePrevious, type Previous } from "./previous.ts";
import { credentialVariables, markerVariables } from "./variables.ts";

/** The session that an environment carries. */
export interface CarriedSession {
  readonly profile: string | null;
  /** Seconds since the epoch; null when the environment does not tell. */
  readonly expiresAt: number | null;
  readonly accessKeyId: string;
  readonly previous: Previous;
}

/**
 * The session of ours that `env` carries; null when there is none, or when something else has put
 * other credentials over it since.
 */
export function carriedSession(env: Environment): CarriedSession | null {
  const accessKeyId = env["KOPS_MFA_ACCESS_KEY_ID"];
  if (!accessKeyId || env["AWS_ACCESS_KEY_ID"] !== accessKeyId) return null;
  const expiresAt = env["KOPS_MFA_EXPIRES_AT"] ?? "";
  return {
    profile: env["KOPS_MFA_PROFILE"] || null,
    expiresAt: /^\d{1,12}$/.test(expiresAt) ? Number(expiresAt) : null,
    accessKeyId,
    previous: decodePrevious(env["KOPS_MFA_PREVIOUS"] ?? ""),
  };
}

/**
 * The environment as it was before a session of ours came into it, so that one session never starts from
 * another. Of access keys that the session replaced only the id is left: the secret was not kept.
 * KOPS_MFA_PROFILE stays, since it says which profile the person works with.
 */
export function originalEnvironment(env: Environment): Environment {
  const carried = carriedSession(env);
  const ours = new Set<string>(carried ? credentialVariables : []);
  for (const name of markerVariables) {
    if (name !== "KOPS_MFA_PROFILE" || !profileStillMeant(env, carried)) ours.add(name);
  }
  const kept = Object.entries(env).filter(([name]) => !ours.has(name));
  if (!carried) return Object.fromEntries(kept);
  const restored = restorable(carried, env).map(
    ([name, value]) => [name, value ?? undefined] as const,
  );
  const replacedKey = carried.previous.get("AWS_ACCESS_KEY_ID");
  const key = replacedKey ? [["AWS_ACCESS_KEY_ID", replacedKey] as const] : [];
  return Object.fromEntries([...kept, ...restored, ...key]);
}

/** Not where another tool's keys lie over the session, nor where AWS_PROFILE, which the session had unset, is back. */
function profileStillMeant(env: Environment, carried: CarriedSession | null): boolean {
  return carried ? !env["AWS_PROFILE"] : env["KOPS_MFA_ACCESS_KEY_ID"] === undefined;
}

/** What leaving the session gives back: a variable that the session had unset and that is there again is the person's. */
export function restorable(
  carried: CarriedSession,
  env: Environment,
): readonly (readonly [string, string | null])[] {
  return [...carried.previous].filter(
    ([name]) => !isCredential(name) && (setBySession.has(name) || env[name] === undefined),
  );
}

/** Remembered variables that a session sets, rather than unsets. */
const setBySession: ReadonlySet<string> = new Set([
  "AWS_REGION",
  "AWS_DEFAULT_REGION",
  "KOPS_STATE_STORE",
  "KOPS_CLUSTER_NAME",
]);

function isCredential(name: string): boolean {
  return (credentialVariables as readonly string[]).includes(name);
}
