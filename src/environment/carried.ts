import type { Environment } from "./environment.ts";
import { decodePrevious, type Previous } from "./previous.ts";
import {
  conflictingVariables,
  credentialVariables,
  fileVariables,
  markerVariables,
  roleVariables,
  servedVariables,
  settingVariables,
} from "./variables.ts";

/** The session that an environment carries. */
export interface CarriedSession {
  readonly profile: string | null;
  /** Seconds since the epoch; null when the environment does not tell. */
  readonly expiresAt: number | null;
  /** Null for a session that is served: its keys are not in the environment. */
  readonly accessKeyId: string | null;
  /** The identity it was made for; null when the environment does not name it. */
  readonly identity: string | null;
  readonly previous: Previous;
  /** The values that the session gave to the {@link settingVariables}. */
  readonly set: Previous;
}

/**
 * The session of ours that `env` carries; null when there is none, or when something else has put
 * other credentials over it since.
 */
export function carriedSession(env: Environment): CarriedSession | null {
  const accessKeyId = env["KOPS_MFA_ACCESS_KEY_ID"];
  const hasKeys = accessKeyId && env["AWS_ACCESS_KEY_ID"] === accessKeyId;
  if (!hasKeys && !isServed(env)) return null;
  const expiresAt = env["KOPS_MFA_EXPIRES_AT"] ?? "";
  return {
    profile: env["KOPS_MFA_PROFILE"] || null,
    expiresAt: hasKeys && /^\d{1,12}$/.test(expiresAt) ? Number(expiresAt) : null,
    accessKeyId: hasKeys ? accessKeyId : null,
    identity: env["KOPS_MFA_SESSION_ID"] || null,
    previous: decodePrevious(env["KOPS_MFA_PREVIOUS"] ?? ""),
    set: decodePrevious(env["KOPS_MFA_SET"] ?? ""),
  };
}

/** Whether the endpoint in the environment is that of a kops-mfa around this process. */
function isServed(env: Environment): boolean {
  const uri = env["KOPS_MFA_SERVER"];
  return Boolean(uri) && env["AWS_CONTAINER_CREDENTIALS_FULL_URI"] === uri;
}

/** What goes with the session. Keys beside one that is served were put there since, and stay. */
export function ownVariables({ accessKeyId }: CarriedSession): readonly string[] {
  return accessKeyId === null ? servedVariables : credentialVariables;
}

/**
 * The environment as it was before a session of ours came into it, so that one session never starts from
 * another. Of access keys that the session replaced only the id is left: the secret was not kept.
 * KOPS_MFA_PROFILE stays, since it says which profile the person works with.
 */
export function originalEnvironment(env: Environment): Environment {
  const carried = carriedSession(env);
  const isMeant = profileStillMeant(env, carried);
  const ours = new Set<string>(carried ? ownVariables(carried) : []);
  for (const name of markerVariables) {
    if (name !== "KOPS_MFA_PROFILE" || !isMeant) ours.add(name);
  }
  if (!carried && keysWerePutOver(env)) for (const name of leftBehind) ours.add(name);
  const kept = Object.entries(env).filter(([name]) => !ours.has(name));
  if (!carried) return Object.fromEntries(kept);
  const restored = restorable(carried, env)
    // The session of that profile was made without them.
    .filter(([name]) => name !== "KOPS_MFA_PROFILE" && !(isMeant && isRoleVariable(name)))
    .map(([name, value]) => [name, value ?? undefined] as const);
  const replacedKey = carried.previous.get("AWS_ACCESS_KEY_ID");
  const isReplaced = replacedKey && (carried.accessKeyId !== null || !env["AWS_ACCESS_KEY_ID"]);
  const key = isReplaced ? [["AWS_ACCESS_KEY_ID", replacedKey] as const] : [];
  return Object.fromEntries([...kept, ...restored, ...key]);
}

/** What a session of ours leaves beside long-lived keys that somebody exported over it. */
const leftBehind = ["AWS_SESSION_TOKEN", "AWS_CREDENTIAL_EXPIRATION", "AWS_SESSION_EXPIRATION"];

function keysWerePutOver(env: Environment): boolean {
  const isLongLived = env["AWS_ACCESS_KEY_ID"]?.startsWith("AKIA") === true;
  return env["KOPS_MFA_ACCESS_KEY_ID"] !== undefined && isLongLived;
}

/** Not where another tool's keys lie over the session, nor where a variable that the session had unset names another. */
function profileStillMeant(env: Environment, carried: CarriedSession | null): boolean {
  if (!carried) return env["KOPS_MFA_ACCESS_KEY_ID"] === undefined;
  return !env["AWS_PROFILE"] && !env["AWS_DEFAULT_PROFILE"];
}

/** What leaving the session gives back: a variable that the session had unset and that is there again is the person's. */
export function restorable(
  carried: CarriedSession,
  env: Environment,
): readonly (readonly [string, string | null])[] {
  const own = ownVariables(carried);
  return [...carried.previous].filter(([name]) => {
    if (setBySession.has(name)) return !isChangedSince(carried, name, env);
    if (unsetBySession.has(name)) return env[name] === undefined || own.includes(name);
    return carried.accessKeyId === null && wasSetToServe(name, env);
  });
}

/** Whether somebody has given the variable another value than the session did. */
function isChangedSince({ set }: CarriedSession, name: string, env: Environment): boolean {
  return set.has(name) && env[name] !== set.get(name);
}

/** What stood in the files for the SDKs, and the files themselves, unless the person has named others since. */
function wasSetToServe(name: string, env: Environment): boolean {
  if (fileVariables.some((file) => file === name)) return noFiles.has(env[name] ?? "");
  return name.startsWith("AWS_") && !neverGiven.has(name);
}

const neverGiven: ReadonlySet<string> = new Set([
  ...credentialVariables,
  ...conflictingVariables.map(({ name }) => name),
]);

/** Files without anything in them: on Unix and on Windows. */
const noFiles: ReadonlySet<string> = new Set(["/dev/null", "NUL"]);

const setBySession: ReadonlySet<string> = new Set([...settingVariables, "KOPS_MFA_PROFILE"]);

/** Whatever else KOPS_MFA_PREVIOUS may name was not the session's to take, and is not its to give. */
const unsetBySession: ReadonlySet<string> = new Set([
  ...conflictingVariables.filter(({ secret }) => !secret).map(({ name }) => name),
  ...roleVariables,
]);

/** Whether it is one of the {@link roleVariables}. */
export function isRoleVariable(name: string): boolean {
  return roleVariables.some((one) => one === name);
}
