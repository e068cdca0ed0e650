/** Milliseconds since the epoch as `2026-01-02T03:04:05Z`. */
export function isoSeconds(ms: number): string {
  return new Date(Math.floor(ms / 1000) * 1000).toISOString().replace(".000Z", "Z");
}

/** Whole seconds from now to then, both in milliseconds since the epoch; 0 when then is past. */
export function secondsLeft(then: number, now: number): number {
  return Math.max(0, Math.floor((then - now) / 1000));
}
