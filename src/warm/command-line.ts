import type { RequestOptions } from "../config/request.ts";
import type { EnvOptions } from "../commands/env-text.ts";

/** A command line that the warm lane understands. */
export interface WarmLine {
  readonly command: WarmCommand;
  readonly options: WarmOptions;
}

export type WarmCommand = "env" | "status" | "credential-process";

type WarmOptions = Omit<RequestOptions, "profile" | "tokenCode"> &
  Omit<EnvOptions, "output"> & {
    readonly word?: string;
    readonly profile?: string;
    readonly unset?: boolean;
    readonly json?: boolean;
  };

/** The options that are followed by a value, and those that are not. */
export interface OptionTable {
  readonly values: Readonly<Record<string, keyof WarmOptions>>;
  readonly switches: Readonly<Record<string, keyof WarmOptions>>;
}

const sessionTable = {
  values: {
    "--profile": "profile",
    "-p": "profile",
    "--region": "region",
    "--role-arn": "roleArn",
    "--serial-number": "serialNumber",
    "--role-session-name": "roleSessionName",
    "--external-id": "externalId",
    "--duration-seconds": "durationSeconds",
    "--duration": "duration",
    "--min-ttl": "minTtl",
  },
  switches: { "--no-session": "noSession", "--no-prompt": "noPrompt" },
} as const satisfies OptionTable;

/** By command; what is not in here is for the whole program. */
export const optionTables: Readonly<Record<WarmCommand, OptionTable>> = {
  env: {
    values: { ...sessionTable.values, "--shell": "shell", "--format": "format" },
    switches: { ...sessionTable.switches, "--unset": "unset" },
  },
  status: { ...sessionTable, switches: { ...sessionTable.switches, "--json": "json" } },
  "credential-process": sessionTable,
};

/**
 * Reads the plain forms of the command lines that are met all day: `--option value`, `--option=value`, a switch, one other word. Null
 * for any other, which clipanion reads then.
 */
export function readWarmLine([command = "", ...words]: readonly string[]): WarmLine | null {
  if (!isCommand(command)) return null;
  const options = new Map<keyof WarmOptions, string | true>();
  for (let rest: readonly string[] = words; rest.length > 0;) {
    const found = readOption(optionTables[command], rest);
    if (found === null || options.has(found.key)) return null;
    options.set(found.key, found.value);
    rest = rest.slice(found.length);
  }
  return { command, options: Object.fromEntries(options) };
}

interface FoundOption {
  readonly key: keyof WarmOptions;
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
  key: keyof WarmOptions | undefined,
  value: string | undefined,
  length: number,
): FoundOption | null {
  const isPlain = value !== undefined && /^[^-]/.test(value);
  return key !== undefined && isPlain ? { key, value, length } : null;
}

function isCommand(word: string): word is WarmCommand {
  return Object.hasOwn(optionTables, word);
}
