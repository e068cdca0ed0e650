import type { Definition } from "clipanion";
import { findDialect, type ShellName } from "../shell/dialects/registry.ts";
import {
  commandGroups,
  generalOptions,
  nameOf,
  optionForm,
  optionGroups,
  usageLine,
  wordVariables,
  type Group,
} from "./help-sections.ts";

/** What the program is. */
export const about = `kops-mfa turns one MFA code into a session that this shell carries, so that kops, kubectl,
terraform and everything else in it just work.
`;

/** The shells with a line of their own in the overview, as it calls them. */
const shownShells: readonly (readonly [label: string, shell: ShellName])[] = [
  ["bash, zsh, sh", "bash"],
  ["fish", "fish"],
  ["PowerShell", "powershell"],
  ["tcsh", "tcsh"],
  ["nushell", "nushell"],
  ["elvish", "elvish"],
  ["xonsh", "xonsh"],
];

/** The line that puts a session into each shell. */
export const shellLines: Group["rows"] = shownShells.map(([label, shell]) => {
  const command = shell === "bash" ? "kops-mfa env" : `kops-mfa env --shell ${shell}`;
  return [label, findDialect(shell).evaluate(command)];
});

/** The help of the whole program. */
export function renderOverview(definitions: readonly Definition[]): string {
  const commands = commandGroups(definitions).map((group) => ({
    title: group.title,
    rows: [
      ...group.definitions.map(
        ({ path, description = "" }) => [nameOf(path), description.trim()] as const,
      ),
      ...group.besides,
    ],
  }));
  const groups = [
    ...commands,
    { title: "Options", rows: generalOptions },
    { title: "Variables", rows: wordVariables },
  ];
  const width = columnOf(groups.flatMap(({ rows }) => rows));
  return `${about}
The first time:
  kops-mfa setup

In your shell:
${table(shellLines, columnOf(shellLines))}or, once one line is in its start-up file (kops-mfa init --help), in each of them:
  kops-mfa use    and kops-mfa off

For one command:
  kops-mfa get clusters             or any other command of kops
  kops-mfa exec -- terraform plan

${groups.map(({ title, rows }) => `${title}:\n${table(rows, width)}`).join("\n")}
kops-mfa COMMAND --help tells more about one of them, with examples; man kops-mfa has all of it.
`;
}

/** The help of one command. */
export function renderHelp(definition: Definition): string {
  const { path, description = "", details, options, examples } = definition;
  const groups = optionGroups(nameOf(path), options).map(({ title, options: own }) => ({
    title,
    rows: own.map(
      ({ definition: form, description: words = "" }) => [optionForm(form), words] as const,
    ),
  }));
  const width = columnOf(groups.flatMap(({ rows }) => rows));
  const parts = [
    `${usageLine(definition)}\n\n${sentence(description)}\n`,
    details ? `${details.trim().replaceAll(/ +$/gm, "")}\n` : "",
    ...groups.map(({ title, rows }) => `${title}:\n${table(rows, width)}`),
    examples ? `Examples:\n${examples.map(([what, line]) => example(what, line)).join("")}` : "",
  ];
  return parts.filter((part) => part !== "").join("\n");
}

function example(what: string, line: string): string {
  return `  # ${what.trim()}\n  ${line.trim()}\n`;
}

/** A description as a sentence of its own. */
export function sentence(text: string): string {
  const trimmed = text.trim().replace(/\.?$/, ".");
  return trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
}

function columnOf(rows: Group["rows"]): number {
  return Math.min(30, Math.max(...rows.map(([left]) => left.length)));
}

/** Two columns; an entry too wide for the first has its words on the next line. */
function table(rows: Group["rows"], width: number): string {
  return rows
    .map(([left, right]) =>
      left.length <= width
        ? `  ${left.padEnd(width)}  ${right}\n`
        : `  ${left}\n  ${" ".repeat(width)}  ${right}\n`,
    )
    .join("");
}
