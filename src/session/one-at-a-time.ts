import type { Clock, Terminal, Vault } from "../context.ts";

/** How long another process may take before this one goes on by itself: a person looking for a phone. */
const longestWaitMs = 120_000;
const pollMs = 150;
const sayAfterMs = 1000;

interface Waiting {
  readonly vault: Vault;
  readonly clock: Clock;
  readonly terminal: Terminal;
}

/**
 * Runs `work` in one process at a time, of all that name the same lock; those that wait look every moment whether `find` has an answer
 * already. The wait is bounded, and a process that dies holds nothing up.
 */
export async function oneAtATime<T>(
  { vault, clock, terminal }: Waiting,
  name: string,
  find: () => T | null,
  work: () => Promise<T>,
): Promise<T> {
  const start = clock.now();
  let isSaid = false;
  for (;;) {
    const lock = vault.tryLock(name);
    if (lock || clock.now() - start > longestWaitMs) {
      try {
        return find() ?? (await work());
      } finally {
        lock?.release();
      }
    }
    await clock.sleep(pollMs);
    const found = find();
    if (found !== null) return found;
    if (!isSaid && clock.now() - start > sayAfterMs) {
      isSaid = true;
      terminal.note("another kops-mfa is asking for the code; waiting for it …");
    }
  }
}
