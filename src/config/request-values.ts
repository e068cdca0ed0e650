import { ConfigError, UsageError, type ErrorDetails, type KopsMfaError } from "../errors.ts";
import { parseDuration } from "./duration.ts";
import { describeOrigin, type Setting } from "./origin.ts";

/** One MFA session for all roles (GetSessionToken), or the code with AssumeRole always. */
export type SessionStrategy = "shared" | "direct";

/** Where sessions are kept. */
const cacheKinds = ["files", "keyring", "aws-cli", "none"] as const;
export type CacheKind = (typeof cacheKinds)[number];

/** The error for a value that the person gave: a wrong command line, or a wrong file. */
export function wrong(
  setting: Setting<unknown>,
  message: string,
  details: ErrorDetails,
): KopsMfaError {
  const text = `${describeOrigin(setting.origin)}: ${message}`;
  return setting.origin.kind === "file"
    ? new ConfigError(text, details)
    : new UsageError(text, details);
}

export function checkSingleLine(setting: Setting | null): Setting | null {
  if (setting === null) return null;
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (setting.value !== "" && !/[\0-\x1f\x7f]/.test(setting.value)) return setting;
  throw wrong(setting, "the value is empty or has control characters in it", {
    hint: "Give it a value of one line, or leave it out.",
  });
}

/** The region becomes a part of STS's host name. */
export function checkRegion(setting: Setting | null): Setting | null {
  if (setting === null || /^[a-z0-9-]{1,63}$/.test(setting.value)) return setting;
  throw wrong(setting, `"${setting.value}" is not the name of a region`, {
    hint: "A region looks like eu-west-1.",
  });
}

export function checkTokenCode(setting: Setting | null): Setting | null {
  if (setting === null) return null;
  const digits = setting.value.replaceAll(/[ -]/g, "");
  if (/^\d{6}$/.test(digits)) return { ...setting, value: digits };
  throw wrong(setting, "the code is not six digits", {
    hint: "Give the six digits that your MFA device shows now.",
  });
}

export function readDuration(setting: Setting | null): Setting<number> | null {
  if (setting === null) return null;
  const seconds = parseDuration(setting.value);
  if (seconds !== null) return { value: seconds, origin: setting.origin };
  throw wrong(setting, `"${setting.value}" is not a duration`, {
    hint: "Give seconds (3600) or a time like 1h, 90m, 1h30m.",
  });
}

/** Whether a switch says yes; what says nothing or something else says no. */
export function isOn(setting: Setting | null): boolean {
  return setting !== null && /^(1|true|yes)$/i.test(setting.value);
}

/** `switchedOff` is what `--no-session` or its variable says; it wins over the word in the settings. */
export function readSessionStrategy(
  switchedOff: Setting | null,
  word: Setting | null,
): Setting<SessionStrategy> | null {
  if (switchedOff && isOn(switchedOff)) {
    return { value: "direct", origin: switchedOff.origin };
  }
  return readWord(word, ["shared", "direct"]);
}

export function readCacheKind(setting: Setting | null): Setting<CacheKind> | null {
  return readWord(setting, cacheKinds);
}

function readWord<Word extends string>(
  setting: Setting | null,
  words: readonly Word[],
): Setting<Word> | null {
  if (setting === null) return null;
  const known = words.find((word) => word === setting.value);
  if (known !== undefined) return { value: known, origin: setting.origin };
  throw wrong(setting, `"${setting.value}" is none of ${words.join(", ")}`, {
    hint: `Write one of these, or leave it out for ${words[0] ?? "the default"}.`,
  });
}
