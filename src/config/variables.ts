import type { Environment } from "../environment/environment.ts";
import type { Setting } from "./origin.ts";

/** The first of the variables that is set and not empty. */
export function fromVariables(env: Environment, names: readonly string[]): Setting | null {
  for (const name of names) {
    const value = env[name];
    if (value) return { value, origin: { kind: "variable", name } };
  }
  return null;
}
