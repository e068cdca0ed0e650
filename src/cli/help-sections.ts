import type { Definition } from "clipanion";
import { integratedWords } from "../completion/integrated-words.ts";

/** What stands under one title, each with its words. */
export interface Group {
  readonly title: string;
  readonly rows: readonly (readonly [name: string, words: string])[];
}

/** What clipanion knows of a command. */
export type CommandDefinition = Definition;
export type HelpOption = Definition["options"][number];

/** Options under one title. */
export interface OptionGroup {
  readonly title: string;
  readonly options: readonly HelpOption[];
}

/** The categories of the commands, in the order in which help and manual show them. */
const categories = [
  "Sessions",
  "Running programs",
  "Configuration and policy",
  "Shell integration",
] as const;

/** Commands that clipanion does not know by a name. */
const besides: Readonly<Partial<Record<(typeof categories)[number], Group["rows"]>>> = {
  "Running programs": [["KOPS-COMMAND", "any command of kops, with a session"]],
  "Shell integration": Object.entries(integratedWords),
};

/** The commands by category. Throws RangeError for one whose category is none of them. */
export function commandGroups(definitions: readonly Definition[]): readonly {
  readonly title: string;
  readonly definitions: readonly Definition[];
  readonly besides: Group["rows"];
}[] {
  const lost = definitions.find((one) => !categories.some((title) => isOf(one, title)));
  if (lost) throw new RangeError(`${lost.path} has no category that help shows`);
  return categories.map((title) => ({
    title,
    definitions: definitions.filter((one) => isOf(one, title)),
    besides: besides[title] ?? [],
  }));
}

function isOf({ category = "" }: Definition, title: string): boolean {
  return category.trim() === title;
}

type Titles = readonly (readonly [title: string, names: readonly string[]])[];

/** Of the options that most commands have: which session is meant, and how it is made. */
const general: Titles = [
  [
    "Which session",
    [
      "--profile",
      "--region",
      "--role-arn",
      "--serial-number",
      "--role-session-name",
      "--external-id",
    ],
  ],
  [
    "Its code and its time",
    [
      "--token-code",
      "--no-prompt",
      "--no-session",
      "--duration-seconds",
      "--duration",
      "--min-ttl",
    ],
  ],
];

/** Where the same options mean something else, or there are many. */
const special: Readonly<Record<string, Titles>> = {
  setup: [
    [
      "What is written",
      [
        ...["--profile", "--source-profile", "--serial-number", "--role-arn", "--external-id"],
        ...["--region", "--state-store", "--cluster", "--default", "--shell-startup"],
      ],
    ],
  ],
  policy: [
    [
      "The role",
      [
        "--account",
        "--role-name",
        "--max-session-duration",
        "--manage-clusters",
        "--partition",
        "--region",
      ],
    ],
    [
      "Who may assume it",
      ["--user", "--group", "--user-account", "--mfa-age", "--session-name-rule", "--manage-mfa"],
    ],
    ["The state store", ["--state-store", "--bucket-policy", "--cluster", "--allow"]],
  ],
};

/** Over the options that only one command has. */
export const ownTitle = "Options";

/** The options of a command: first those that only it has. */
export function optionGroups(name: string, options: readonly HelpOption[]): readonly OptionGroup[] {
  const titles = special[name] ?? general;
  const isIn = (names: readonly string[]) => (option: HelpOption) =>
    optionNames(option.definition).some((one) => names.includes(one));
  const titled = titles.flatMap(([, names]) => names);
  const own = { title: ownTitle, options: options.filter((option) => !isIn(titled)(option)) };
  const groups = titles.map(([title, names]) => ({ title, options: options.filter(isIn(names)) }));
  return [own, ...groups].filter((group) => group.options.length > 0);
}

/** The names that clipanion's "--profile,-p #0" defines. */
export function optionNames(definition: string): readonly string[] {
  return definition.split(" ")[0]?.split(",") ?? [];
}

/** Whether "--profile,-p #0" is followed by a value. */
export function takesValue(definition: string): boolean {
  return definition.includes("#");
}

/** What a value is called where the option's last word does not say it. */
const valueNames: Readonly<Record<string, string>> = {
  "--allow": "ARN",
  "--kubeconfig": "FILE",
  "--mfa-age": "DURATION",
  "--min-ttl": "DURATION",
  "--output": "FILE",
  "--serial-number": "ARN",
  "--shell-startup": "",
  "--wrap": "COMMANDS",
};

/** "--role-arn #0" as people read it: `--role-arn ARN`. */
export function optionForm(definition: string): string {
  const names = optionNames(definition);
  const [first = ""] = names;
  const value = valueNames[first] ?? first.split("-").at(-1)?.toUpperCase() ?? "VALUE";
  return names.join(", ") + (takesValue(definition) ? ` ${value}` : "");
}

/** A command line as people type it: `kops-mfa env [OPTIONS] [PROFILE]`. */
export function usageLine({ path, usage, options }: Definition): string {
  const [form = ""] = positionalOf(usage);
  const command = nameOf(path) === "exec" ? " [-- COMMAND...]" : "";
  return `${path}${options.length > 0 ? " [OPTIONS]" : ""}${form}${command}`;
}

/** What may stand besides the options, or has to: ` [PROFILE]` or ` SHELL`, and the word in it. */
export function positionalOf(usage: string): readonly string[] {
  const [, bracket, word = ""] = / ([[<])([A-Z]+)[\]>]$/.exec(usage) ?? [];
  if (bracket === undefined) return [];
  return [bracket === "[" ? ` [${word}]` : ` ${word}`, word];
}

/** `kops-mfa env` is `env`. */
export function nameOf(path: string): string {
  return path.split(" ").slice(1).join(" ");
}

/** What may stand in place of a command. */
export const generalOptions: Group["rows"] = [
  ["--help, -h", "show help: of all, or of a command"],
  ["--version", "show the version"],
];

/** The variables about words, which help names too. */
export const wordVariables: Group["rows"] = [
  ["NO_COLOR", "no colours, whatever else is set"],
  ["FORCE_COLOR", "colours, also where no terminal is; 0: none (so CLICOLOR_FORCE, CLICOLOR)"],
  [
    "KOPS_MFA_PLAIN",
    "1: words for a screen reader: no signs, and nothing is drawn over (so TERM=dumb)",
  ],
];
