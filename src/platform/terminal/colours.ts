import type { Environment } from "../../environment/environment.ts";
import { isPlain } from "../../accessibility.ts";

/**
 * Whether words for a stream are coloured. Who says no comes first (no-color.org), then who says yes, terminal or not (force-color.org,
 * bixense.com/clicolors); else it is a terminal that can.
 */
export function hasColours(env: Environment, platform: string, isTerminal: boolean): boolean {
  if (env["NO_COLOR"]) return false;
  const force = env["FORCE_COLOR"];
  if (force) return force !== "0" && force !== "false";
  const cliForce = env["CLICOLOR_FORCE"];
  if (cliForce && cliForce !== "0") return true;
  if (!isTerminal || isPlain(env) || env["CLICOLOR"] === "0") return false;
  return platform === "win32" || Boolean(env["TERM"]);
}
