import { byLine } from "./dialect.ts";

/** Only the quote itself is special, and is doubled: https://elv.sh/ref/language.html#single-quoted-string */
const quote = (value: string): string => `'${value.replaceAll("'", "''")}'`;

export const elvish = byLine({
  name: "elvish",
  aliases: [],
  set: (variable, value) => `set-env ${variable} ${quote(value)}\n`,
  unset: (variable) => `unset-env ${variable}\n`,
  fail: "fail 'kops-mfa failed, and nothing was changed'\n",
  // Without slurp, eval would get each line as an argument.
  evaluate: (command) => `eval (${command} | slurp)`,
});
