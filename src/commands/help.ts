import type { Definition } from "clipanion";

const about = `kops-mfa turns one MFA code into a session that this shell carries, so that kops, kubectl,
terraform and everything else in it just work.
`;

const firstSteps = `
The first time:
  kops-mfa setup

In your shell:
  bash, zsh, sh   eval "$(kops-mfa env)"
  fish            kops-mfa env --shell fish | source
  PowerShell      kops-mfa env --shell powershell | Out-String | Invoke-Expression
  tcsh            eval "\`kops-mfa env --shell tcsh\`"
  nushell         kops-mfa env --shell nushell | from json | load-env
  elvish          eval (kops-mfa env --shell elvish | slurp)
  xonsh           execx($(kops-mfa env --shell xonsh) or "raise")
or, once one line is in its start-up file (kops-mfa init --help), in each of them:
  kops-mfa use    and kops-mfa off

For one command:
  kops-mfa get clusters             or any other command of kops
  kops-mfa exec -- terraform plan
`;

/** The help of the whole program. */
export function renderOverview(definitions: readonly Definition[]): string {
  const rows = definitions.map(
    ({ path, description = "" }) => [nameOf(path), description.trim()] as const,
  );
  return `${about}${firstSteps}\nCommands:\n${table(rows)}\nkops-mfa COMMAND --help tells more about one of them.\n`;
}

/** The help of one command. */
export function renderHelp({
  path,
  usage,
  description = "",
  details,
  options,
  examples,
}: Definition): string {
  const name = nameOf(path);
  const [positional = ""] = positionalOf(usage);
  const rows = options.map(
    (option) => [optionForm(option.definition), option.description ?? ""] as const,
  );
  const parts = [
    `kops-mfa ${name}${rows.length > 0 ? " [OPTIONS]" : ""}${positional}\n\n${sentence(description)}\n`,
    details ? `${details.trim().replaceAll(/ +$/gm, "")}\n` : "",
    rows.length > 0 ? `Options:\n${table(rows)}` : "",
    examples ? `Examples:\n${examples.map(([what, line]) => example(what, line)).join("")}` : "",
  ];
  return parts.filter((part) => part !== "").join("\n");
}

/** What may stand besides the options: ` [PROFILE]`, and the word in it. */
export function positionalOf(usage: string): readonly string[] {
  return / \[([A-Z]+)\]$/.exec(usage) ?? [];
}

/** `kops-mfa env` is `env`. */
export function nameOf(path: string): string {
  return path.split(" ").slice(1).join(" ");
}

/** The names that clipanion's "--profile,-p #0" defines. */
export function optionNames(definition: string): readonly string[] {
  return definition.split(" ")[0]?.split(",") ?? [];
}

/** The same as people may type them: of a switch also the way to turn it off, `--no-server`. */
export function typedNames(definition: string): readonly string[] {
  const names = optionNames(definition);
  if (takesValue(definition)) return names;
  return [...names, ...names.map((name) => name.replace(/^--(?!no-)/, "--no-"))];
}

/** Whether "--profile,-p #0" is followed by a value. */
export function takesValue(definition: string): boolean {
  return definition.includes("#");
}

/** "--role-arn #0" as people read it: `--role-arn ARN`. */
function optionForm(definition: string): string {
  const names = optionNames(definition);
  const value = names[0]?.split("-").at(-1)?.toUpperCase() ?? "VALUE";
  return names.join(", ") + (takesValue(definition) ? ` ${value}` : "");
}

function example(what: string, line: string): string {
  return `  # ${what.trim()}\n  ${line.trim().replace(/^\$ /, "")}\n`;
}

function sentence(text: string): string {
  const trimmed = text.trim().replace(/\.?$/, ".");
  return trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
}

/** Two columns; an entry too wide for the first has its words on the next line. */
function table(rows: readonly (readonly [string, string])[]): string {
  const widest = Math.min(30, Math.max(...rows.map(([left]) => left.length)));
  return rows
    .map(([left, right]) =>
      left.length <= widest
        ? `  ${left.padEnd(widest)}  ${right}\n`
        : `  ${left}\n  ${" ".repeat(widest)}  ${right}\n`,
    )
    .join("");
}
