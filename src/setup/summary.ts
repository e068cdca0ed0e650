import type { Terminal } from "../context/terminal.ts";
import type { FileEdit } from "./edits.ts";

/** Shows what is to be written, and where. */
export function showEdits(terminal: Pick<Terminal, "print">, edits: readonly FileEdit[]): void {
  const lines = edits.flatMap(({ shown, before, lines: changes }) => [
    `  ${shown}${before === null ? ", which is new" : ", of which a copy is kept"}`,
    ...changes.map((line) => `    ${line}`),
  ]);
  terminal.print(["", "To be written:", ...lines].map(plain).join("\n"));
}

/** Values of files must not control the terminal. */
function plain(line: string): string {
  return line.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "?");
}
