import type { EnvironmentChange } from "../change.ts";
import { byLine, type LineDialect } from "./dialect.ts";

/** Between single quotes everything stands for itself in each of these shells; `$'…'` does not work in dash. */
export const quote = (value: string): string => `'${value.replaceAll("'", String.raw`'\''`)}'`;

/**
 * A readonly variable can be neither unset nor set, and the shells differ in how far they get: bash, ksh, mksh and yash go on
 * with the next line and leave 0 behind, dash, busybox and zsh end the evaluation there. So a subshell tries first: an
 * `unset` that fails there has changed nothing here.
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#readonly
 *
 * Backquotes and `else`, not parentheses and `||`, which are a pattern in the unquoted `eval $(…)` of a zsh with GLOB_SUBST.
 * And standard error is closed, not sent to /dev/null, which a restricted shell (`bash -r`) refuses to open.
 */
function guard({ unset, set }: EnvironmentChange, text: string): string {
  const names = [...new Set([...unset, ...set.map(([name]) => name)])].join(" ");
  if (names === "") return text;
  const reason =
    "kops-mfa: $__kops_mfa_name is readonly in this shell, so nothing was changed." +
    " Open a shell where it is not readonly; kops-mfa exec works here too.";
  return [
    `if \`unset ${names} 2>&-\`; then`,
    `${text}else`,
    `for __kops_mfa_name in ${names}; do`,
    `if \`unset $__kops_mfa_name 2>&-\`; then :; else echo "${reason}" >&2; fi;`,
    "done;",
    "unset __kops_mfa_name;",
    "false;",
    "fi;\n",
  ].join("\n");
}

function posix<Name extends string>(name: Name, aliases: readonly string[]): LineDialect<Name> {
  return byLine({
    name,
    aliases,
    // Quoted even where a bare word would do: zsh expands `export N==ls` to the path of ls. And with `;`, the lines
    // survive the unquoted `eval $(…)` too.
    set: (variable, value) => `export ${variable}=${quote(value)};\n`,
    unset: (variable) => `unset ${variable};\n`,
    guard,
    fail: "false;\n",
    evaluate: (command) => `eval "$(${command})"`,
  });
}

export const bash = posix("bash", []);
export const zsh = posix("zsh", []);
/** Any other shell of the POSIX family. */
export const sh = posix("sh", ["ash", "dash", "ksh", "mksh", "lksh", "yash"]);
