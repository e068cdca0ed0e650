import { isKopsCommand } from "../kops/commands.ts";
import { splitChild } from "./child-words.ts";
import {
  childTable,
  isOwnCommand,
  plainTables,
  type OptionTable,
  type OwnCommand,
  type PlainOptions,
} from "./plain-tables.ts";

/** A command line in its plain form. */
export interface PlainLine {
  readonly command: PlainCommand;
  readonly options: PlainOptions;
  /** The words of another program that is to run; null where none are given. */
  readonly child: readonly string[] | null;
}

/** `kops`: a command line of kops's, whichever. */
export type PlainCommand = OwnCommand | "kops";

/**
 * Reads `--option value`, `--option=value`, a switch, one other word; before a command of kops's, and before the `--` of `exec`, too. Null
 * for a line of any other form, which clipanion reads; what both can read, both read alike.
 */
export function readPlainLine(argv: readonly string[]): PlainLine | null {
  const [command = "", ...words] = argv;
  if (command === "exec") {
    const { words: own, child } = splitChild(words);
    return lineOf(command, own, child);
  }
  if (isOwnCommand(command)) return lineOf(command, words, null);
  return readKopsLine(argv);
}

/** Options of ours may stand before kops's words. */
function readKopsLine(argv: readonly string[]): PlainLine | null {
  const { options, rest } = readOptions(childTable, argv);
  const [word] = rest;
  const isKops = word !== undefined && isKopsCommand(word);
  return isKops && options !== null ? { command: "kops", options, child: rest } : null;
}

/** Options, a word, options. */
function lineOf(
  command: OwnCommand,
  words: readonly string[],
  child: PlainLine["child"],
): PlainLine | null {
  const table = plainTables[command];
  const before = readOptions(table, words);
  const [word, ...others] = before.rest;
  const after = readOptions(table, others);
  if (before.options === null || after.options === null) return null;
  const isTwice = Object.keys(after.options).some((key) => Object.hasOwn(before.options, key));
  if (isTwice || word === "" || after.rest.length > 0) return null;
  const own = word === undefined ? {} : { word };
  return { command, options: { ...before.options, ...after.options, ...own }, child };
}

/** The options up to the first word that is none, and the rest from there; null where one is not plain, or given twice. */
function readOptions(table: OptionTable, words: readonly string[]) {
  const options = new Map<keyof PlainOptions, FoundOption["value"]>();
  let rest = words;
  while (rest[0]?.startsWith("-")) {
    const found = readOption(table, rest);
    const value = found && added(options.get(found.key), found.value);
    if (!found || !value) return { options: null, rest };
    options.set(found.key, value);
    rest = rest.slice(found.length);
  }
  return { options: Object.fromEntries(options) as PlainOptions, rest };
}

interface FoundOption {
  readonly key: keyof PlainOptions;
  readonly value: string | true | readonly string[];
  /** How many words it takes. */
  readonly length: number;
}

function added(given: FoundOption["value"] | undefined, value: FoundOption["value"]) {
  if (given === undefined) return value;
  return typeof given === "object" && typeof value === "object" ? [...given, ...value] : null;
}

function readOption(table: OptionTable, [word = "", next]: readonly string[]): FoundOption | null {
  const key = table.switches[word];
  if (key !== undefined) return { key, value: true, length: 1 };
  const [, name, attached] = /^(--[^=]+)=(.*)$/s.exec(word) ?? [];
  return name === undefined ? withValue(table, word, next, 2) : withValue(table, name, attached, 1);
}

/** An empty value, or one that looks like an option, is not for here. */
function withValue(
  { values, lists = {} }: OptionTable,
  name: string,
  value: string | undefined,
  length: number,
): FoundOption | null {
  if (value === undefined || !/^[^-]/.test(value)) return null;
  const [key, list] = [values[name], lists[name]];
  if (key !== undefined) return { key, value, length };
  return list === undefined ? null : { key: list, value: [value], length };
}
