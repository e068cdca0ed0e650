import type { CompletionOption, CompletionTable } from "./table.ts";
import type { Values } from "./values.ts";

/** The table in PowerShell: tables that keep their order. */
export function powershellTable({ commands, options, kopsCommands }: CompletionTable): string {
  const entries = commands.map(
    (command) => `    ${quote(command.name)} = @{
        About = ${quote(command.description)}
        TakesCommand = $${command.takesCommand}
        Arguments = ${listOf(command.arguments)}
        Options = @(
${command.options.map((option) => `            ${optionEntry(option)}\n`).join("")}        )
    }
`,
  );
  const kops = kopsCommands.map(
    ([name, about]) => `    ${quote(name)} = ${quote(`kops: ${about}`)}\n`,
  );
  return `$commands = [ordered]@{
${entries.join("")}}
$kopsCommands = [ordered]@{
${kops.join("")}}
$options = @(
${options.map((option) => `    ${optionEntry(option)}\n`).join("")})
`;
}

function optionEntry({ names, description, values }: CompletionOption): string {
  const value = values === null ? "$null" : valuesOf(values);
  return `@{ Names = @(${names.map(quote).join(", ")}); About = ${quote(description)}; Values = ${value} }`;
}

/** With a comma in front of a lone one: PowerShell would else flatten what is a list itself. */
function listOf(places: readonly Values[]): string {
  const [first] = places;
  if (places.length === 1 && first !== undefined) return `@(, ${valuesOf(first)})`;
  return `@(${places.map(valuesOf).join(", ")})`;
}

function valuesOf(values: Values): string {
  return typeof values === "string" ? quote(values) : `@(${values.map(quote).join(", ")})`;
}

/** PowerShell takes typographic quotes for straight ones. */
const quote = (text: string): string => `'${text.replace(/['‘’‚‛]/g, "$&$&")}'`;
