import { sleep } from "../processes/sleep.ts";
import type { Waiting, WaitingStyle } from "./spinner.ts";
import { writeWords } from "./stderr.ts";

/**
 * Waits, and where a line can be drawn over keeps one that counts down; elsewhere it says once what is waited for. Throws the signal's
 * reason.
 */
export async function countDown(
  until: number,
  text: (seconds: number) => string,
  { style, waiting }: { readonly style: WaitingStyle; readonly waiting: Waiting },
  signal?: AbortSignal,
): Promise<void> {
  const seconds = () => Math.max(0, Math.ceil((until - Date.now()) / 1000));
  if (style !== "turning") {
    writeWords(`kops-mfa: ${text(seconds())}\n`);
    await sleep(until - Date.now(), signal);
    return;
  }
  try {
    for (let left = seconds(); left > 0; left = seconds()) {
      waiting.draw(text(left));
      await sleep(Math.min(until - Date.now(), 1000), signal);
    }
  } finally {
    waiting.erase();
  }
}
