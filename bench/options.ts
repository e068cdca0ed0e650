import { parseArgs } from "node:util";

export interface Options {
  readonly format: "text" | "json" | "markdown";
  /** Figures whose name or group contains one of these; all when there are none. */
  readonly only: readonly string[];
  readonly rounds: number;
  /** Whether a missed target is a failure. */
  readonly check: boolean;
}

/** Throws a TypeError or RangeError for what it does not know. */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: "boolean", default: false },
      markdown: { type: "boolean", default: false },
      only: { type: "string", multiple: true, default: [] },
      rounds: { type: "string", default: "15" },
      check: { type: "boolean", default: false },
    },
  });
  const { json, markdown, only, check } = values;
  const rounds = Number(values.rounds);
  if (!Number.isSafeInteger(rounds) || rounds < 1) {
    throw new RangeError(`--rounds ${values.rounds}: not a whole number from 1 on`);
  }
  if (json && markdown) throw new RangeError("--json and --markdown: one of them");
  return { format: json ? "json" : markdown ? "markdown" : "text", only, rounds, check };
}
