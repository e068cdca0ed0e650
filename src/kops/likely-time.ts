import { parseDuration } from "../config/duration.ts";
import { isOn, readKopsWords } from "./words.ts";

/** A run of kops that a session may not outlive. */
export interface LongRun {
  /** `rolling-update cluster` */
  readonly name: string;
  /** What it is likely to take; for `--wait` what it may take. */
  readonly seconds: number;
}

/** With `--yes`: a node takes 4 to 8 minutes to roll, one after another, and a task of an update is tried for 10. */
const likelySeconds: Readonly<Record<string, number>> = {
  "rolling-update cluster": 3 * 3600,
  "reconcile cluster": 3 * 3600,
  "create cluster": 15 * 60,
  "update cluster": 15 * 60,
  "delete cluster": 30 * 60,
  "delete instance": 15 * 60,
};

/** kops takes these words for `cluster` and `instance` too. */
const aliases: Readonly<Record<string, string>> = {
  clusters: "cluster",
  instances: "instance",
};

/** The run that the words start, if it is a long one; null for all that is over in a minute. */
export function longRun(words: readonly string[]): LongRun | null {
  const read = readKopsWords(words, ["--wait"]);
  const [verb = "", noun = ""] = read.command;
  const name = `${verb} ${aliases[noun] ?? noun}`.trim();
  if (name === "validate cluster") {
    const seconds = parseDuration(read.flags.get("--wait") ?? "");
    return seconds === null || seconds === 0 ? null : { name: `${name} --wait`, seconds };
  }
  const seconds = likelySeconds[name];
  return seconds !== undefined && isOn(read, "--yes", "-y") ? { name, seconds } : null;
}
