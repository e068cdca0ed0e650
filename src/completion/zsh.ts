import type { CompletionCommand, CompletionOption, CompletionTable } from "./table.ts";
import type { Values } from "./values.ts";

/** The table in zsh: what _describe shows, and the specifications of _arguments. */
export function zshTable({ commands, options, kopsCommands }: CompletionTable): string {
  const own = commands.map(({ name, description }) => [name, description] as const);
  return `typeset -ga _kops_mfa_commands=(
${described(own)})
typeset -ga _kops_mfa_kops_commands=(
${described(kopsCommands)})
typeset -ga _kops_mfa_options=(
${options.flatMap(optionSpecs).map(line(2)).join("")})

# Sets \`words_taken\` to how many words an option before the command is, with its value; fails if there is no such option.
function _kops_mfa_leading {
  case $1 in
${leadingBranches(options)}    *) return 1 ;;
  esac
}

# Sets \`specs\` and \`goes_on\` to what a command takes; fails if there is no such command.
function _kops_mfa_table {
  goes_on=''
  case $1 in
${commands.map(branch).join("")}    *) return 1 ;;
  esac
}
`;
}

function described(entries: readonly (readonly [string, string])[]): string {
  return entries.map(([name, text]) => line(2)(quote(`${name}:${text}`))).join("");
}

function leadingBranches(options: readonly CompletionOption[]): string {
  const valued = options.filter(({ values }) => values !== null).flatMap(({ names }) => names);
  const flags = options.filter(({ values }) => values === null).flatMap(({ names }) => names);
  const joined = valued.filter((name) => name.startsWith("--")).map((name) => `${name}=*`);
  return `    ${valued.join(" | ")}) words_taken=2 ;;
    ${[...joined, ...flags].join(" | ")}) words_taken=1 ;;
`;
}

function branch({ name, options, arguments: places, takesCommand }: CompletionCommand): string {
  const specs = [...options.flatMap(optionSpecs), ...places.map(argumentSpec)];
  return `    ${name})
      specs=(
${specs.map(line(8)).join("")}      )
${takesCommand ? "      goes_on=yes\n" : ""}      ;;
`;
}

/** `(--profile -p)--profile=[…]:profile:action`, one for each name. */
function optionSpecs({ names, description, values }: CompletionOption): readonly string[] {
  const others = names.length > 1 ? `(${names.join(" ")})` : "";
  const text = description.replace(/[[\]:\\]/g, "\\$&");
  return names.map((name) => {
    const takes = values === null ? "" : `:${action(name, values)}`;
    const equal = values !== null && name.startsWith("--") ? "=" : "";
    return quote(`${others}${name}${equal}[${text}]${takes}`);
  });
}

function argumentSpec(values: Values, index: number): string {
  return quote(`${index + 1}::${action("argument", values)}`);
}

function action(name: string, values: Values): string {
  switch (values) {
    case "profile":
      return "profile:_kops_mfa_profiles";
    case "file":
      return "file:_files";
    case "anything":
      return `${name.replace(/^-+/, "")}: `;
    default:
      return `${name.replace(/^-+/, "")}:(${values.join(" ")})`;
  }
}

const quote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
const line = (indent: number) => (text: string) => `${" ".repeat(indent)}${text}\n`;
