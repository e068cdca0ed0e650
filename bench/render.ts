import { cells, columns } from "./cells.ts";
import type { Machine } from "./machine.ts";
import type { Row } from "./row.ts";

/** What one run found, and on what. */
export interface Report {
  readonly machine: Machine;
  readonly rounds: number;
  readonly rows: readonly Row[];
}

const explanation =
  "CPU is user and system time. × node is the median of CPU over that of `node -e 0`, each run beside the other.";

/** For a terminal. */
export function renderText({ machine, rounds, rows }: Report): string {
  const table = [columns, ...rows.map(cells)];
  const widths = columns.map((_, column) =>
    Math.max(...table.map((line) => line[column]?.length ?? 0)),
  );
  const render = (line: readonly string[]) =>
    line
      .map((cell, column) => pad(cell, column, widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  const groups = byGroup(rows).map(
    ([group, members]) => `\n${group}\n${members.map((row) => render(cells(row))).join("\n")}\n`,
  );
  return `${describe(machine)}; ${rounds} rounds\n${explanation}\n\n${render(columns)}\n${groups.join("")}`;
}

/** For the documents: one Markdown table. */
export function renderMarkdown({ machine, rounds, rows }: Report): string {
  const line = (texts: readonly string[]) => `| ${texts.map(escapeCell).join(" | ")} |\n`;
  const isNumber = (column: number) => column > 0 && column < columns.length - 2;
  const rule = `|${columns.map((_, column) => (isNumber(column) ? " ---: |" : " --- |")).join("")}\n`;
  const groups = byGroup(rows).map(
    ([group, members]) =>
      line([`**${group}**`, ...columns.slice(1).map(() => "")]) +
      members.map((row) => line(cells(row))).join(""),
  );
  return `${describe(machine)}; ${rounds} rounds. ${explanation}\n\n${line(columns)}${rule}${groups.join("")}`;
}

/** For programs: the report as it is, durations in milliseconds. */
export function renderJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

function byGroup(rows: readonly Row[]): readonly (readonly [string, readonly Row[]])[] {
  const groups = [...new Set(rows.map(({ group }) => group))];
  return groups.map((group) => [group, rows.filter((row) => row.group === group)] as const);
}

function describe({ processor, cores, system, versions }: Machine): string {
  const programs = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `${processor}, ${cores} cores, ${system}; ${programs.join(", ")}`;
}

/** Numbers stand at the right; the figure's name and what is said at the left. */
function pad(text: string, column: number, to: number): string {
  const blanks = " ".repeat(to - text.length);
  return column === 0 || column >= columns.length - 2 ? text + blanks : blanks + text;
}

function escapeCell(text: string): string {
  return text.replaceAll("|", "\\|");
}
