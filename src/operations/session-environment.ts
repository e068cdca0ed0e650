import { valueOf, type Setting } from "../config/origin.ts";
import { awsProfile } from "../config/resolve.ts";
import { lookupServed, sdkSettings } from "../config/sdk-settings.ts";
import type { Context } from "../context.ts";
import type { CredentialServer } from "../context/credential-server.ts";
import type { StsSession } from "../context/sts.ts";
import type {
  ServedEnvironment,
  SessionEnvironment,
  SessionSettings,
} from "../environment/session-change.ts";
import { sessionIdentity } from "../session/identity.ts";
import type { Intent } from "./resolve-session.ts";

/** What the environment of the session says. */
export function sessionEnvironment(
  intent: Pick<Intent, "resolution">,
  { credentials, expiresAt }: StsSession,
): SessionEnvironment {
  const identity = sessionIdentity(intent.resolution);
  return { ...credentials, expiresAt, identity, ...sessionSettings(intent) };
}

/** What the environment of a child says that gets the session from an endpoint. */
export function servedEnvironment(
  intent: Intent,
  { uri, authorizationToken }: CredentialServer,
  { platform }: Pick<Context, "platform">,
): ServedEnvironment {
  const { files, env } = intent;
  const profile = awsProfile(intent);
  const settings = sessionSettings(intent);
  return {
    uri,
    authorizationToken,
    ...settings,
    // Exported only here: with keys in the environment the child reads it in the file.
    region: settings.region ?? valueOf(lookupServed(files, profile, "region")),
    sdkSettings: sdkSettings(files, profile, env),
    noFile: platform === "win32" ? "NUL" : "/dev/null",
  };
}

function sessionSettings({ resolution }: Pick<Intent, "resolution">): SessionSettings {
  const { profile, region, stateStore, cluster, ignoredVariables } = resolution;
  return {
    profile: valueOf(profile),
    region: valueOf(region),
    stateStore: fromSettings(stateStore),
    cluster: fromSettings(cluster),
    ignoredVariables,
  };
}

/** A variable of the person's is left as it is, so that what they change it to later counts. */
function fromSettings(setting: Setting | null): string | null {
  return setting?.origin.kind === "variable" ? null : valueOf(setting);
}
