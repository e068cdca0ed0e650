import type { Environment } from "../context.ts";
import { UsageError } from "../errors.ts";
import { parseDuration } from "./duration.ts";
import type { Origin, Setting } from "./origin.ts";

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
}

/** What the person asked for on the command line or in variables; null where they did not say. */
export interface Request {
  readonly profile: Setting | null;
  readonly region: Setting | null;
  readonly roleArn: Setting | null;
  readonly serialNumber: Setting | null;
  readonly tokenCode: Setting | null;
  readonly roleSessionName: Setting | null;
  readonly externalId: Setting | null;
  readonly durationSeconds: Setting<number> | null;
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
} as const satisfies Record<string, readonly string[]>;

type RequestKey = keyof typeof requestVariables;

/**
 * Reads the request: option before variable. `env` is the environment before any session of ours.
 * Throws {@link UsageError} for a value that has the wrong form.
 */
export function readRequest(options: RequestOptions, env: Environment): Request {
  const text = (key: RequestKey) =>
    checkSingleLine(fromOption(options, key) ?? fromVariables(env, requestVariables[key]));
  return {
    profile: text("profile"),
    region: checkRegion(text("region")),
    roleArn: text("roleArn"),
    serialNumber: text("serialNumber"),
    tokenCode: checkTokenCode(text("tokenCode")),
    roleSessionName: text("roleSessionName"),
    externalId: text("externalId"),
    durationSeconds: readDuration(durationOption(options) ?? text("durationSeconds")),
  };
}

/** `roleArn` is `--role-arn`. */
export function optionName(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function fromOption(options: RequestOptions, key: RequestKey): Setting | null {
  const value = options[key];
  return value === undefined ? null : { value, origin: option(optionName(key)) };
}

function durationOption(options: RequestOptions): Setting | null {
  const { duration, durationSeconds } = options;
  if (duration === undefined) return null;
  if (durationSeconds !== undefined) {
    throw new UsageError("--duration and --duration-seconds are two words for one thing", {
      hint: "Give one of them.",
    });
  }
  return { value: duration, origin: option("--duration") };
}

function option(name: string): Origin {
  return { kind: "option", name };
}

/** The first of the variables that is set and not empty. */
export function fromVariables(env: Environment, names: readonly string[]): Setting | null {
  for (const name of names) {
    const value = env[name];
    if (value) return { value, origin: { kind: "variable", name } };
  }
  return null;
}

function name({ origin }: Setting): string {
  return origin.kind === "option" || origin.kind === "variable" ? origin.name : "value";
}

function checkSingleLine(setting: Setting | null): Setting | null {
  if (setting === null) return null;
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (setting.value === "" || /[\0-\x1f\x7f]/.test(setting.value)) {
    throw new UsageError(`${name(setting)}: the value is empty or has control characters in it`, {
      hint: `Give ${name(setting)} a value of one line, or leave it out.`,
    });
  }
  return setting;
}

/** The region becomes a part of STS's host name. */
function checkRegion(setting: Setting | null): Setting | null {
  if (setting === null || /^[a-z0-9-]{1,63}$/.test(setting.value)) return setting;
  throw new UsageError(`${name(setting)}: "${setting.value}" is not the name of a region`, {
    hint: "A region looks like eu-west-1.",
  });
}

function checkTokenCode(setting: Setting | null): Setting | null {
  if (setting === null || /^\d{6}$/.test(setting.value)) return setting;
  throw new UsageError(`${name(setting)}: the code is not six digits`, {
    hint: "Give the six digits that your MFA device shows now.",
  });
}

function readDuration(setting: Setting | null): Setting<number> | null {
  if (setting === null) return null;
  const seconds = parseDuration(setting.value);
  if (seconds === null) {
    throw new UsageError(`${name(setting)}: "${setting.value}" is not a duration`, {
      hint: "Give seconds (3600) or a time like 1h, 90m, 1h30m.",
    });
  }
  return { value: seconds, origin: setting.origin };
}
