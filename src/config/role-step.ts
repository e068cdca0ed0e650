import { ConfigError } from "../errors.ts";
import { checkRoleArn, deviceName } from "./arn.ts";
import type { Link, ProfileChain } from "./chain.ts";
import { roleDuration } from "./durations.ts";
import { lookup, lookupOwn } from "./lookup.ts";
import { describeOrigin, fromDefault, type Setting } from "./origin.ts";
import type { Inputs } from "./inputs.ts";
import { readSessionTags, type SessionTags } from "./session-tags.ts";

/** One role of the chain, with all that its AssumeRole call says. */
export interface RoleStep {
  readonly roleArn: Setting;
  readonly roleSessionName: Setting;
  readonly externalId: Setting | null;
  /** Seconds asked for, before any cap. */
  readonly durationSeconds: Setting<number>;
  /** Whether the keys stand in the same profile as the role. */
  readonly ownKeys: boolean;
  readonly tags: SessionTags;
}

/** Throws {@link ConfigError} for a role ARN that is none. */
export function checkLink(link: Link): Link {
  checkRoleArn(link.roleArn);
  return link;
}

/** The role of a link: what the request says counts for the last one only, the target's. */
export function roleStep(
  inputs: Inputs,
  chain: ProfileChain,
  link: Link,
  serial: Setting | null,
): { readonly step: RoleStep; readonly notes: readonly string[] } {
  const { files, request } = inputs;
  const { profile, roleArn, ownKeys } = link;
  const asked = link === chain.links.at(-1) ? request : null;
  const duration = roleDuration(files, profile, asked);
  const externalId = asked?.externalId ?? lookup(files, profile, "external_id");
  const own = (key: string) => lookupOwn(files, profile, key);
  const tags = readSessionTags(
    asked?.sessionTags ?? own("session_tags"),
    asked?.transitiveSessionTags ?? own("transitive_session_tags"),
  );
  const step = {
    ...{ roleArn, ownKeys, tags },
    roleSessionName: checkSessionName(
      asked?.roleSessionName ?? sessionName(inputs, profile) ?? defaultSessionName(serial),
    ),
    externalId: externalId && checkExternalId(externalId),
    durationSeconds: duration.setting,
  };
  return { step, notes: duration.notes };
}

function sessionName({ files, request }: Inputs, profile: string): Setting | null {
  const found = lookup(files, profile, "role_session_name");
  return found ?? request.defaults.get("role_session_name") ?? null;
}

/** Policies tie the session name to the user's (`sts:RoleSessionName` = `${aws:username}`), and devices are named like users. */
export function defaultSessionName(serial: Setting | null): Setting {
  const device = serial && deviceName(serial.value);
  if (device === "${user}") return fromDefault(device, "name of the MFA device");
  const name = device?.replace(/[^\w+=,.@-]/g, "-").slice(0, 64);
  return name && name.length >= 2
    ? fromDefault(name, "name of the MFA device")
    : fromDefault("kops-mfa", "default");
}

/** Form: docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
function checkSessionName(setting: Setting): Setting {
  if (/^[\w+=,.@-]{2,64}$/.test(setting.value.replaceAll("${user}", "user"))) return setting;
  throw new ConfigError(
    `${describeOrigin(setting.origin)}: "${setting.value}" cannot be a role session name`,
    { hint: "It has 2 to 64 letters, digits and any of _+=,.@-" },
  );
}

function checkExternalId(setting: Setting): Setting {
  if (/^[\w+=,.@:/-]{2,1224}$/.test(setting.value)) return setting;
  throw new ConfigError(`${describeOrigin(setting.origin)}: the value cannot be an external id`, {
    hint: "It has 2 to 1224 letters, digits and any of _+=,.@:/-",
  });
}
