import { byLine, type LineDialect } from "./dialect.ts";

/** Between single quotes everything stands for itself in each of these shells; `$'…'` does not work in dash. */
export const quote = (value: string): string => `'${value.replaceAll("'", String.raw`'\''`)}'`;

function posix<Name extends string>(name: Name, aliases: readonly string[]): LineDialect<Name> {
  return byLine({
    name,
    aliases,
    // Quoted even where a bare word would do: zsh expands `export N==ls` to the path of ls. And with `;`, the lines
    // survive the unquoted `eval $(…)` too.
    set: (variable, value) => `export ${variable}=${quote(value)};\n`,
    unset: (variable) => `unset ${variable};\n`,
    fail: "false;\n",
    evaluate: (command) => `eval "$(${command})"`,
  });
}

export const bash = posix("bash", []);
export const zsh = posix("zsh", []);
/** Any other shell of the POSIX family. */
export const sh = posix("sh", ["ash", "dash", "ksh", "mksh", "lksh", "yash"]);
