import { parseDuration } from "../config/duration.ts";
import { fromOption } from "../config/origin.ts";
import { readDuration } from "../config/request-values.ts";
import { UsageError } from "../errors.ts";

/** The seconds of an option; null where it is not given. Throws {@link UsageError} for what is no duration, too short or too long. */
export function readDurationBetween(
  option: string,
  text: string | undefined,
  least: string,
  most: string,
): number | null {
  if (text === undefined) return null;
  const seconds = readDuration(fromOption(option, text))?.value ?? 0;
  const [from, to] = [parseDuration(least) ?? 0, parseDuration(most) ?? 0];
  if (seconds >= from && seconds <= to) return seconds;
  throw new UsageError(`${option}: ${text} is not from ${least} to ${most}`, {
    hint: `Give seconds, or a time like ${least} or ${most}.`,
  });
}
