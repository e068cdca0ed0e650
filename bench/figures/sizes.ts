import { row, type Row } from "../row.ts";
import { growth, scaled, spreadOf } from "../statistics.ts";

/** A row of a series in which only the size differs. */
export interface SizedRow {
  readonly size: number;
  readonly row: Row;
  /** How many of the row's CPU were used in all: 1 unless given. */
  readonly times?: number;
}

/**
 * The rows with what each further item costs since the row before. Compared are the ratios to bare node, since the machine may have been
 * busier in one row than in another; they are told in milliseconds of the series' usual node.
 */
export function withGrowth(sized: readonly SizedRow[]): readonly Row[] {
  const measured = sized.flatMap(({ size, row: { timesNode, cpuMs }, times = 1 }) =>
    timesNode === null || cpuMs === null
      ? []
      : [{ size, cost: scaled(timesNode, times), nodeMs: cpuMs.median / timesNode.median }],
  );
  const nodeMs = spreadOf(measured.map((one) => one.nodeMs)).median;
  const grown = growth(measured);
  return sized.map(({ row: one }, index) => {
    const each = grown[index] ?? null;
    return row({ ...one, eachFurtherMs: each === null ? null : each * nodeMs });
  });
}

/** `1,000 profiles`, `1 shell` */
export function counted(size: number, what: string): string {
  return `${size.toLocaleString("en")} ${what}${size === 1 ? "" : "s"}`;
}
