import { row, type Row } from "../row.ts";
import { growth } from "../statistics.ts";

/** CPU times closer than this are the same (measured: what the same command differs by from one moment to another). */
const noiseMs = 2;

/** A row of a series in which only the size differs. */
export interface SizedRow {
  readonly size: number;
  readonly row: Row;
}

/** The rows with what each further item costs since the row before. */
export function withGrowth(sized: readonly SizedRow[]): readonly Row[] {
  const costs = sized.map(({ size, row }) => ({ size, cost: row.cpuMs?.median ?? NaN }));
  const grown = growth(costs, noiseMs);
  return sized.map((one, index) => row({ ...one.row, eachFurtherMs: grown[index] ?? null }));
}

/** `1,000 profiles`, `1 shell` */
export function counted(size: number, what: string): string {
  return `${size.toLocaleString("en")} ${what}${size === 1 ? "" : "s"}`;
}
