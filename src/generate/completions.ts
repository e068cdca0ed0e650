import { commandDefinitions } from "../app.ts";
import { completedShells } from "../commands/completions-run.ts";
import { integratedShells } from "../commands/init-run.ts";
import { renderCompletions } from "../completion/render.ts";
import { completionTable } from "../completion/table.ts";

/** The files of `completions/` by name, as the commands of this program want them. No part of the program: `npm run completions` writes them. */
export function completionFiles(template: (file: string) => string): ReadonlyMap<string, string> {
  const table = completionTable(commandDefinitions(), {
    "init SHELL": integratedShells,
    "completions SHELL": completedShells,
  });
  return renderCompletions(table, template);
}
