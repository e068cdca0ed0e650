import type { Environment } from "../environment/environment.ts";
import { UsageError } from "../errors.ts";
import { fromOption, type Setting } from "./origin.ts";
import {
  checkRegion,
  checkSingleLine,
  checkTokenCode,
  isOn,
  readCacheKind,
  readDuration,
  readSessionStrategy,
  type CacheKind,
  type SessionStrategy,
} from "./request-values.ts";
import { fromVariables } from "./variables.ts";
import type { SettingKey, Settings, SettingSection } from "./settings.ts";

/** The options of the command line that decide which session is meant, as typed. */
export interface RequestOptions {
  readonly profile?: string | undefined;
  readonly region?: string | undefined;
  readonly roleArn?: string | undefined;
  readonly serialNumber?: string | undefined;
  readonly tokenCode?: string | undefined;
  readonly roleSessionName?: string | undefined;
  readonly externalId?: string | undefined;
  readonly durationSeconds?: string | undefined;
  readonly duration?: string | undefined;
  readonly minTtl?: string | undefined;
  readonly noSession?: boolean | undefined;
  readonly noPrompt?: boolean | undefined;
}

/** What the person asked for, on the command line, in variables, or in their settings for the profile; null where they did not say. */
export interface Request {
  /** The name of the session's profile: a section of the settings, or a profile of the AWS files. */
  readonly profile: Setting | null;
  /** Whether the settings have a section of that name. */
  readonly hasSection: boolean;
  /** That section; empty where there is none. */
  readonly section: SettingSection;
  /** The AWS profile that the section names. */
  readonly awsProfile: Setting | null;
  readonly region: Setting | null;
  readonly roleArn: Setting | null;
  readonly serialNumber: Setting | null;
  /** KOPS_MFA_ARN where it counts only if no file names a device: beside a profile that is named on the command line. */
  readonly fallbackSerialNumber: Setting | null;
  readonly tokenCode: Setting | null;
  readonly roleSessionName: Setting | null;
  readonly externalId: Setting | null;
  readonly durationSeconds: Setting<number> | null;
  readonly minTtlSeconds: Setting<number> | null;
  readonly session: Setting<SessionStrategy> | null;
  readonly mfaProcess: Setting | null;
  /** Whether a person may be asked. */
  readonly mayPrompt: boolean;
  readonly cache: Setting<CacheKind> | null;
  readonly stateStore: Setting | null;
  readonly cluster: Setting | null;
  readonly sessionTags: Setting | null;
  readonly transitiveSessionTags: Setting | null;
  /** Variables that are set and do not count beside what the command line names. */
  readonly ignoredVariables: readonly IgnoredVariable[];
  /** What counts where neither the request nor the AWS files say anything: `[defaults]` of the settings. */
  readonly defaults: SettingSection;
}

/** A variable that belongs to another role than the one that the command line asks for. */
export interface IgnoredVariable {
  readonly key: RoleKey;
  readonly name: string;
  readonly value: string;
}

/** Every option that decides a session, its variables in order of precedence. */
export const requestVariables = {
  profile: ["KOPS_MFA_PROFILE", "AWS_PROFILE", "AWS_DEFAULT_PROFILE"],
  region: ["KOPS_MFA_REGION", "AWS_REGION", "AWS_DEFAULT_REGION"],
  roleArn: ["KOPS_MFA_ROLE_ARN"],
  serialNumber: ["KOPS_MFA_ARN", "AWS_MFA_SERIAL"],
  tokenCode: ["KOPS_MFA_TOKEN_CODE"],
  roleSessionName: ["KOPS_MFA_ROLE_SESSION_NAME"],
  externalId: ["KOPS_MFA_EXTERNAL_ID"],
  durationSeconds: ["KOPS_MFA_DURATION_SECONDS", "KOPS_MFA_DURATION"],
  minTtl: ["KOPS_MFA_MIN_TTL"],
  noSession: ["KOPS_MFA_NO_SESSION"],
  noPrompt: ["KOPS_MFA_NO_PROMPT"],
} as const satisfies Record<string, readonly string[]>;

/**
 * The role that the kops documentation has people export (kops, docs/mfa.md), its device, and what belongs to that role. None of them
 * is about a profile that the command line names.
 */
const roleVariables = {
  roleArn: "KOPS_MFA_ROLE_ARN",
  serialNumber: "KOPS_MFA_ARN",
  externalId: "KOPS_MFA_EXTERNAL_ID",
  roleSessionName: "KOPS_MFA_ROLE_SESSION_NAME",
  region: "KOPS_MFA_REGION",
} as const;
type RoleKey = keyof typeof roleVariables;

