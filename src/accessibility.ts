import { isOn } from "./config/request-values.ts";
import { fromVariables } from "./config/variables.ts";
import type { Environment } from "./environment/environment.ts";

/**
 * Whether the words are read to somebody, or shown where nothing can be drawn: nothing turns or is written over then, and words stand
 * for signs.
 */
export function isPlain(env: Environment): boolean {
  return env["TERM"] === "dumb" || isOn(fromVariables(env, ["KOPS_MFA_PLAIN"]));
}

/** Whether signs beyond ASCII can be shown: the locale as POSIX has it, XBD 8.2. */
export function showsSigns(env: Environment, platform: string): boolean {
  if (isPlain(env)) return false;
  const locale = [env["LC_ALL"], env["LC_CTYPE"], env["LANG"]].find((one) => one);
  if (/utf-?8/i.test(locale ?? "")) return true;
  // Windows has no locale in its environment, and one terminal that does not ask for one.
  return platform === "win32" && Boolean(env["WT_SESSION"]);
}
