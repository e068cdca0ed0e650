import { bashTable } from "./bash.ts";
import { elvishTable } from "./elvish.ts";
import { fishTable } from "./fish.ts";
import { nushellTable } from "./nushell.ts";
import { powershellTable } from "./powershell.ts";
import type { CompletionTable } from "./table.ts";
import { zshTable } from "./zsh.ts";

/** Under which name each shell looks for a completion, and how the table is written in its language. */
const shells = [
  { file: "kops-mfa.bash", render: bashTable },
  { file: "_kops-mfa", render: zshTable },
  { file: "kops-mfa.fish", render: fishTable },
  { file: "kops-mfa.ps1", render: powershellTable },
  { file: "kops-mfa.nu", render: nushellTable },
  { file: "kops-mfa.elv", render: elvishTable },
] as const;

const made =
  "Made from the program's table of commands by `npm run completions`: change src/completion, not this.";

/** The files of `completions/`. `template` is the text of that name in src/completion/templates, with a line for the table. */
export function renderCompletions(
  table: CompletionTable,
  template: (file: string) => string,
): ReadonlyMap<string, string> {
  return new Map(
    shells.map(({ file, render }) => [file, fill(template(file), render(table))] as const),
  );
}

/** The table is indented as the line is that it replaces. */
function fill(template: string, table: string): string {
  return template
    .replace("{{made}}", () => made)
    .replace(/^( *)# \{\{table\}\}\n/m, (_, indent: string) =>
      table.replace(/^(?=.)/gm, () => indent),
    );
}
