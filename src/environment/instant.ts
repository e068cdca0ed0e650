/** Milliseconds since the epoch as `2026-01-02T03:04:05Z`. */
export function isoSeconds(ms: number): string {
  return new Date(Math.floor(ms / 1000) * 1000).toISOString().replace(".000Z", "Z");
}

/** Whole seconds from now to then, both in milliseconds since the epoch; 0 when then is past. */
export function secondsLeft(then: number, now: number): number {
  return Math.max(0, Math.floor((then - now) / 1000));
}

/** The time left, as people say it: `11 h 58 min`, `42 min`, `30 s`, `nothing`. */
export function timeLeft(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds <= 0) return "nothing";
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h${minutes % 60 === 0 ? "" : ` ${minutes % 60} min`}`;
}
