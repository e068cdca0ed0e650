import type { Dialect } from "./dialect.ts";
import { checkedName, checkedValue } from "./variable.ts";

/** Between single quotes everything stands for itself in each of these shells; `$'…'` does not work in dash. */
const quote = (value: string): string => `'${value.replaceAll("'", String.raw`'\''`)}'`;

function posix<Name extends string>(name: Name, aliases: readonly string[]): Dialect<Name> {
  return {
    name,
    aliases,
    // Quoted even where a bare word would do: zsh expands `export N==ls` to the path of ls.
    set: (variable, value) =>
      `export ${checkedName(variable)}=${quote(checkedValue(variable, value))};\n`,
    unset: (variable) => `unset ${checkedName(variable)};\n`,
    fail: "false;\n",
    evaluate: (command) => `eval "$(${command})"`,
  };
}

export const bash = posix("bash", []);
export const zsh = posix("zsh", []);
/** Any other shell of the POSIX family. */
export const sh = posix("sh", ["ash", "dash", "ksh", "mksh", "lksh", "yash"]);
