import { measure, type Subject } from "./paired.ts";
import type { Place } from "./place.ts";
import { row, type Row } from "./row.ts";
import { ratioOf, spreadOf } from "./statistics.ts";

/** One or more rows of the table that are measured together. */
export interface Figure {
  readonly group: string;
  /** What `--only` calls it. */
  readonly name: string;
  /** Its rows, in a place of its own. */
  readonly measure: (place: Place) => Promise<readonly Row[]>;
}

/** Measures a subject beside bare node, in fewer rounds where each takes long. */
export async function compareWithNode(
  place: Place,
  { group, name }: Pick<Figure, "group" | "name">,
  subject: Subject,
  mostRounds = place.rounds,
): Promise<Row & { readonly timesNode: NonNullable<Row["timesNode"]> }> {
  const rounds = Math.min(place.rounds, mostRounds);
  const [ours = [], node = []] = await measure([subject, place.bareNode], rounds);
  const cpuMs = ours.map((one) => one.cpuMs);
  const timesNode = ratioOf(
    cpuMs,
    node.map((one) => one.cpuMs),
  );
  return {
    ...row({
      group,
      name,
      cpuMs: spreadOf(cpuMs),
      wallMs: spreadOf(ours.map(({ wallMs }) => wallMs)),
    }),
    timesNode,
  };
}
