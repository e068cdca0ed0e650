import type { Environment } from "../environment/environment.ts";
import { mayBeTerminal } from "../platform/terminal/may-be-tty.ts";

const standardError = 2;
const variables = [
  ...["NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "TERM", "KOPS_MFA_PLAIN"],
] as const;

/** What decides how a line on standard error looks: src/platform/terminal/colours.ts. Throws where it is closed. */
export function errorStyle(env: Environment): string {
  return JSON.stringify([mayBeTerminal(standardError), ...variables.map((name) => env[name])]);
}
