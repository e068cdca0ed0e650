import { UsageError } from "../errors.ts";
import { nearest } from "../nearest.ts";

/** What `policy --format` takes. */
const formats = ["json", "script", "cloudformation", "terraform"] as const;
export type PolicyFormat = (typeof formats)[number];

/** Throws {@link UsageError} for any other word. */
export function readFormat(word = "json"): PolicyFormat {
  const format = formats.find((candidate) => candidate === word);
  if (format) return format;
  const guess = nearest(word, formats);
  throw new UsageError(`--format: there is no format "${word}"`, {
    hint: `${guess === null ? "" : `Did you mean ${guess}? `}The formats are ${formats.join(", ")}.`,
  });
}
