import { KopsMfaError } from "../../errors.ts";
import { byLine } from "./dialect.ts";

/**
 * Each sign stands outside of the quotes, behind a backslash. Between csh's quotes a `!` is still history, as is
 * whatever `histchars` names, and with `backslash_quote` a backslash there is not itself: tcsh(1), "Lexical structure".
 */
const quote = (value: string): string => `'${value.replace(/[!-/:-@[-`{-~]/g, String.raw`'\$&'`)}'`;

/** Command substitution takes line feeds for the ends of words, quoted or not, so that no line can carry one. */
function set(variable: string, value: string): string {
  if (!value.includes("\n")) return `setenv ${variable} ${quote(value)} ;\n`;
  throw new KopsMfaError(
    `the value of ${variable} has more than one line, which csh cannot evaluate`,
    {
      hint: "--format json carries any value",
    },
  );
}

/**
 * The C shells. tcsh takes a line of any length; the csh of Debian (bsd-csh) takes 4 KB, and refuses a longer one with
 * everything else ("Word too long").
 */
export const tcsh = byLine({
  name: "tcsh",
  aliases: ["csh", "bsd-csh"],
  set,
  unset: (variable) => `unsetenv ${variable} ;\n`,
  fail: "false ;\n",
  evaluate: (command) => `eval "\`${command}\`"`,
});
