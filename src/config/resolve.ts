import type { Environment, StsTarget } from "../context.ts";
import { ConfigError, CredentialsError } from "../errors.ts";
import { checkRoleArn, checkSerialNumber, deviceName } from "./arn.ts";
import { followProfile, type Link, type ProfileChain } from "./chain.ts";
import { checkSessionDuration, stepDuration } from "./durations.ts";
import { lookup, missingProfile } from "./lookup.ts";
import { describeOrigin, fromDefault, type Setting } from "./origin.ts";
import type { SharedFiles } from "./profiles.ts";
import type { Request } from "./request.ts";
import { environmentKeys, type Source } from "./source.ts";
import { resolveStsTarget } from "./sts-target.ts";

/** One role of the chain, with all that its AssumeRole call says. */
export interface RoleStep {
  readonly roleArn: Setting;
  readonly roleSessionName: Setting;
  readonly externalId: Setting | null;
  /** Seconds asked for, before any cap. */
  readonly durationSeconds: Setting<number>;
  /** Whether the keys stand in the same profile as the role. */
  readonly ownKeys: boolean;
}

/** Everything that decides a session: what the configuration and the request add up to. */
export interface Resolution {
  /** The profile that the session is named after; null when there is none in the files. */
  readonly profile: string | null;
  readonly source: Source;
  /** In the order in which they are assumed; empty for a session of the user's own. */
  readonly roles: readonly RoleStep[];
  readonly serialNumber: Setting | null;
  /** A serial of the profile that has the keys, which the SDKs don't use for the role; for words only. */
  readonly unusedSerialNumber: Setting | null;
  /** Seconds asked for a session of the user's own (GetSessionToken); null for the plan's default. */
  readonly sessionDurationSeconds: Setting<number> | null;
  /** The region that is exported; null when none is configured. */
  readonly region: Setting | null;
  readonly sts: StsTarget;
  /** Words for the person. */
  readonly notes: readonly string[];
}

/**
 * Works out which session is meant. Pure: everything comes in with the arguments. `env` is the environment
 * before any session of ours. Throws {@link ConfigError} and {@link CredentialsError}.
 */
export function resolve(files: SharedFiles, request: Request, env: Environment): Resolution {
  const profile = request.profile?.value ?? "default";
  const chain = findChain(files, request, env);
  const known = files.profiles.has(profile) ? profile : null;
  const serials = findSerials(files, request, known, chain);
  const region = request.region ?? (known === null ? null : regionOf(files, chain, known));
  const arn = chain.links.at(-1)?.roleArn.value ?? serials.used?.value ?? null;
  const steps = chain.links.map((link) => roleStep(files, request, chain, link, serials.used));
  const durations = steps.map(({ notes }) => notes).flat();
  return {
    profile: known,
    source: chain.source,
    roles: steps.map(({ step }) => step),
    serialNumber: serials.used,
    unusedSerialNumber: serials.unused,
    sessionDurationSeconds: userDuration(request, chain),
    region,
    sts: resolveStsTarget({ files, env, profile: known, region, arn }),
    notes: [...chain.notes, ...overrideNotes(files, request, known), ...durations],
  };
}

/**
 * The keys in the environment start the chain only when no profile is named, and [default] does not name a role
 * of its own: who names a profile means it.
 */
function findChain(files: SharedFiles, request: Request, env: Environment): ProfileChain {
  const named = request.profile;
  const profile = named?.value ?? "default";
  if (!named && (request.roleArn || !lookup(files, "default", "role_arn"))) {
    const source = environmentKeys(env);
    if (source) return environmentChain(source, request.roleArn);
  }
  if (files.profiles.has(profile)) {
    const chain = followProfile(files, profile, request.roleArn);
    return { ...chain, links: chain.links.map(checkLink) };
  }
  if (named) {
    const { origin } = named;
    throw missingProfile(files, profile, origin.kind === "variable" ? `${origin.name}: ` : "");
  }
  throw new CredentialsError(
    `there are no access keys: none in the environment, no profile "default" in ${files.paths.join(" or ")}`,
    {
      hint: "Run `aws configure`, name a profile, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
    },
  );
}

