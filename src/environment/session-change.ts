import type { Environment } from "./environment.ts";
import type { EnvironmentChange } from "../shell/change.ts";
import {
  carriedSession,
  isRoleVariable,
  originalEnvironment,
  ownVariables,
  restorable,
} from "./carried.ts";
import { isoSeconds } from "./instant.ts";
import { encodePrevious, rememberFrom } from "./previous.ts";
import {
  conflictingVariables,
  credentialVariables,
  fileVariables,
  markerVariables,
  roleVariables,
} from "./variables.ts";

/** What the environment of a session says besides its keys. */
export interface SessionSettings {
  /** Null when the session belongs to no profile. */
  readonly profile: string | null;
  /** Null when no region is configured: a guess is not exported. */
  readonly region: string | null;
  /** KOPS_STATE_STORE and KOPS_CLUSTER_NAME, where the settings say them. */
  readonly stateStore: string | null;
  readonly cluster: string | null;
  /** Names of the {@link roleVariables} that the session was made without. */
  readonly ignoredVariables: readonly string[];
}

/** What the environment of a session says. */
export interface SessionEnvironment extends SessionSettings {
  /** {@link sessionIdentity} of what the session was made for. */
  readonly identity: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** What the environment says of a session that an endpoint gives out, so that it can be renewed. */
export interface ServedEnvironment extends SessionSettings {
  readonly uri: string;
  readonly authorizationToken: string;
  /** The profile's other settings, which the SDKs would have read in the files. */
  readonly sdkSettings: readonly Pair[];
  /** A file with nothing in it. */
  readonly noFile: string;
}

type Pair = readonly [name: string, value: string];

const conflictingNames = conflictingVariables.map(({ name }) => name);

/** The change that puts a session into a shell with the environment `env`. */
export function enterSession(session: SessionEnvironment, env: Environment): EnvironmentChange {
  const own: readonly Pair[] = [
    ...plainPairs(session),
    ["KOPS_MFA_ACCESS_KEY_ID", session.accessKeyId],
    ["KOPS_MFA_SESSION_ID", session.identity],
  ];
  return enter(own, settingPairs(session), session, env);
}

/** The change for a child that gets its session from an endpoint: what the SDKs would find before they look there is gone. */
export function enterServed(session: ServedEnvironment, env: Environment): EnvironmentChange {
  const { uri, authorizationToken, profile, noFile } = session;
  const own: readonly Pair[] = [
    ["AWS_CONTAINER_CREDENTIALS_FULL_URI", uri],
    ["AWS_CONTAINER_AUTHORIZATION_TOKEN", authorizationToken],
    ["KOPS_MFA_SERVER", uri],
    ...profilePair(profile),
  ];
  const files = fileVariables.map((name) => [name, noFile] as const);
  const settings = [...settingPairs(session), ...session.sdkSettings, ...files];
  const { unset, ...change } = enter([...own, ...settings], settings, session, env);
  return { ...change, unset: [...new Set([...unset, ...credentialVariables])] };
}

/** Sets what is the session's own, and remembers what was there of the settings, and of what must go. */
function enter(
  own: readonly Pair[],
  settings: readonly Pair[],
  session: SessionSettings,
  env: Environment,
) {
  const original = originalEnvironment(env);
  const remembered = new Map([
    ...rememberFrom(original, [
      ...(original["AWS_ACCESS_KEY_ID"] ? ["AWS_ACCESS_KEY_ID"] : []),
      ...settings.map(([name]) => name),
      ...conflictingVariables
        .filter(({ name, secret }) => !secret && original[name] !== undefined)
        .map(({ name }) => name),
    ]),
    ...rememberFrom(original, session.ignoredVariables),
    ...heldRoleVariables(env),
    ...ownProfile(env),
  ]);
  const chosen = new Map(settingPairs(session));
  const set: readonly Pair[] = [
    ...own,
    ...(chosen.size === 0 ? [] : [["KOPS_MFA_SET", encodePrevious(chosen)] as const]),
    ...(remembered.size === 0 ? [] : [["KOPS_MFA_PREVIOUS", encodePrevious(remembered)] as const]),
  ];
  const held = roleVariables.filter((name) => remembered.has(name));
  const { unset, restored } = leaveEarlier(set, held, env);
  return { unset, set: [...restored, ...set], conflicting: [...conflictingNames, ...held] };
}

/** What an earlier session has unset of them, as long as its profile is the one that the person works with. */
function heldRoleVariables(env: Environment): readonly (readonly [string, string | null])[] {
  const original = originalEnvironment(env);
  const previous = [...(carriedSession(env)?.previous ?? [])];
  return previous.filter(([name]) => isRoleVariable(name) && original[name] === undefined);
}

/** The KOPS_MFA_PROFILE that the person set, not a session. */
function ownProfile(env: Environment): readonly (readonly [string, string])[] {
  const carried = carriedSession(env);
  const own = carried
    ? carried.previous.get("KOPS_MFA_PROFILE")
    : originalEnvironment(env)["KOPS_MFA_PROFILE"];
  return own ? [["KOPS_MFA_PROFILE", own]] : [];
}

/** The same session for a file that some other program reads: nothing to undo, nothing to unset. */
export function plainSession(session: SessionEnvironment): EnvironmentChange {
  return { unset: [], set: plainPairs(session) };
}

/** The change that takes a session out of a shell again; null when `env` carries none. */
export function leaveSession(env: Environment): EnvironmentChange | null {
  const carried = carriedSession(env);
  if (!carried) return null;
  const given = restorable(carried, env);
  const set = given.filter((pair): pair is Pair => pair[1] !== null);
  const back = new Set(set.map(([name]) => name));
  const gone = [...ownVariables(carried), ...markerVariables, ...given.map(([name]) => name)];
  return { unset: [...new Set(gone)].filter((name) => !back.has(name)), set };
}

/** Unsets what would win over the session, and puts right what an earlier session of ours set and this one does not. */
function leaveEarlier(set: readonly Pair[], held: readonly string[], env: Environment) {
  const conflicting = [...conflictingNames, ...held];
  const settled = new Set([...set.map(([name]) => name), ...conflicting]);
  const earlier = leaveSession(env);
  const stale = [...(earlier?.unset ?? []), ...markerVariables].filter(
    (name) => !settled.has(name),
  );
  return {
    unset: [...new Set([...conflicting, ...stale])],
    restored: (earlier?.set ?? []).filter(([name]) => !settled.has(name)),
  };
}

function plainPairs(session: SessionEnvironment): readonly Pair[] {
  const expiration = isoSeconds(session.expiresAt);
  return [
    ["AWS_ACCESS_KEY_ID", session.accessKeyId],
    ["AWS_SECRET_ACCESS_KEY", session.secretAccessKey],
    ["AWS_SESSION_TOKEN", session.sessionToken],
    ["AWS_CREDENTIAL_EXPIRATION", expiration],
    ["AWS_SESSION_EXPIRATION", expiration],
    ...settingPairs(session),
    ...profilePair(session.profile),
    ["KOPS_MFA_EXPIRES_AT", String(Math.floor(session.expiresAt / 1000))],
  ];
}

function profilePair(profile: string | null): readonly Pair[] {
  return profile === null ? [] : [["KOPS_MFA_PROFILE", profile]];
}

function settingPairs({ region, stateStore, cluster }: SessionSettings): readonly Pair[] {
  const pairs: readonly (readonly [string, string | null])[] = [
    ["AWS_REGION", region],
    ["AWS_DEFAULT_REGION", region],
    ["KOPS_STATE_STORE", stateStore],
    ["KOPS_CLUSTER_NAME", cluster],
  ];
  return pairs.filter((pair): pair is Pair => pair[1] !== null);
}
