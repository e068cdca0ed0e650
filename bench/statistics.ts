/** The middle of some measurements and how far they spread. */
export interface Spread {
  readonly median: number;
  /** The lower quartile. */
  readonly low: number;
  /** The upper quartile. */
  readonly high: number;
}

/** The spread of at least one value; between two values their mean counts (the quantile R calls type 7). */
export function spreadOf(values: readonly number[]): Spread {
  if (values.length === 0) throw new RangeError("no values");
  const sorted = values.toSorted((a, b) => a - b);
  return {
    median: quantile(sorted, 0.5),
    low: quantile(sorted, 0.25),
    high: quantile(sorted, 0.75),
  };
}

function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const [below, above] = [Math.floor(place), Math.ceil(place)].map((index) => sorted[index] ?? NaN);
  if (below === undefined || above === undefined) return NaN;
  return below + (above - below) * (place % 1);
}

/** The spread of what each value is of the one that was measured beside it, so that what slows both down does not count. */
export function ratioOf(values: readonly number[], beside: readonly number[]): Spread {
  if (values.length !== beside.length) throw new RangeError("values without a partner");
  return spreadOf(values.map((value, index) => value / (beside[index] ?? NaN)));
}

/** One spread, each of its values through the same linear function. */
export function scaled({ median, low, high }: Spread, factor: number): Spread {
  return { median: median * factor, low: low * factor, high: high * factor };
}

/** A cost at a size: of so many profiles, sessions or shells. */
export interface SizedCost {
  readonly size: number;
  readonly cost: Spread;
}

/**
 * What each further item costs between one size and the next; the first size has none before it (null). Where costs grow with the
 * size these are alike, and a cliff is where one is far above the one before. Null too where the quartiles overlap: such a difference
 * says nothing.
 */
export function growth(costs: readonly SizedCost[]): readonly (number | null)[] {
  return costs.map(({ size, cost }, index) => {
    const before = costs[index - 1];
    if (before === undefined || overlap(cost, before.cost)) return null;
    return (cost.median - before.cost.median) / (size - before.size);
  });
}

function overlap(one: Spread, another: Spread): boolean {
  return one.low <= another.high && another.low <= one.high;
}
