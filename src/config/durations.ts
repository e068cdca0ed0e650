import { ConfigError } from "../errors.ts";
import { formatDuration, parseDuration } from "./duration.ts";
import { lookup } from "./lookup.ts";
import { describeOrigin, fromDefault, type Setting } from "./origin.ts";
import type { SharedFiles } from "./profiles.ts";
import type { Request } from "./request.ts";
import { readDuration } from "./request-values.ts";

/** STS's own default for AssumeRole, and its limit for whatever follows from temporary credentials. */
export const oneHour = 3600;

/** Limits of AssumeRole: docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const roleLimits = { least: 900, most: 43_200 } as const;
/** Limits of GetSessionToken: docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html */
const sessionLimits = { least: 900, most: 129_600 } as const;

interface FoundDuration {
  /** Null where nobody says anything. */
  readonly setting: Setting<number> | null;
  readonly notes: readonly string[];
}

/**
 * How long a role of the chain is asked for: what was requested, else the profile's duration_seconds, else the settings'
 * default, else 1 h. Throws {@link ConfigError} out of range.
 */
export function roleDuration(
  files: SharedFiles,
  profile: string,
  request: Pick<Request, "durationSeconds" | "defaults"> | null,
): { readonly setting: Setting<number>; readonly notes: readonly string[] } {
  const { setting, notes } = request?.durationSeconds
    ? { setting: request.durationSeconds, notes: [] }
    : profileDuration(files, profile);
  const asked = setting ?? readDuration(request?.defaults.get("duration") ?? null);
  return {
    setting: asked ? checkLimits(asked, roleLimits) : fromDefault(oneHour, "default"),
    notes,
  };
}

/** A profile's duration_seconds. A text that is no number is passed over, with a note, since all SDKs pass over it. */
export function profileDuration(files: SharedFiles, profile: string): FoundDuration {
  const found = lookup(files, profile, "duration_seconds");
  if (!found) return { setting: null, notes: [] };
  const seconds = parseDuration(found.value);
  if (seconds !== null) return { setting: { value: seconds, origin: found.origin }, notes: [] };
  const note = `${describeOrigin(found.origin)}: "${found.value}" is not a duration, and is passed over`;
  return { setting: null, notes: [note] };
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
