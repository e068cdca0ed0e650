import type { CompletionOption, CompletionTable } from "./table.ts";
import type { Values } from "./values.ts";

/** The table in elvish: maps and lists. */
export function elvishTable({ commands, options, kopsCommands }: CompletionTable): string {
  const entries = commands.map(
    ({ name, description, arguments: places, options: taken, takesCommand }) => `  &${name}=[
    &about=${quote(description)}
    &takes-command=$${takesCommand}
    &arguments=[${places.map(valuesOf).join(" ")}]
    &options=[
${taken.map((option) => `      ${optionEntry(option)}\n`).join("")}    ]
  ]
`,
  );
  const kops = kopsCommands.map(([name, about]) => `  &${name}=${quote(`kops: ${about}`)}\n`);
  return `var commands = [
${entries.join("")}]
var kops-commands = [
${kops.join("")}]
var options = [
${options.map((option) => `  ${optionEntry(option)}\n`).join("")}]
`;
}

function optionEntry({ names, description, values }: CompletionOption): string {
  const value = values === null ? "$nil" : valuesOf(values);
  return `[&names=[${names.join(" ")}] &about=${quote(description)} &values=${value}]`;
}

const valuesOf = (values: Values): string =>
  typeof values === "string" ? values : `[${values.join(" ")}]`;

const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;
