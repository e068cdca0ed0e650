import fc from "fast-check";
import { expect } from "vitest";

const asked = process.env["KOPS_MFA_FUZZ_CASES"];

/** Where a run starts: `npm run fuzz -- --seed N` repeats that of a failure, which names it. */
export const seed =
  Number(process.env["KOPS_MFA_FUZZ_SEED"]) || Math.floor(Math.random() * 2 ** 31);

/**
 * How many cases a property gets: what CI has time for, or what `npm run fuzz -- --cases N` asks for. One that is so
 * many times as slow as a plain parser gets fewer of those.
 */
export function cases(few: number, slowness = 1): number {
  return asked === undefined ? few : Math.max(few, Math.ceil(Number(asked) / slowness));
}

interface Effort<T> {
  readonly few?: number;
  readonly slowness?: number;
  /** What was found, and must stay found. */
  readonly examples?: readonly T[];
}

/** Checks the values one after the other. */
export function holds<T>(
  values: fc.Arbitrary<T>,
  check: (value: T) => void,
  effort: Effort<T> = {},
): void {
  // In braces: a property that gives something back, as a short function may, would be one that does not hold.
  let checked = 0;
  const property = fc.property(values, (value) => {
    check(value);
    checked++;
  });
  fc.assert(property, parameters(effort));
  expect(checked).toBeGreaterThanOrEqual(parameters(effort).numRuns);
}

/** The same for what takes time to answer. */
export async function holdsAsync<T>(
  values: fc.Arbitrary<T>,
  check: (value: T) => Promise<void>,
  effort: Effort<T> = {},
): Promise<void> {
  let checked = 0;
  const property = fc.asyncProperty(values, async (value) => {
    await check(value);
    checked++;
  });
  await fc.assert(property, parameters(effort));
  expect(checked).toBeGreaterThanOrEqual(parameters(effort).numRuns);
}

function parameters<T>({ few = 300, slowness, examples = [] }: Effort<T>) {
  return { seed, numRuns: cases(few, slowness), examples: examples.map((value): [T] => [value]) };
}
