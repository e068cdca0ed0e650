import type { Inputs } from "./inputs.ts";
import type { StsTarget } from "../context/sts.ts";
import { CredentialsError } from "../errors.ts";
import { checkSerialNumber } from "./arn.ts";
import { followProfile, type ProfileChain } from "./chain.ts";
import { checkSessionDuration, profileDuration } from "./durations.ts";
import { lookup, lookupStated, missingProfile } from "./lookup.ts";
import { describeOrigin, type Setting } from "./origin.ts";
import type { SharedFiles } from "./profiles.ts";
import { environmentSource } from "./providers.ts";
import type { Request } from "./request.ts";
import {
  checkRegion,
  readDuration,
  type CacheKind,
  type SessionStrategy,
} from "./request-values.ts";
import { checkLink, roleStep, type RoleStep } from "./role-step.ts";
import type { Source } from "./source.ts";
import { resolveStsTarget } from "./sts-target.ts";

/** Everything that decides a session: what the configuration and the request add up to. */
export interface Resolution {
  /** The profile that the session is named after; null when it has none. */
  readonly profile: Setting | null;
  /** The profiles of the AWS files that it was made from. */
  readonly profiles: readonly string[];
  readonly source: Source;
  /** In the order in which they are assumed; empty for a session of the user's own. */
  readonly roles: readonly RoleStep[];
  readonly serialNumber: Setting | null;
  /** A serial of the profile that has the keys, which the SDKs don't use for the role; for words only. */
  readonly unusedSerialNumber: Setting | null;
  /** Seconds asked for a session of the user's own (GetSessionToken); null for the plan's default. */
  readonly sessionDurationSeconds: Setting<number> | null;
  /** A session with less left than this is made anew; null for the margin that always holds. */
  readonly minTtlSeconds: Setting<number> | null;
  readonly session: Setting<SessionStrategy> | null;
  /** A command that prints the code. */
  readonly mfaProcess: Setting | null;
  readonly cache: Setting<CacheKind> | null;
  /** The region that is exported; null when none is configured. */
  readonly region: Setting | null;
  readonly stateStore: Setting | null;
  readonly cluster: Setting | null;
  /** Names of the variables that do not count beside what the command line names. */
  readonly ignoredVariables: readonly string[];
  readonly sts: StsTarget;
  /** What decides whose session it is and may surprise: for the person to see in every run that uses the session. */
  readonly identityNotes: readonly string[];
  /** Other notes, for when a session is made. */
  readonly notes: readonly string[];
}

/**
 * Works out which session is meant. Pure: everything comes in with the arguments.
 * Throws {@link ConfigError} and {@link CredentialsError}.
 */
export function resolve(inputs: Inputs): Resolution {
  const { files, request, env } = inputs;
  const chain = findChain(inputs);
  const aws = awsProfile(inputs);
  const serials = findSerials(inputs, aws, chain);
  const region = findRegion(inputs, aws, chain);
  const arn = chain.links.at(-1)?.roleArn.value ?? serials.used?.value ?? null;
  const steps = chain.links.map((link) => roleStep(inputs, chain, link, serials.used));
  return {
    profile: belongsToProfile(inputs, aws, chain) ? nameOf(request) : null,
    profiles: profilesOf(aws, chain),
    source: chain.source,
    roles: steps.map(({ step }) => step),
    serialNumber: serials.used,
    unusedSerialNumber: serials.unused,
    sessionDurationSeconds: userDuration(inputs, aws, chain),
    minTtlSeconds: request.minTtlSeconds,
    session: request.session,
    mfaProcess: findMfaProcess(inputs, aws, chain),
    cache: request.cache,
    region,
    stateStore: request.stateStore,
    cluster: request.cluster,
    ignoredVariables: request.ignoredVariables.map(({ name }) => name),
    sts: resolveStsTarget({ files, env, profile: aws, region, arn }),
    identityNotes: [
      ...chain.notes,
      ...overrideNotes(inputs, aws),
      ...ignoredNotes(request, { region, serialNumber: serials.used, role: steps.at(-1)?.step }),
    ],
    notes: steps.flatMap(({ notes }) => notes),
  };
}

/** Keys of the environment that nobody named a profile for belong to none, also where there is a [default]. */
function belongsToProfile({ request }: Inputs, aws: string | null, chain: ProfileChain): boolean {
  if (request.hasSection) return true;
  return aws !== null && (request.profile !== null || chain.source.profile !== null);
}

function nameOf({ profile }: Request): Setting {
  return profile ?? { value: "default", origin: { kind: "default", why: "default" } };
}

/** The profile of the AWS files that the session starts from; null when there is none of its name. */
export function awsProfile({ files, request }: Omit<Inputs, "env">): string | null {
  const name = request.awsProfile?.value ?? nameOf(request).value;
  return files.profiles.has(name) ? name : null;
}

/**
 * The keys in the environment start the chain only when no AWS profile is named, and [default] does not name a role
 * of its own: who names a profile means it.
 */
