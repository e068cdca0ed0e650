import { describe, expect, test } from "vitest";
import { growth, ratioOf, scaled, spreadOf } from "../../../bench/statistics.ts";

describe("the spread", () => {
  test.for<readonly [string, readonly number[], readonly [number, number, number]]>([
    ["one value", [7], [7, 7, 7]],
    ["an odd number, in any order", [9, 1, 5, 3, 7], [3, 5, 7]],
    ["an even number, between two", [4, 1, 3, 2], [1.75, 2.5, 3.25]],
    ["one that is far off", [30, 31, 30, 32, 900], [30, 31, 32]],
    ["numbers, not texts", [9, 10, 100], [9.5, 10, 55]],
  ])("%s", ([, values, [low, median, high]]) => {
    expect(spreadOf(values)).toEqual({ low, median, high });
  });

  test("of nothing is a mistake", () => {
    expect(() => spreadOf([])).toThrow(RangeError);
  });

  test("leaves the values in their order", () => {
    const values = [3, 1, 2];
    spreadOf(values);
    expect(values).toEqual([3, 1, 2]);
  });

  test("scales", () => {
    expect(scaled({ low: 1, median: 2, high: 3 }, 10)).toEqual({ low: 10, median: 20, high: 30 });
  });
});

describe("the ratio", () => {
  test("is the median of the pairs' ratios, not the ratio of the medians", () => {
    expect(ratioOf([10, 40, 900], [10, 20, 600]).median).toBe(1.5);
    expect(ratioOf([30, 60, 33], [30, 60, 30]).median).toBe(1);
  });

  test("does not see what slows both of a pair down", () => {
    expect(ratioOf([33, 330, 66], [30, 300, 60])).toEqual({ low: 1.1, median: 1.1, high: 1.1 });
  });

  test("of values without a partner is a mistake", () => {
    expect(() => ratioOf([1, 2], [1])).toThrow(RangeError);
  });
});

describe("the growth", () => {
  /** Costs at 10, 100, 1,000 …, each within 5 either way. */
  const sizes = (...costs: readonly number[]) =>
    costs.map((median, index) => ({
      size: 10 ** (index + 1),
      cost: { low: median - 5, median, high: median + 5 },
    }));

  test("is the same from size to size where the cost is linear", () => {
    expect(growth(sizes(30, 120, 1020))).toEqual([null, 1, 1]);
  });

  test("jumps at a cliff", () => {
    expect(growth(sizes(30, 120, 9120))).toEqual([null, 1, 10]);
  });

  test("is negative where more cost less", () => {
    expect(growth(sizes(120, 30))).toEqual([null, -1]);
  });

  test("is silent about what may be chance", () => {
    expect(growth(sizes(30, 40, 31))).toEqual([null, null, null]);
  });
});
