import { isKopsCommand } from "../kops/commands.ts";
import type { RequestOptions } from "../config/request.ts";
import type { InitOptions } from "../runs/init.ts";
import type { EnvOptions } from "./env-text.ts";

/** A command line in the plain form of those that are typed all day, and of those that start-up files have. */
export interface PlainLine {
  readonly command: PlainCommand;
  readonly options: PlainOptions;
  /** The words of another program that is to run; null where none are given. */
  readonly child: readonly string[] | null;
}

type OwnCommand = keyof typeof plainTables;

/** `kops`: a command line of kops's, whichever. */
export type PlainCommand = OwnCommand | "kops";

type PlainOptions = Omit<RequestOptions, "profile"> &
  EnvOptions &
  Pick<InitOptions, "wrap"> & {
    /** What is not an option: a profile, or a shell. */
    readonly word?: string;
    readonly profile?: string;
    readonly unset?: boolean;
    readonly json?: boolean;
    readonly server?: boolean;
  };

/** The options that are followed by a value, and those that are not. */
export interface OptionTable {
  readonly values: Readonly<Record<string, keyof PlainOptions>>;
  readonly switches: Readonly<Record<string, keyof PlainOptions>>;
}

const sessionTable = {
  values: {
    "--profile": "profile",
    "-p": "profile",
    "--region": "region",
    "--role-arn": "roleArn",
    "--serial-number": "serialNumber",
    "--token-code": "tokenCode",
    "--role-session-name": "roleSessionName",
    "--external-id": "externalId",
    "--duration-seconds": "durationSeconds",
    "--duration": "duration",
    "--min-ttl": "minTtl",
  },
  switches: { "--no-session": "noSession", "--no-prompt": "noPrompt" },
} as const satisfies OptionTable;

const childTable = {
  ...sessionTable,
  switches: { ...sessionTable.switches, "--server": "server" },
} as const satisfies OptionTable;

const jsonTable = {
  ...sessionTable,
  switches: { ...sessionTable.switches, "--json": "json" },
} as const satisfies OptionTable;

/** By command: what a plain line of it may have, besides one word. */
export const plainTables = {
  env: {
    values: {
      ...sessionTable.values,
      "--shell": "shell",
      "--format": "format",
      "--output": "output",
    },
    switches: { ...sessionTable.switches, "--unset": "unset" },
  },
  status: jsonTable,
  "credential-process": sessionTable,
  login: sessionTable,
  explain: jsonTable,
  exec: childTable,
  init: { values: { "--wrap": "wrap", "--output": "output" }, switches: {} },
  completions: { values: {}, switches: {} },
} as const satisfies Readonly<Record<string, OptionTable>>;

/**
 * Reads `--option value`, `--option=value`, a switch, one other word; before a command of kops's, and before the `--` of `exec`, too. Null
 * for a line of any other form, which clipanion reads; what both can read, both read alike.
 */
export function readPlainLine(argv: readonly string[]): PlainLine | null {
  const [command = "", ...words] = argv;
  if (command === "exec") {
    const end = words.includes("--") ? words.indexOf("--") : null;
    const child = end === null ? null : words.slice(end + 1);
    return lineOf(command, words.slice(0, end ?? words.length), child);
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
  const options = new Map<keyof PlainOptions, string | true>();
  let rest = words;
  while (rest[0]?.startsWith("-")) {
    const found = readOption(table, rest);
    if (found === null || options.has(found.key)) return { options: null, rest };
    options.set(found.key, found.value);
    rest = rest.slice(found.length);
  }
  return { options: Object.fromEntries(options) as PlainOptions, rest };
}

interface FoundOption {
  readonly key: keyof PlainOptions;
  readonly value: string | true;
  /** How many words it takes. */
  readonly length: number;
}

function readOption(
  { values, switches }: OptionTable,
  [word = "", next]: readonly string[],
): FoundOption | null {
  const key = switches[word];
  if (key !== undefined) return { key, value: true, length: 1 };
  const [, name, attached] = /^(--[^=]+)=(.*)$/s.exec(word) ?? [];
  return name === undefined
    ? withValue(values[word], next, 2)
    : withValue(values[name], attached, 1);
}

/** An empty value, or one that looks like an option, is not for here. */
function withValue(
  key: keyof PlainOptions | undefined,
  value: string | undefined,
  length: number,
): FoundOption | null {
  const isPlain = value !== undefined && /^[^-]/.test(value);
  return key !== undefined && isPlain ? { key, value, length } : null;
}

function isOwnCommand(word: string): word is OwnCommand {
  return Object.hasOwn(plainTables, word);
}
