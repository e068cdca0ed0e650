import type { CompletionCommand, CompletionOption, CompletionTable } from "./table.ts";
import type { Values } from "./values.ts";

/** The table in fish: lines of `complete`, of which one serves all commands that have the same option. */
export function fishTable({ commands, options, kopsCommands }: CompletionTable): string {
  const valued = commands.flatMap((command) => command.options).filter(({ values }) => values);
  const lines = [
    `set -g __kops_mfa_comp_leading ${options.flatMap(({ names }) => names).join(" ")}`,
    `set -g __kops_mfa_comp_ours ${commands.map(({ name }) => name).join(" ")}`,
    `set -g __kops_mfa_comp_valued ${[...new Set(valued.flatMap(({ names }) => names))].join(" ")}`,
    "",
    "complete -e -c kops-mfa",
    "complete -c kops-mfa -f",
    ...commands.map(({ name, description }) => rule(first, word(name, description))),
    ...kopsCommands.map(([name, about]) => rule(firstOfKops, word(name, `kops: ${about}`))),
    ...options.map((option) => rule(first, optionWords(option))),
    ...optionRules(commands),
    ...commands.flatMap(argumentRules),
    ...commands
      .filter(({ takesCommand }) => takesCommand)
      .map(({ name }) => rule(`__kops_mfa_comp_behind ${name}`, "-a '(__kops_mfa_comp_command)'")),
    rule("__kops_mfa_comp_is_kops", "-k -a '(__kops_mfa_comp_kops)'"),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

const first = "__kops_mfa_comp_first";
const firstOfKops = `${first}; and command -q kops`;

function optionRules(commands: readonly CompletionCommand[]): readonly string[] {
  const having = new Map<string, string[]>();
  for (const { name, options } of commands) {
    for (const words of options.map(optionWords)) {
      having.set(words, [...(having.get(words) ?? []), name]);
    }
  }
  return Array.from(having, ([words, names]) =>
    rule(`__kops_mfa_comp_in ${names.join(" ")}`, words),
  );
}

function argumentRules({ name, arguments: places }: CompletionCommand): readonly string[] {
  return places.flatMap((values, index) => {
    const offered = offer(values);
    return offered === null ? [] : [rule(`__kops_mfa_comp_at ${index + 1} ${name}`, offered)];
  });
}

function rule(condition: string, words: string): string {
  return `complete -c kops-mfa -n ${quote(condition)} ${words}`;
}

function word(name: string, about: string): string {
  return `-a ${name} -d ${quote(about)}`;
}

function optionWords({ names, description, values }: CompletionOption): string {
  const flags = names.map((name) =>
    name.startsWith("--") ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`,
  );
  const value = values === null ? [] : ["-x", offer(values) ?? []].flat();
  return [...flags, ...value, `-d ${quote(description)}`].join(" ");
}

/** What `complete` gets for values; null where nobody knows any. */
function offer(values: Values): string | null {
  switch (values) {
    case "profile":
      return "-a '(__kops_mfa_comp_program __profiles)'";
    case "file":
      return "-a '(__kops_mfa_comp_paths)'";
    case "anything":
      return null;
    default:
      return `-a ${quote(values.join(" "))}`;
  }
}

const quote = (text: string): string =>
  /^[\w-]+$/.test(text) ? text : `'${text.replace(/[\\']/g, "\\$&")}'`;
