import type { CompletionOption, CompletionTable } from "./table.ts";

/** The table in nushell, which reads what JSON writes. */
export function nushellTable({ commands, options, kopsCommands }: CompletionTable): string {
  const entries = commands.map(
    ({ name, description, arguments: places, options: taken, takesCommand }) => `  ${json(name)}: {
    about: ${json(description)}
    takes_command: ${takesCommand}
    arguments: ${json(places)}
    options: [
${taken.map((option) => `      ${optionEntry(option)}\n`).join("")}    ]
  }
`,
  );
  const kops = kopsCommands.map(([name, about]) => `  ${json(name)}: ${json(`kops: ${about}`)}\n`);
  return `const commands = {
${entries.join("")}}
const kops_commands = {
${kops.join("")}}
const options = [
${options.map((option) => `  ${optionEntry(option)}\n`).join("")}]
`;
}

function optionEntry({ names, description, values }: CompletionOption): string {
  return `{names: ${json(names)}, about: ${json(description)}, values: ${json(values)}}`;
}

const json = (value: unknown): string => JSON.stringify(value);
