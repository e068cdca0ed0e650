import type { EnvironmentChange } from "../change.ts";
import { byLine } from "./dialect.ts";

/** Only these two are special between fish's single quotes: https://fishshell.com/docs/current/language.html#quotes */
const quote = (value: string): string => `'${value.replace(/[\\']/g, String.raw`\$&`)}'`;

/**
 * What is universal and exported reaches every child, unless a variable that is global and exported has the same name:
 * neither `set -eg` nor one that is not exported hides it (`set -S`; fish 3.6, 4.9). No value would serve instead: with an
 * empty AWS_PROFILE botocore stops ("The config profile () could not be found"), and with any other the SDK for JavaScript
 * signs with that profile's keys and skips those in the environment (defaultProvider of @aws-sdk/credential-provider-node).
 * A universal variable that a session sets is no problem: `set -gx` over it is what children see.
 */
function guard({ conflicting = [] }: EnvironmentChange, text: string): string {
  if (conflicting.length === 0) return text;
  const reason =
    "kops-mfa: $__kops_mfa_name is a universal variable, which fish passes on to every program, so nothing was changed." +
    " Erase it (in all shells): set -eU $__kops_mfa_name; kops-mfa exec works here too.";
  return (
    `begin; if not set -l __kops_mfa_names (string match -r '^(?:${conflicting.join("|")})$' (set -nUx));\n${text}` +
    `else;\nfor __kops_mfa_name in $__kops_mfa_names; echo "${reason}" >&2; end; false;\nend; end;\n`
  );
}

/**
 * Both lines end in `or true`: erasing what is not there gives the status 4, and an assignment leaves the
 * status as the command before it did, so that a success would report somebody else's failure.
 */
export const fish = byLine({
  name: "fish",
  aliases: [],
  set: (variable, value) => `set -gx ${variable} ${quote(value)}; or true;\n`,
  // Without -g, a universal variable would be erased from every session, for good.
  unset: (variable) => `set -eg ${variable}; or true;\n`,
  guard,
  fail: "false;\n",
  evaluate: (command) => `${command} | source`,
});
