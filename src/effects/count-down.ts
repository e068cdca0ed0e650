import { writeAll } from "./write-all.ts";
import { sleep } from "./sleep.ts";

const standardError = 2;

/** Waits, and on a terminal keeps one line that counts down; elsewhere says once what is waited for. Throws the signal's reason. */
export async function countDown(
  until: number,
  text: (seconds: number) => string,
  isTerminal: boolean,
  signal?: AbortSignal,
): Promise<void> {
  const seconds = () => Math.max(0, Math.ceil((until - Date.now()) / 1000));
  if (!isTerminal) {
    writeAll(standardError, `kops-mfa: ${text(seconds())}\n`);
    await sleep(until - Date.now(), signal);
    return;
  }
  for (let left = seconds(); left > 0; left = seconds()) {
    writeAll(standardError, `\r\x1b[Kkops-mfa: ${text(left)}`);
    await sleep(Math.min(until - Date.now(), 1000), signal);
  }
  writeAll(standardError, "\r\x1b[K");
}
