import { lookup } from "./lookup.ts";
import type { Setting } from "./origin.ts";
import type { Inputs, Resolution } from "./resolve.ts";
import { requestVariables } from "./request.ts";
import { fromVariables } from "./variables.ts";

/** Keys for which more than one place may have a value. */
const places = {
  role_arn: requestVariables.roleArn,
  mfa_serial: requestVariables.serialNumber,
  region: requestVariables.region,
  duration_seconds: requestVariables.durationSeconds,
  role_session_name: requestVariables.roleSessionName,
  external_id: requestVariables.externalId,
} as const;

/** A value that somebody wrote down and that does not count. */
export interface Overridden {
  readonly key: keyof typeof places;
  readonly setting: Setting;
}

/** Every value that was found for the target and lost against another, in the order of precedence. */
export function overriddenValues(
  { files, env, request }: Inputs,
  resolution: Resolution,
): readonly Overridden[] {
  const used = new Set(usedSettings(resolution).map(place));
  const profile = request.awsProfile?.value ?? request.profile?.value ?? "default";
  return (Object.keys(places) as (keyof typeof places)[]).flatMap((key) => {
    const variables = places[key].map((name) => fromVariables(env, [name]));
    return [...variables, lookup(files, profile, key)]
      .filter((setting) => setting !== null)
      .filter((setting) => !used.has(place(setting)))
      .map((setting) => ({ key, setting }));
  });
}

function usedSettings(resolution: Resolution): readonly Setting<unknown>[] {
  const { profile, serialNumber, region, sessionDurationSeconds, roles } = resolution;
  const ofRoles = roles.flatMap((role) => [
    role.roleArn,
    role.roleSessionName,
    role.externalId,
    role.durationSeconds,
  ]);
  const all = [profile, serialNumber, region, sessionDurationSeconds, ...ofRoles];
  return all.filter((setting) => setting !== null);
}

function place({ origin }: Setting<unknown>): string {
  return JSON.stringify(origin);
}
