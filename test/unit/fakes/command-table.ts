import { expect, test } from "vitest";
import type { Given } from "./fake-context.ts";
import { runCommand, type Outcome } from "./run-command.ts";

/** A command line, and all that it does; what a row leaves out is nothing, and the exit code 0. */
export interface Row extends Partial<Outcome> {
  readonly line: string;
  readonly given?: Given;
  /** Command lines that were run before, of which nothing is looked at. */
  readonly before?: readonly string[];
}

const quiet: Outcome = {
  ...{ exitCode: 0, stdout: "", stderr: "" },
  ...{ asked: [], calls: [], ran: [], written: {} },
};

/** For a standard output that is long: it is in the snapshot of the test. */
export const inSnapshot = "(in the snapshot)";

/** A test for each row, by its title. */
export function testRows(rows: Readonly<Record<string, Row>>): void {
  test.for(Object.entries(rows))("%s", async ([, { line, given, before, ...expected }]) => {
    const outcome = await runCommand(line, given, before);
    if (expected.stdout === inSnapshot) expect(outcome.stdout).toMatchSnapshot();
    const stdout = expected.stdout === inSnapshot ? outcome.stdout : (expected.stdout ?? "");
    expect(outcome).toEqual({ ...quiet, ...expected, stdout });
  });
}
