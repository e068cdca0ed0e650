import type { Context } from "../context.ts";

/** The same effects until the signal is aborted: whatever waits throws its reason then. */
export function until(signal: AbortSignal, { terminal, clock }: Context) {
  const limited: Pick<Context, "terminal" | "clock"> = {
    terminal: {
      ...terminal,
      askHidden: (question) => terminal.askHidden(question, signal),
      askLine: (question) => terminal.askLine(question, signal),
      countDown: (moment, text) => terminal.countDown(moment, text, signal),
      runCodeCommand: (command, values) => terminal.runCodeCommand(command, values, signal),
    },
    clock: { ...clock, sleep: (ms) => clock.sleep(ms, signal) },
  };
  return { ...limited, signal };
}
