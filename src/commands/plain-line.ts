import type { RequestOptions } from "../config/request.ts";
import type { InitOptions } from "../runs/init.ts";
import type { EnvOptions } from "./env-text.ts";

/** A command line in the plain form of those that are typed all day, and of those that start-up files have. */
export interface PlainLine {
  readonly command: PlainCommand;
  readonly options: PlainOptions;
}

export type PlainCommand = keyof typeof plainTables;

type PlainOptions = Omit<RequestOptions, "profile"> &
  EnvOptions &
  Pick<InitOptions, "wrap"> & {
    /** What is not an option: a profile, or a shell. */
    readonly word?: string;
    readonly profile?: string;
    readonly unset?: boolean;
    readonly json?: boolean;
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

const jsonTable = {
  ...sessionTable,
  switches: { ...sessionTable.switches, "--json": "json" },
} as const satisfies OptionTable;

/** By command: what a plain line of it may have. */
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
  init: { values: { "--wrap": "wrap", "--output": "output" }, switches: {} },
  completions: { values: {}, switches: {} },
} as const satisfies Readonly<Record<string, OptionTable>>;

/**
 * Reads `--option value`, `--option=value`, a switch, one other word. Null for a line of any other form, which clipanion reads; what both
 * can read, both read alike.
 */
export function readPlainLine([command = "", ...words]: readonly string[]): PlainLine | null {
  if (!isPlainCommand(command)) return null;
  const options = new Map<keyof PlainOptions, string | true>();
  for (let rest: readonly string[] = words; rest.length > 0;) {
    const found = readOption(plainTables[command], rest);
    if (found === null || options.has(found.key)) return null;
    options.set(found.key, found.value);
    rest = rest.slice(found.length);
  }
  return { command, options: Object.fromEntries(options) };
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
  if (!word.startsWith("-")) return withValue("word", word, 1);
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

function isPlainCommand(word: string): word is PlainCommand {
  return Object.hasOwn(plainTables, word);
}
