import type { EnvironmentChange } from "../change.ts";
import type { Dialect } from "./dialect.ts";
import { checkedName, checkedPair } from "./variable.ts";

/**
 * JSON's strings are Python's, but for pairs of surrogates; in ASCII, so that neither an encoding nor one of the many
 * line ends of Unicode matters: https://docs.python.org/3/reference/lexical_analysis.html#escape-sequences
 */
const quote = (text: string): string =>
  JSON.stringify(text).replace(/[^ -~]/gu, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16);
    return code.length > 4 ? `\\U${code.padStart(8, "0")}` : `\\u${code.padStart(4, "0")}`;
  });

/** `del $N` would raise where the variable is missing. */
const remove = (name: string): string => `\${...}.pop(${quote(checkedName(name))}, None),\n`;

function assign(pair: readonly [string, string]): string {
  const [name, value] = checkedPair(pair);
  return `\${...}.update({${quote(name)}: ${quote(value)}}),\n`;
}

/**
 * One expression, and never an empty text: `$(…)` reads what is there when the program ends, and loses the rest, or all
 * (`CommandPipeline.iterraw` in https://github.com/xonsh/xonsh/blob/main/xonsh/procs/pipelines.py). Without its end it is
 * no Python, so that the evaluation fails and nothing is changed by halves.
 */
export const xonsh: Dialect<"xonsh"> = {
  name: "xonsh",
  aliases: [],
  render: ({ unset, set }: EnvironmentChange) =>
    `[\n${[...unset.map(remove), ...set.map(assign)].join("")}]\n`,
  fail: 'raise Exception("kops-mfa failed, and nothing was changed")\n',
  evaluate: (command) => `execx($(${command}) or "raise")`,
};
