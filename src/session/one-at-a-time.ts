import type { Clock } from "../context.ts";
import type { Lock, Vault } from "../context/files.ts";
import type { Terminal } from "../context/terminal.ts";

/** How long another process may take before this one goes on by itself: a person looking for a phone. */
const longestWaitMs = 120_000;
const pollMs = 150;

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
  const free = vault.tryLock(name);
  const turn = free
    ? { lock: free, found: null }
    : await terminal.waitFor(another, waitForTurn({ vault, clock }, name, find));
  if (turn.found !== null) return turn.found;
  try {
    return find() ?? (await work());
  } finally {
    turn.lock?.release();
  }
}

const another = "another kops-mfa, which is asking for the code";

/** What `find` has found meanwhile; else the lock, or null where the wait was too long. */
async function waitForTurn<T>(
  { vault, clock }: Pick<Waiting, "vault" | "clock">,
  name: string,
  find: () => T | null,
): Promise<{ readonly lock: Lock | null; readonly found: T | null }> {
  const start = clock.now();
  for (;;) {
    await clock.sleep(pollMs);
    const found = find();
    if (found !== null) return { lock: null, found };
    const lock = vault.tryLock(name);
    if (lock || clock.now() - start > longestWaitMs) return { lock, found };
  }
}
