import { KopsMfaError } from "../errors.ts";
import type { EnvironmentChange } from "./change.ts";
import type { Dialect } from "./dialect.ts";
import { checkedName, checkedValue } from "./variable.ts";

/** The change as text for the shell to evaluate. Throws a KopsMfaError before there is any text. */
export function renderShell(dialect: Dialect, { unset, set }: EnvironmentChange): string {
  return (
    renderUnset(dialect, unset) + set.map(([name, value]) => dialect.set(name, value)).join("")
  );
}

/** Text that removes these variables. Throws a KopsMfaError for a name that no shell accepts. */
export function renderUnset(dialect: Dialect, names: readonly string[]): string {
  return names.map((name) => dialect.unset(name)).join("");
}

/** What every reader takes for itself, unquoted: no blank, quote, `#`, `$`, backslash or line feed. */
const DOTENV_VALUE = /^[A-Za-z0-9_+/=.,:@%-]+$/;

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
  const entries = set.map(([name, value]) => [checkedName(name), checkedValue(name, value)]);
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
}
