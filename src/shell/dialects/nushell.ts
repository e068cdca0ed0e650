import type { Dialect } from "./dialect.ts";
import { checkedName, checkedPair } from "./variable.ts";

/**
 * One JSON document for `load-env`, since nushell cannot evaluate text. What is unset is null: nushell starts no program
 * with such a variable, though `"N" in $env` stays true (https://github.com/nushell/nushell/issues/15872). `hide-env`
 * would remove it wholly, and only once: set and hidden again, the value that nushell was started with comes back.
 */
export const nushell: Dialect<"nushell"> = {
  name: "nushell",
  aliases: ["nu"],
  render: ({ unset, set }) => {
    const gone = unset.map((name) => [checkedName(name), null] as const);
    return `${JSON.stringify(Object.fromEntries([...gone, ...set.map(checkedPair)]))}\n`;
  },
  // No JSON, so that whatever reads it fails; nushell shows the text with its error.
  fail: '{"kops-mfa failed, and nothing was changed"}\n',
  evaluate: (command) => `${command} | from json | load-env`,
};
