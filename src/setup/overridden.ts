import { describeOrigin, type Setting } from "../config/origin.ts";
import { requestVariables } from "../config/request.ts";
import type { Resolution } from "../config/resolve.ts";
import { fromVariables } from "../config/variables.ts";
import type { Environment } from "../environment/environment.ts";
import { ConfigError } from "../errors.ts";
import type { Draft } from "./draft.ts";

/**
 * Throws {@link ConfigError} where the files would mean another session than the draft, since something else in them wins: the
 * credentials file over the configuration, or the settings over both.
 */
export function refuseOverridden(draft: Draft, resolution: Resolution): void {
  const { source, roles, serialNumber, region } = resolution;
  const [role] = roles;
  const pairs: readonly (readonly [string, Setting | null, string | null])[] = [
    ["role_arn", roles.at(-1)?.roleArn ?? null, draft.roleArn],
    ["mfa_serial", serialNumber, draft.serialNumber],
    ["external_id", role?.externalId ?? null, draft.roleArn === null ? null : draft.externalId],
    ["region", region, draft.region ?? region?.value ?? null],
  ];
  const lost = pairs.find(([, setting, wanted]) => (setting?.value ?? null) !== wanted);
  if (lost) throw overridden(draft, lost[0], lost[1]);
  if (roles.length > 1 || source.where !== draft.keys.source.where) {
    throw new ConfigError(
      `profile "${draft.profile}" would start from ${source.where}, not from ${draft.keys.source.where}`,
      { hint: "Other lines of the profile say so: remove them, or choose another name." },
    );
  }
}

function overridden({ profile }: Draft, key: string, setting: Setting | null): ConfigError {
  const where = setting === null ? "another file" : describeOrigin(setting.origin);
  return new ConfigError(`${where} would win over the ${key} of profile "${profile}"`, {
    hint: "Remove that line, or choose another name for the profile.",
  });
}

/** One line for each variable of this shell that says something else than the profile, and wins over it. */
export function overridingVariables(draft: Draft, env: Environment): readonly string[] {
  const { roleArn, serialNumber, externalId, region } = draft;
  const pairs = Object.entries({ roleArn, serialNumber, externalId, region });
  return pairs.flatMap(([key, value]) => {
    const found = fromVariables(env, requestVariables[key as "roleArn"]);
    if (found === null || found.value === value) return [];
    const name = describeOrigin(found.origin);
    return [`${name} is set in this shell, and wins over the profile: unset ${name}`];
  });
}
