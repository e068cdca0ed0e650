import { ConfigError } from "../errors.ts";
import { formatDuration, parseDuration } from "./duration.ts";
import { lookup } from "./lookup.ts";
import { describeOrigin, fromDefault, type Setting } from "./origin.ts";
import type { SharedFiles } from "./profiles.ts";

/** STS's own default for AssumeRole, and its limit for whatever follows from temporary credentials. */
export const oneHour = 3600;

/** Limits of AssumeRole: docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const roleLimits = { least: 900, most: 43_200 } as const;
/** Limits of GetSessionToken: docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html */
const sessionLimits = { least: 900, most: 129_600 } as const;

/**
 * How long a role of the chain is asked for: what was requested, else the profile's duration_seconds, else 1 h.
 * A text that is no number is ignored, with a note, since all SDKs ignore it. Throws {@link ConfigError} out of range.
 */
export function stepDuration(
  files: SharedFiles,
  profile: string,
  requested: Setting<number> | null,
): { readonly setting: Setting<number>; readonly notes: readonly string[] } {
  if (requested) return { setting: checkLimits(requested, roleLimits), notes: [] };
  const found = lookup(files, profile, "duration_seconds");
  if (!found) return { setting: fromDefault(oneHour, "default"), notes: [] };
  const seconds = parseDuration(found.value);
  if (seconds === null) {
    const note = `${describeOrigin(found.origin)}: "${found.value}" is not a duration, 1h is used`;
    return { setting: fromDefault(oneHour, "default"), notes: [note] };
  }
  return { setting: checkLimits({ value: seconds, origin: found.origin }, roleLimits), notes: [] };
}

/** Checks what is asked of GetSessionToken. Throws {@link ConfigError}. */
export function checkSessionDuration(setting: Setting<number>): Setting<number> {
  return checkLimits(setting, sessionLimits);
}

function checkLimits(
  setting: Setting<number>,
  { least, most }: { readonly least: number; readonly most: number },
): Setting<number> {
  const { value, origin } = setting;
  if (value >= least && value <= most) return setting;
  const range = `${formatDuration(least)} to ${formatDuration(most)}`;
  throw new ConfigError(
    `${describeOrigin(origin)}: AWS gives sessions of ${range}, not ${formatDuration(value)}`,
    { hint: `Ask for ${formatDuration(Math.min(Math.max(value, least), most))}.` },
  );
}
