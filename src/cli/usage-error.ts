import type { Definition } from "clipanion";
import { UsageError } from "../errors.ts";
import { nearest } from "../nearest.ts";
import { nameOf, optionNames, positionalOf } from "./help-sections.ts";
import { kopsRoute } from "./kops-line.ts";

/** What clipanion says about a command line, as an error of two lines. Anything else is given back. */
export function usageErrorOf(
  error: unknown,
  argv: readonly string[],
  definitions: readonly Definition[],
): unknown {
  if (!(error instanceof Error) || !("clipanion" in error)) return error;
  // What may stand before kops's words is what `exec` takes.
  const command = argv[0] === kopsRoute ? "exec" : (argv[0] ?? "");
  const definition = definitions.find(({ path }) => nameOf(path) === command);
  if (!definition) return unknownCommand(command, definitions);
  const [, option] = /Unsupported option name \("([^"]*)"\)/.exec(error.message) ?? [];
  if (option !== undefined) return unknownOption(command, option, definition);
  const [, bare] = /Not enough arguments to option (\S+?)\.?\s/.exec(`${error.message} `) ?? [];
  if (bare !== undefined) {
    return new UsageError(`${bare} needs a value`, { hint: seeHelp(command) });
  }
  if (command === "exec") {
    return new UsageError("exec: the command goes after --", {
      hint: "kops-mfa exec prod -- terraform plan",
    });
  }
  return wrongWords(command, definition, error.message);
}

function wrongWords(command: string, { usage }: Definition, message: string): UsageError {
  const [, positional = "word"] = positionalOf(usage);
  const hint = seeHelp(command);
  return message.includes("Not enough positional arguments")
    ? new UsageError(`kops-mfa ${command} needs the name of a ${positional.toLowerCase()}`, {
        hint,
      })
    : new UsageError(
        `kops-mfa ${command} takes at most one ${positional.toLowerCase()} besides its options`,
        { hint },
      );
}

function unknownCommand(word: string, definitions: readonly Definition[]): UsageError {
  const names = definitions.map(({ path }) => nameOf(path));
  const guess = nearest(word, names);
  return new UsageError(`there is no command "${word}"`, {
    hint: guess === null ? `The commands are ${names.join(", ")}.` : `Did you mean "${guess}"?`,
  });
}

function unknownOption(command: string, option: string, { options }: Definition): UsageError {
  const names = options.flatMap(({ definition }) => optionNames(definition));
  const guess = nearest(option, names);
  return new UsageError(`kops-mfa ${command} has no option ${option}`, {
    hint: guess === null ? seeHelp(command) : `Did you mean ${guess}?`,
  });
}

function seeHelp(command: string): string {
  return `kops-mfa ${command} --help shows what it takes.`;
}
