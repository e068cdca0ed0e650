import { byLine } from "./dialect.ts";

/**
 * JSON's strings are Python's, but for pairs of surrogates; in ASCII, so that neither an encoding nor one of the many
 * line ends of Unicode matters: https://docs.python.org/3/reference/lexical_analysis.html#escape-sequences
 */
const quote = (value: string): string =>
  JSON.stringify(value).replace(/[^ -~]/gu, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16);
    return code.length > 4 ? `\\U${code.padStart(8, "0")}` : `\\u${code.padStart(4, "0")}`;
  });

export const xonsh = byLine({
  name: "xonsh",
  aliases: [],
  set: (variable, value) => `$${variable} = ${quote(value)}\n`,
  // `del $N` raises where the variable is missing.
  unset: (variable) => `\${...}.pop(${quote(variable)}, None)\n`,
  fail: 'raise Exception("kops-mfa failed, and nothing was changed")\n',
  evaluate: (command) => `execx($(${command}))`,
});
