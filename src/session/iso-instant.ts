/**
 * Milliseconds since the epoch of a time in ISO 8601 with its zone: `2026-11-22T10:36:59Z`, `…+01:00`, and `…UTC`, as the AWS CLI
 * writes it. Null for anything else. `Date.parse` takes "1" for a time in 2001, 30 February for 2 March, and what names no zone
 * for a time of this machine's.
 */
export function parseIsoInstant(text: string): number | null {
  const [, date = "", time = "", fraction = "0", zone = ""] =
    /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(\.\d+)?(Z|UTC|[+-]\d\d:?\d\d)$/.exec(text) ?? [];
  const seconds = `${date}T${time}`;
  const at = Date.parse(`${seconds}Z`);
  const offset = offsetOf(zone);
  if (Number.isNaN(at) || offset === null) return null;
  if (!new Date(at).toISOString().startsWith(seconds)) return null;
  return at + Math.floor(Number(fraction) * 1000) - offset;
}

/** What a zone is ahead of UTC, in milliseconds; null for one that the day is too short for. */
function offsetOf(zone: string): number | null {
  const [, sign, hours = "0", minutes = "0"] = /^([+-])(\d\d):?(\d\d)$/.exec(zone) ?? [];
  if (Number(hours) > 23 || Number(minutes) > 59) return null;
  const ms = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return sign === "-" ? -ms : ms;
}
