const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** A span of time as people say it, in whole seconds or minutes that are full: `3 days`, `11 h 58 min`, `42 min`, `30 s`. */
export function timeInWords(ms: number): string {
  if (ms < second) return "less than 1 s";
  if (ms < minute) return `${Math.floor(ms / second)} s`;
  if (ms < hour) return `${Math.floor(ms / minute)} min`;
  if (ms >= 2 * day) return `${Math.floor(ms / day)} days`;
  const minutes = Math.floor((ms % hour) / minute);
  return `${Math.floor(ms / hour)} h${minutes === 0 ? "" : ` ${minutes} min`}`;
}

/** When a session ends, both in milliseconds since the epoch: `42 min left`, `expired 3 min ago`, `expired just now`. */
export function expiryInWords(expiresAt: number, now: number): string {
  const left = expiresAt - now;
  if (left > 0) return `${timeInWords(left)} left`;
  return left > -second ? "expired just now" : `expired ${timeInWords(-left)} ago`;
}
