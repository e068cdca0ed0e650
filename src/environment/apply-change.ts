import type { Environment } from "./environment.ts";
import type { EnvironmentChange } from "../shell/change.ts";

/** The environment after the change, for a child. */
export function applyChange(
  env: Environment,
  { unset, set }: EnvironmentChange,
): Readonly<Record<string, string>> {
  const gone = new Set(unset);
  const kept = Object.entries(env).filter(
    (pair): pair is [string, string] => pair[1] !== undefined && !gone.has(pair[0]),
  );
  return { ...Object.fromEntries(kept), ...Object.fromEntries(set) };
}