type RequestKey = Exclude<keyof typeof requestVariables, "noSession" | "noPrompt">;

/**
 * Reads the request: option before variable before the profile's section of the settings, but for the variables that are ignored
 * ({@link ignoredVariables}). `env` is the environment before any session of ours. Throws {@link UsageError} for an option or variable of the wrong form, {@link ConfigError} for a setting.
 */
export function readRequest(
  options: RequestOptions,
  env: Environment,
  settings: Settings,
): Request {
  const ignored = ignoredVariables(options, env);
  const counting = (key: RequestKey) =>
    requestVariables[key].filter((name) => !ignored.some((one) => one.name === name));
  const given = (key: RequestKey) =>
    checkSingleLine(optionOf(options, key) ?? fromVariables(env, counting(key)));
  const { sections, defaults } = settings;
  const profile = given("profile") ?? setting(defaults, "profile");
  const section = sections.get(profile?.value ?? "default");
  const own = (key: SettingKey) => setting(section, key);
  const ownOrDefault = (key: SettingKey) => own(key) ?? setting(defaults, key);
  const said = (key: RequestKey, settingKey: SettingKey) => given(key) ?? own(settingKey);
  const variable = (name: string) => fromVariables(env, [name]);
  const duration = durationOption(options) ?? said("durationSeconds", "duration");
  const switchedOff = noSession(options) ?? variable("KOPS_MFA_NO_SESSION");
  return {
    profile,
    hasSection: section !== undefined,
    section: section ?? new Map(),
    awsProfile: own("profile"),
    region: checkRegion(said("region", "region")),
    roleArn: said("roleArn", "role_arn"),
    serialNumber: said("serialNumber", "mfa_serial"),
    fallbackSerialNumber: checkSingleLine(variable("KOPS_MFA_ARN")),
    tokenCode: checkTokenCode(given("tokenCode")),
    roleSessionName: said("roleSessionName", "role_session_name"),
    externalId: said("externalId", "external_id"),
    durationSeconds: readDuration(duration),
    minTtlSeconds: readDuration(given("minTtl") ?? ownOrDefault("min_ttl")),
    session: readSessionStrategy(switchedOff, ownOrDefault("session")),
    mfaProcess: own("mfa_process"),
    mayPrompt: options.noPrompt !== true && !isOn(variable("KOPS_MFA_NO_PROMPT")),
    cache: readCacheKind(variable("KOPS_MFA_CACHE") ?? ownOrDefault("cache")),
    stateStore: variable("KOPS_STATE_STORE") ?? ownOrDefault("state_store"),
    cluster: variable("KOPS_CLUSTER_NAME") ?? ownOrDefault("cluster"),
    sessionTags: variable("AWS_SESSION_TAGS"),
    transitiveSessionTags: variable("AWS_TRANSITIVE_TAGS"),
    ignoredVariables: ignored,
    defaults,
  };
}

/**
 * The {@link roleVariables} that are set and do not count: all of them beside a profile that is named on the command line, so that
 * exported variables cannot turn it into another role. What only describes the variables' role is ignored with that role.
 */
function ignoredVariables(options: RequestOptions, env: Environment): readonly IgnoredVariable[] {
  const isNamed = options.profile !== undefined;
  const isReplaced =
    Boolean(env[roleVariables.roleArn]) && (isNamed || options.roleArn !== undefined);
  return (Object.keys(roleVariables) as RoleKey[]).flatMap((key) => {
    const name = roleVariables[key];
    const value = env[name];
    const isIgnored = key === "roleArn" || key === "serialNumber" ? isNamed : isReplaced;
    return value && isIgnored ? [{ key, name, value }] : [];
  });
}

function setting(section: SettingSection | undefined, key: SettingKey): Setting | null {
  return section?.get(key) ?? null;
}

/** `roleArn` is `--role-arn`. */
export function optionName(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function optionOf(options: RequestOptions, key: RequestKey): Setting | null {
  const value = options[key];
  return value === undefined ? null : fromOption(optionName(key), value);
}

function durationOption({ duration, durationSeconds }: RequestOptions): Setting | null {
  if (duration === undefined) return null;
  if (durationSeconds !== undefined) {
    throw new UsageError("--duration and --duration-seconds are two words for one thing", {
      hint: "Give one of them.",
    });
  }
  return fromOption("--duration", duration);
}

function noSession({ noSession: isGiven }: RequestOptions): Setting | null {
  return isGiven === true ? fromOption("--no-session", "true") : null;
}
