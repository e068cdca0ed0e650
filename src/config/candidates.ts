import { lookup } from "./lookup.ts";
import type { Setting } from "./origin.ts";
import type { Inputs } from "./inputs.ts";
import type { Resolution } from "./resolve.ts";
import { requestVariables } from "./request.ts";
import type { SettingKey } from "./settings.ts";
import { fromVariables } from "./variables.ts";

interface Places {
  readonly variables: readonly string[];
  readonly setting: SettingKey;
  /** Whether the AWS files may say it, too. */
  readonly inAwsFiles: boolean;
}

/** Keys for which more than one place may have a value. */
const places = {
  role_arn: { variables: requestVariables.roleArn, setting: "role_arn", inAwsFiles: true },
  mfa_serial: { variables: requestVariables.serialNumber, setting: "mfa_serial", inAwsFiles: true },
  region: { variables: requestVariables.region, setting: "region", inAwsFiles: true },
  duration_seconds: {
    variables: requestVariables.durationSeconds,
    setting: "duration",
    inAwsFiles: true,
  },
  role_session_name: {
    variables: requestVariables.roleSessionName,
    setting: "role_session_name",
    inAwsFiles: true,
  },
  external_id: { variables: requestVariables.externalId, setting: "external_id", inAwsFiles: true },
  state_store: { variables: ["KOPS_STATE_STORE"], setting: "state_store", inAwsFiles: false },
  cluster: { variables: ["KOPS_CLUSTER_NAME"], setting: "cluster", inAwsFiles: false },
} as const satisfies Readonly<Record<string, Places>>;

type Key = keyof typeof places;

/** A value that somebody wrote down and that does not count. */
export interface Overridden {
  readonly key: Key;
  readonly setting: Setting;
}

/** Every value that was found for the target and lost against another, in the order of precedence. */
export function overriddenValues(
  { files, env, request }: Inputs,
  resolution: Resolution,
): readonly Overridden[] {
  const used = new Set(usedSettings(resolution).map(place));
  const profile = request.awsProfile?.value ?? request.profile?.value ?? "default";
  return (Object.keys(places) as Key[]).flatMap((key) => {
    const { variables, setting, inAwsFiles } = places[key];
    const found = [
      ...variables.map((name) => fromVariables(env, [name])),
      request.section.get(setting) ?? null,
      inAwsFiles ? lookup(files, profile, key) : null,
      request.defaults.get(setting) ?? null,
    ];
    return found
      .filter((one) => one !== null)
      .filter((one) => !used.has(place(one)))
      .map((one) => ({ key, setting: one }));
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
  const { stateStore, cluster } = resolution;
  const all = [profile, serialNumber, region, sessionDurationSeconds, stateStore, cluster];
  return [...all, ...ofRoles].filter((setting) => setting !== null);
}

function place({ origin }: Setting<unknown>): string {
  return JSON.stringify(origin);
}
