import type { Definition } from "clipanion";
import { UsageError } from "../errors.ts";
import { isKopsCommand } from "../kops/commands.ts";
import { isGeneralFlag } from "../kops/words.ts";
import { nearest } from "../nearest.ts";
import { splitChild } from "./child-words.ts";
import { optionNames, takesValue } from "./help-sections.ts";

/** Whose command line it is. */
export interface Route {
  /** The words for our own parser, the name of the command first. */
  readonly words: readonly string[];
  /** The words for another program; null where no other is to run. */
  readonly child: readonly string[] | null;
}

/** The name under which the passage to kops is registered; nobody types it. */
export const kopsRoute = "kops-mfa-runs-kops";

/**
 * Tells our own command lines from kops's. Options of ours may stand before either; after `--` everything is kops's, or in `exec`
 * the other program's. A first word that is neither's is kops's too, unless it looks like one of ours: kops may have learnt something.
 * `own` are the names of our commands, `getOptions` gives those that may stand before kops's words. Throws {@link UsageError}.
 */
export function routeOf(
  argv: readonly string[],
  own: readonly string[],
  getOptions: () => Definition["options"],
): Route {
  if (own.includes(argv[0] ?? "")) return ownRoute(argv);
  const options = getOptions();
  const { leading, rest } = splitLeading(argv, options);
  const [first] = rest;
  if (first === "--") return { words: [kopsRoute, ...leading], child: rest.slice(1) };
  if (first !== undefined && own.includes(first)) {
    return ownRoute([first, ...leading, ...rest.slice(1)]);
  }
  if (first !== undefined) refuseMistake(first, own, options);
  return { words: [kopsRoute, ...leading], child: rest };
}

/** Only `exec` takes the words of another program. */
function ownRoute(words: readonly string[]): Route {
  return words[0] === "exec" ? splitChild(words) : { words, child: null };
}

function splitLeading(argv: readonly string[], options: Definition["options"]) {
  let end = 0;
  for (; end < argv.length; end++) {
    const [name = "", value] = (argv[end] ?? "").split("=", 2);
    const option = options.find(({ definition }) => typedNames(definition).includes(name));
    if (!option) break;
    if (takesValue(option.definition) && value === undefined) end++;
  }
  return { leading: argv.slice(0, end), rest: argv.slice(end) };
}

function refuseMistake(word: string, own: readonly string[], options: Definition["options"]): void {
  const [name = word] = word.split("=");
  const isFlag = word.startsWith("-");
  if (isFlag ? isGeneralFlag(word) : isKopsCommand(word)) return;
  const known = isFlag ? options.flatMap(({ definition }) => optionNames(definition)) : own;
  const guess = nearest(name, known);
  if (guess === null) return;
  const what = isFlag ? `option ${name}` : `command "${word}"`;
  throw new UsageError(`there is no ${what}`, {
    hint: `Did you mean ${guess}? If kops is to have it: kops-mfa -- ${word}`,
  });
}

/** The names of an option as people may type them: of a switch also the way to turn it off, `--no-server`. */
function typedNames(definition: string): readonly string[] {
  const names = optionNames(definition);
  if (takesValue(definition)) return names;
  return [...names, ...names.map((name) => name.replace(/^--(?!no-)/, "--no-"))];
}
