import { byLine } from "./dialect.ts";

/** Only these two are special between fish's single quotes: https://fishshell.com/docs/current/language.html#quotes */
const quote = (value: string): string => `'${value.replace(/[\\']/g, String.raw`\$&`)}'`;

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
  fail: "false;\n",
  evaluate: (command) => `${command} | source`,
});