function environmentChain(source: Source, roleArn: Setting | null): ProfileChain {
  const links = roleArn ? [{ profile: "default", roleArn, ownKeys: false }] : [];
  return { source, links: links.map(checkLink), notes: [] };
}

function checkLink(link: Link): Link {
  checkRoleArn(link.roleArn);
  return link;
}

/** The device belongs to the user whose keys start the chain, so the first role that names one decides. */
function findSerials(
  files: SharedFiles,
  request: Request,
  target: string | null,
  chain: ProfileChain,
) {
  const profiles = [
    ...chain.links.map((link) => link.profile),
    ...(target === null ? [] : [target]),
  ];
  const candidates = profiles.map((profile) => lookup(files, profile, "mfa_serial"));
  const used = request.serialNumber ?? candidates.find((candidate) => candidate !== null) ?? null;
  const { profile: keys } = chain.source;
  const unused = used || keys === null ? null : lookup(files, keys, "mfa_serial");
  return { used: used && checkSerialNumber(used), unused };
}

function userDuration({ durationSeconds }: Request, chain: ProfileChain): Setting<number> | null {
  return chain.links.length === 0 && durationSeconds ? checkSessionDuration(durationSeconds) : null;
}

function regionOf(files: SharedFiles, chain: ProfileChain, target: string): Setting | null {
  const found =
    lookup(files, target, "region") ??
    lookup(files, chain.links.at(-1)?.profile ?? target, "region");
  if (!found || /^[a-z0-9-]{1,63}$/.test(found.value)) return found;
  throw new ConfigError(
    `${describeOrigin(found.origin)}: "${found.value}" is not the name of a region`,
    {
      hint: "A region looks like eu-west-1.",
    },
  );
}

function roleStep(
  files: SharedFiles,
  request: Request,
  chain: ProfileChain,
  link: Link,
  serial: Setting | null,
): { readonly step: RoleStep; readonly notes: readonly string[] } {
  const isTarget = link === chain.links.at(-1);
  const asked = isTarget ? request : null;
  const duration = stepDuration(files, link.profile, asked?.durationSeconds ?? null);
  const externalId = asked?.externalId ?? lookup(files, link.profile, "external_id");
  const name =
    asked?.roleSessionName ??
    lookup(files, link.profile, "role_session_name") ??
    defaultSessionName(serial);
  return {
    step: {
      roleArn: link.roleArn,
      roleSessionName: checkSessionName(name),
      externalId: externalId && checkExternalId(externalId),
      durationSeconds: duration.setting,
      ownKeys: link.ownKeys,
    },
    notes: duration.notes,
  };
}

/** Policies tie the session name to the user's (`sts:RoleSessionName` = `${aws:username}`), and devices are named like users. */
function defaultSessionName(serial: Setting | null): Setting {
  const name =
    serial &&
    deviceName(serial.value)
      ?.replace(/[^\w+=,.@-]/g, "-")
      .slice(0, 64);
  return name && name.length >= 2
    ? fromDefault(name, "name of the MFA device")
    : fromDefault("kops-mfa", "default");
}

/** Form: docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
function checkSessionName(setting: Setting): Setting {
  if (/^[\w+=,.@-]{2,64}$/.test(setting.value)) return setting;
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

/** A variable that silently replaces the role of a profile that was named is how people end in the wrong account. */
function overrideNotes(
  files: SharedFiles,
  request: Request,
  target: string | null,
): readonly string[] {
  const { roleArn, profile } = request;
  if (roleArn?.origin.kind !== "variable" || !profile || target === null) return [];
  const own = lookup(files, target, "role_arn");
  if (!own || own.value === roleArn.value) return [];
  return [
    `${roleArn.origin.name} replaces the role of profile "${target}" (${own.value}) with ${roleArn.value}`,
  ];
}
