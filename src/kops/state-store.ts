import type { BucketPlace } from "../context/s3-ec2.ts";
import type { Environment } from "../environment/environment.ts";
import { expandHome } from "../paths.ts";
import { readKopsWords } from "./words.ts";

/** Where kops keeps its clusters. */
export interface StateStore {
  /** As it was written: `s3://clusters.example.com/prod`. */
  readonly value: string;
  /** Who says so: `--state`, `KOPS_STATE_STORE`, `~/.kops.yaml`. */
  readonly from: string;
}

interface Query {
  /** kops's command line. */
  readonly words: readonly string[];
  /** kops's environment. */
  readonly env: Environment;
  readonly home: string | null;
  /** The text of a file; null where there is none, or it cannot be read. */
  readonly read: (path: string) => string | null;
}

/**
 * The state store as kops finds it (cmd/kops/root.go): the flag, the variable, then the one configuration file that there is. Null
 * where nothing says.
 */
export function findStateStore({ words, env, home, read }: Query): StateStore | null {
  const { flags } = readKopsWords(words);
  const flag = flags.get("--state");
  if (flag) return { value: flag, from: "--state" };
  const variable = env["KOPS_STATE_STORE"];
  if (variable) return { value: variable, from: "KOPS_STATE_STORE" };
  const named = flags.get("--config");
  for (const shown of named ? [named] : ["~/.kops.yaml", "~/.kops/config"]) {
    const path = expandHome(shown, home);
    const text = path === null ? null : read(path);
    if (text === null) continue;
    const value = readStateStore(text);
    return value === null ? null : { value, from: shown };
  }
  return null;
}

/** The one key that matters in kops's configuration file, whatever its case: a flat list of `key: value`, for which lines are enough. */
function readStateStore(text: string): string | null {
  const [, , rest = ""] = /^(["']?)KOPS_STATE_STORE\1[ \t]*:(.*)$/im.exec(text) ?? [];
  const value = rest.replace(/\s#.*$/, "").trim();
  return value.replace(/^(["'])(.*)\1$/, "$2") || null;
}

/** The place in S3; null for a store elsewhere (`gs://`, `file://`, …) and for a text that names none. */
export function placeInS3({ value }: StateStore): BucketPlace | null {
  const [, bucket, prefix = ""] = /^s3:\/\/([^/]+)(?:\/(.*))?$/s.exec(value.trim()) ?? [];
  // From the first slash of each run on: from every slash, a long run would take minutes.
  return bucket === undefined ? null : { bucket, prefix: prefix.replace(/(?<!\/)\/+$/, "") };
}
