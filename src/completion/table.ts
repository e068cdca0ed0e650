import { kopsCommands } from "../kops/commands.ts";
import { integratedWords } from "./integrated-words.ts";
import { valuesOf, type KnownValues, type Values } from "./values.ts";

/** What is read of clipanion's `Definition`. */
export interface Definition {
  /** `kops-mfa env` */
  readonly path: string;
  /** `kops-mfa env [PROFILE]` */
  readonly usage: string;
  readonly description?: string;
  readonly options: readonly {
    /** `--profile,-p #0`, with a number for each value. */
    readonly definition: string;
    readonly description?: string;
  }[];
}

/** What can be typed after `kops-mfa`, as the completions of all shells are made of it. */
export interface CompletionTable {
  readonly commands: readonly CompletionCommand[];
  /** The options that may stand before a command, ours or kops's. */
  readonly options: readonly CompletionOption[];
  /** What kops has, and what is said about it. */
  readonly kopsCommands: readonly (readonly [name: string, description: string])[];
}

export interface CompletionCommand {
  readonly name: string;
  readonly description: string;
  readonly options: readonly CompletionOption[];
  /** What may stand at each place that is no option. */
  readonly arguments: readonly Values[];
  /** Whether another program's command line begins behind `--`. */
  readonly takesCommand: boolean;
}

export interface CompletionOption {
  /** With their hyphens. */
  readonly names: readonly string[];
  readonly description: string;
  /** Null where it takes no value. */
  readonly values: Values | null;
}

const help: CompletionOption = { names: ["--help", "-h"], description: "show help", values: null };
const version: CompletionOption = {
  names: ["--version"],
  description: "show the version",
  values: null,
};

/** Makes the table of clipanion's definitions, in the order in which help shows them. */
export function completionTable(
  definitions: readonly Definition[],
  known: KnownValues,
): CompletionTable {
  const commands = definitions.map((definition) => completionCommand(definition, known));
  const find = (name: string) => commands.find((command) => command.name === name);
  return {
    commands: [...commands, ...integratedCommands(find("env"))],
    // As in commands/route.ts.
    options: [...(find("exec")?.options ?? []), version],
    kopsCommands: Object.entries(kopsCommands),
  };
}

function completionCommand(
  { path, usage, description = "", options }: Definition,
  known: KnownValues,
): CompletionCommand {
  const name = path.split(" ").slice(1).join(" ");
  return {
    name,
    description: description.trim(),
    options: [...options.map((option) => completionOption(name, option, known)), help],
    arguments: argumentNames(usage).map((argument) => valuesOf(name, argument, "", known)),
    takesCommand: name === "exec",
  };
}

/** With the way to turn a switch off, where its description names that. */
function completionOption(
  command: string,
  { definition, description: text = "" }: Definition["options"][number],
  known: KnownValues,
): CompletionOption {
  const [names = "", value] = definition.split(" ");
  const [first = ""] = names.split(",");
  const description = text.trim();
  const values = value === undefined ? null : valuesOf(command, first, description, known);
  const isList = Array.isArray(values) && description === values.join(", ");
  const off = first.replace(/^--/, "--no-");
  return {
    names: [...names.split(","), ...(description.includes(off) ? [off] : [])],
    description: isList ? `which ${first.replace(/^-+/, "")}` : description,
    values,
  };
}

/** What is in brackets, and no option. */
function argumentNames(usage: string): readonly string[] {
  return Array.from(usage.matchAll(/[<[]([^-\]>][^\]>]*)[\]>]/g), ([, name = ""]) => name);
}

/** The two words that a shell with the integration has (shell/). */
function integratedCommands(env: CompletionCommand | undefined): readonly CompletionCommand[] {
  const printing = ["--shell", "--format", "--output", "--unset"];
  const options = env?.options.filter(({ names: [name = ""] }) => !printing.includes(name)) ?? [];
  const places = env?.arguments ?? [];
  return [
    {
      name: "use",
      description: integratedWords.use,
      ...{ options, arguments: places, takesCommand: false },
    },
    {
      name: "off",
      description: integratedWords.off,
      ...{ options: [help], arguments: [], takesCommand: false },
    },
  ];
}
