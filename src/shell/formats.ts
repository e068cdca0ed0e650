import { KopsMfaError } from "../errors.ts";
import type { EnvironmentChange } from "./change.ts";
import { checkedName, checkedPair } from "./dialects/variable.ts";

/** What every reader takes for itself, unquoted: no blank, quote, `#`, `$`, backslash or line feed. */
export const DOTENV_VALUE = /^[A-Za-z0-9_+/=.,:@%-]+$/;

/**
 * The variables as a file of bare `NAME=value` lines, the one form that node, docker, compose, systemd and
 * `.` read alike: docker and podman keep quotes as part of the value (https://github.com/docker/cli/issues/4665).
 * Variables to unset and empty values have no form and are left out. Throws a KopsMfaError, which names the
 * variable, for a value that would need quotes.
 */
export function renderDotenv({ set }: EnvironmentChange): string {
  return set
    .filter(([, value]) => value !== "")
    .map(([name, value]) => {
      if (DOTENV_VALUE.test(value)) return `${checkedName(name)}=${value}\n`;
      throw new KopsMfaError(
        `the value of ${checkedName(name)} has characters that dotenv readers do not agree on`,
        { hint: "--format json carries any value" },
      );
    })
    .join("");
}

/** The variables as one flat JSON object. Throws a KopsMfaError for what no environment can carry. */
export function renderJson({ set }: EnvironmentChange): string {
  return `${JSON.stringify(Object.fromEntries(set.map(checkedPair)), null, 2)}\n`;
}
