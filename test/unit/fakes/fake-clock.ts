import type { Clock } from "../../../src/context.ts";

interface Timer {
  readonly due: number;
  readonly wake: () => void;
}

/** A clock that only {@link FakeClock.advance} and {@link FakeClock.set} move; whoever sleeps wakes when it gets there. */
export class FakeClock {
  #now: number;
  #timers: readonly Timer[] = [];

  constructor(now: number) {
    this.#now = now;
  }

  /** A plain object, which the program may spread. */
  readonly context: Clock = {
    now: () => this.#now,
    sleep: (ms, signal) => this.#sleep(ms, signal),
  };

  set(now: number): void {
    this.#now = now;
    const due = this.#timers.filter((timer) => timer.due <= now);
    this.#timers = this.#timers.filter((timer) => timer.due > now);
    for (const { wake } of due) wake();
  }

  advance(ms: number): void {
    this.set(this.#now + ms);
  }

  #sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const abort = () => reject(signal?.reason as Error);
      if (signal?.aborted === true) {
        abort();
        return;
      }
      signal?.addEventListener("abort", abort, { once: true });
      this.#timers = [...this.#timers, { due: this.#now + ms, wake: resolve }];
    });
  }
}
