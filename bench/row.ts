import type { Spread } from "./statistics.ts";

/** A promise and whether this run kept it. */
export interface Target {
  /** `≤ 1.10` */
  readonly text: string;
  readonly isMet: boolean;
}

/** One row of the table. What a row does not have is null. */
export interface Row {
  /** The heading that the row stands under. */
  readonly group: string;
  readonly name: string;
  /** User and system time of one run, in milliseconds. */
  readonly cpuMs: Spread | null;
  /** From the start to the end of one run, in milliseconds; in a timeline, when it was since the start. */
  readonly wallMs: Spread | null;
  /** CPU over that of `node -e 0`, run beside it. */
  readonly timesNode: Spread | null;
  readonly target: Target | null;
  /** Of a peer: kops-mfa's CPU over this one's, run beside it. */
  readonly oursOverIt: Spread | null;
  /** What each further profile, session or shell costs since the row above, in milliseconds of CPU. */
  readonly eachFurtherMs: number | null;
  readonly note: string | null;
}

const empty = {
  cpuMs: null,
  wallMs: null,
  timesNode: null,
  target: null,
  oursOverIt: null,
  eachFurtherMs: null,
  note: null,
};

/** A row that has nothing but what is given. */
export function row(given: Pick<Row, "group" | "name"> & Partial<Row>): Row {
  return { ...empty, ...given };
}

/** A target for the median of a ratio to bare node. */
export function atMost(limit: number, { median }: Spread): Target {
  return { text: `≤ ${limit.toFixed(2)}`, isMet: median <= limit };
}
