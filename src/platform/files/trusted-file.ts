import type { Origin } from "../../config/origin.ts";
import { CredentialsError } from "../../errors.ts";

const othersMayWrite = 0o022;

/**
 * Refuses a command from a file that somebody else owned or could write when it was read: who writes it says what this person runs.
 * Throws {@link CredentialsError}. On Windows, where neither can be told, it refuses nothing.
 */
export function refuseUntrusted(origin: Origin | null): void {
  const own = process.getuid?.();
  if (origin?.kind !== "file" || own === undefined) return;
  const { isForeign, mode } = origin.ownership ?? { isForeign: true, mode: null };
  const where = `${origin.file}:${origin.line} (${origin.key})`;
  if (isForeign) {
    throw new CredentialsError(
      `${where}: the file belongs to somebody else, so the command in it is not run`,
      { hint: `If what it says is yours: chown ${own} ${origin.file}` },
    );
  }
  if (((mode ?? 0) & othersMayWrite) !== 0) {
    throw new CredentialsError(
      `${where}: others can write the file, so the command in it is not run`,
      { hint: `See that nobody else has changed it, then: chmod go-w ${origin.file}` },
    );
  }
}