function findChain(inputs: Inputs): ProfileChain {
  const { files, request, env } = inputs;
  const aws = awsProfile(inputs);
  const isNamed = request.awsProfile ?? (request.profile && (aws !== null || !request.hasSection));
  if (isNamed) {
    if (aws === null) throw missing(files, request.awsProfile ?? nameOf(request));
    return checked(followProfile(files, env, aws, request.roleArn));
  }
  if (request.roleArn || !lookup(files, "default", "role_arn")) {
    const source = environmentSource(env);
    if (source) return environmentChain(source, request.roleArn);
  }
  if (files.profiles.has("default")) {
    return checked(followProfile(files, env, "default", request.roleArn));
  }
  throw new CredentialsError(
    `there are no access keys: none in the environment, no profile "default" in ${files.paths.join(" or ")}`,
    {
      hint: "Run `aws configure`, name a profile, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
    },
  );
}

function missing(files: SharedFiles, { value, origin }: Setting): Error {
  return missingProfile(
    files,
    value,
    origin.kind === "option" ? "" : `${describeOrigin(origin)}: `,
  );
}

function environmentChain(source: Source, roleArn: Setting | null): ProfileChain {
  const links = roleArn ? [{ profile: "default", roleArn, ownKeys: false }] : [];
  return checked({ source, links, notes: [] });
}

function checked(chain: ProfileChain): ProfileChain {
  return { ...chain, links: chain.links.map(checkLink) };
}

/** The device belongs to the user whose keys start the chain, so the first role that names one decides. */
function findSerials({ files, request }: Inputs, aws: string | null, chain: ProfileChain) {
  const profiles = [...chain.links.map((link) => link.profile), ...(aws === null ? [] : [aws])];
  const candidates = [lookupStated, lookup].flatMap((look) =>
    profiles.map((profile) => look(files, profile, "mfa_serial")),
  );
  const used =
    request.serialNumber ??
    candidates.find((candidate) => candidate !== null) ??
    request.fallbackSerialNumber ??
    request.defaults.get("mfa_serial") ??
    null;
  const { profile: keys } = chain.source;
  const unused = used || keys === null ? null : lookup(files, keys, "mfa_serial");
  return { used: used && checkSerialNumber(used), unused };
}

function findRegion(
  { files, request }: Inputs,
  aws: string | null,
  chain: ProfileChain,
): Setting | null {
  const inFiles = [aws, chain.links.at(-1)?.profile ?? null].map((profile) =>
    profile === null ? null : lookup(files, profile, "region"),
  );
  const found = inFiles.find((setting) => setting !== null);
  return checkRegion(request.region ?? found ?? request.defaults.get("region") ?? null);
}

/** Own, else that of the profiles that the chain starts from (github.com/99designs/aws-vault/issues/389). */
function findMfaProcess({ files, request }: Inputs, aws: string | null, chain: ProfileChain) {
  const profiles = [
    aws,
    ...chain.links.map(({ profile }) => profile).reverse(),
    chain.source.profile,
  ];
  const inFiles = profiles.map((profile) =>
    profile === null ? null : lookup(files, profile, "mfa_process"),
  );
  const found = inFiles.find((setting) => setting !== null);
  return request.mfaProcess ?? found ?? request.defaults.get("mfa_process") ?? null;
}

function userDuration({ files, request }: Inputs, aws: string | null, chain: ProfileChain) {
  if (chain.links.length > 0) return null;
  const asked =
    request.durationSeconds ??
    (aws === null ? null : profileDuration(files, aws).setting) ??
    readDuration(request.defaults.get("duration") ?? null);
  return asked && checkSessionDuration(asked);
}

function profilesOf(aws: string | null, chain: ProfileChain): readonly string[] {
  const all = [aws, chain.source.profile, ...chain.links.map(({ profile }) => profile)];
  return [...new Set(all.filter((name) => name !== null))];
}

interface Used {
  readonly region: Setting | null;
  readonly serialNumber: Setting | null;
  readonly role: RoleStep | undefined;
}

/** The ignored variables that would have given another session. */
function ignoredNotes(request: Request, { region, serialNumber, role }: Used): readonly string[] {
  const used = {
    roleArn: role?.roleArn,
    serialNumber,
    externalId: role?.externalId,
    roleSessionName: role?.roleSessionName,
    region,
  };
  const names = request.ignoredVariables
    .filter(({ key, value }) => used[key]?.value !== value)
    .map(({ name }) => name);
  if (names.length === 0) return [];
  const because =
    request.profile?.origin.kind === "option"
      ? `profile "${request.profile.value}" is named on the command line`
      : "--role-arn names another role";
  const verb = names.length === 1 ? "is" : "are";
  const list = new Intl.ListFormat("en").format(names);
  return [`${list} ${verb} ignored, because ${because}`];
}

/** A variable that silently replaces the role of a profile that was named is how people end in the wrong account. */
function overrideNotes({ files, request }: Inputs, aws: string | null): readonly string[] {
  const { roleArn, profile } = request;
  if (roleArn?.origin.kind !== "variable" || !profile || aws === null) return [];
  const own = lookup(files, aws, "role_arn");
  if (!own || own.value === roleArn.value) return [];
  return [
    `${roleArn.origin.name} replaces the role of profile "${profile.value}" (${own.value}) with ${roleArn.value}`,
  ];
}
