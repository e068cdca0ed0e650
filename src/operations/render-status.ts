import { isoSeconds, secondsLeft } from "../environment/instant.ts";
import { expiryInWords } from "../expiry.ts";

/** What `status` knows of the session that is meant. */
export interface Status {
  readonly profile: string | null;
  readonly role: string | null;
  readonly identity: string | null;
  readonly serialNumber: string | null;
  /** Milliseconds since the epoch; null where there is no session. */
  readonly expiresAt: number | null;
  /** Whether the shell that asks carries this session. */
  readonly isInShell: boolean;
}

/** What `status` prints, `now` being milliseconds since the epoch; each line as `shown` makes it fit for a terminal. */
export function renderStatus(
  status: Status,
  isJson: boolean,
  now: number,
  shown: (line: string) => string,
): string {
  const { profile, role, identity, serialNumber, expiresAt, isInShell } = status;
  if (isJson) {
    const members = {
      profile,
      role,
      identity,
      serial_number: serialNumber,
      expires_at: expiresAt === null ? null : isoSeconds(expiresAt),
      seconds_left: expiresAt === null ? 0 : secondsLeft(expiresAt, now),
      in_shell: isInShell,
    };
    return `${JSON.stringify(members, null, 2)}\n`;
  }
  const rows: readonly (readonly [string, string | null])[] = [
    ["profile", profile],
    ["role", role ?? "none: the user's own session"],
    ["identity", identity],
    ["MFA device", serialNumber],
    ["session", sessionLine(expiresAt, now)],
    ["this shell", isInShell ? "carries it" : "does not carry it"],
  ];
  return rows
    .filter((row): row is readonly [string, string] => row[1] !== null)
    .map(([name, value]) => `${shown(`${name.padEnd(11)} ${value}`)}\n`)
    .join("");
}

function sessionLine(expiresAt: number | null, now: number): string {
  if (expiresAt === null) return "none";
  const isLeft = secondsLeft(expiresAt, now) > 0;
  return `${expiryInWords(expiresAt, now)} (${isLeft ? "until" : "at"} ${isoSeconds(expiresAt)})`;
}
