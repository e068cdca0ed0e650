import { setTimeout as sleep } from "node:timers/promises";
import { timeCommand, type Command, type Times } from "./processor-time.ts";

/** Something whose cost is to be known. */
export interface Subject {
  readonly command: Command;
  /** How many runs make one measurement; more where a run takes few milliseconds, since time is told in whole ones. One unless given. */
  readonly times?: number;
  readonly atOnce?: boolean;
  /** Brings back what a run uses up, before each measurement; its own cost does not count. */
  readonly before?: () => void;
  /** What the command prints when it does what it is measured for. */
  readonly prints?: RegExp;
}

/** Of files younger than this nothing is remembered (src/replay/save.ts); sessions are used for hours. */
const settlesMs = 2100;

/** Measures several subjects so many rounds, in each round all of them, so that what slows the machine down slows all. By subject. */
export async function measure(
  subjects: readonly Subject[],
  rounds: number,
): Promise<readonly (readonly Times[])[]> {
  await sleep(settlesMs);
  for (const subject of subjects) await proveItWorks(subject);
  const times: Times[][] = subjects.map(() => []);
  for (let round = 0; round < rounds; round++) {
    // There and back again, so that no subject always comes after the same one.
    const order = [...subjects.entries()];
    for (const [index, subject] of round % 2 === 0 ? order : order.reverse()) {
      const { cpuMs, wallMs } = await run(subject);
      times[index]?.push({ cpuMs, wallMs });
    }
  }
  return times;
}

async function proveItWorks({ command, before, prints }: Subject): Promise<void> {
  before?.();
  const { stdout } = await timeCommand(command, { times: 1 });
  if (prints && !prints.test(stdout)) {
    throw new Error(`${command.argv.join(" ")}: did not print what it is measured for`);
  }
}

function run({ command, times = 1, atOnce = false, before }: Subject) {
  before?.();
  return timeCommand(command, { times, atOnce });
}
