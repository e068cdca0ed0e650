import type { CompletionCommand, CompletionOption, CompletionTable } from "./table.ts";
import type { Values } from "./values.ts";

/** The table in bash: words with blanks between them, and a function that sets what is known of a command and one of its options. */
export function bashTable({ commands, options, kopsCommands }: CompletionTable): string {
  const before = { name: "''", description: "", options, arguments: [], takesCommand: false };
  return `__kops_mfa_comp_commands='${commands.map(({ name }) => name).join(" ")}'
__kops_mfa_comp_kops_commands='${kopsCommands.map(([name]) => name).join(" ")}'

# Sets \`options\`, \`arguments\` and \`goes_on\` to what a command takes, or what may stand before any for an empty word, and \`values\`
# to what its option $2 takes. Fails if there is no such command.
function __kops_mfa_comp_table {
  values='' goes_on=''
  case $1 in
${[before, ...commands].map(branch).join("")}    *) return 1 ;;
  esac
}
`;
}

function branch({ name, options, arguments: places, takesCommand }: CompletionCommand): string {
  const branches = valueBranches(options);
  return `    ${name})
      options='${options.flatMap((option) => option.names).join(" ")}'
      arguments='${places.map(word).join(" ")}'
${takesCommand ? "      goes_on=yes\n" : ""}${branches === "" ? "" : `      case $2 in\n${branches}      esac\n`}      ;;
`;
}

/** One branch for all options that take the same. */
function valueBranches(options: readonly CompletionOption[]): string {
  const taking = new Map<string, string[]>();
  for (const { names, values } of options) {
    if (values === null) continue;
    const kind = word(values);
    taking.set(kind, [...(taking.get(kind) ?? []), ...names]);
  }
  return Array.from(
    taking,
    ([kind, names]) => `        ${names.join(" | ")}) values='${kind}' ;;\n`,
  ).join("");
}

/** With commas between words to choose from. */
const word = (values: Values): string => (typeof values === "string" ? values : values.join(","));
