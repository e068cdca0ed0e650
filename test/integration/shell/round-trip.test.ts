import { expect, it } from "vitest";
import type { EnvironmentChange } from "../../../src/shell/change.ts";
import { describeShell, type AnyShell } from "../../support/shells.ts";
import { generatedValues, hostileValues } from "../../support/shell/hostile-values.ts";
import { roundTrip, wellDone, type Variant } from "./round-trip.ts";
import { variants } from "./variants.ts";

// Windows has no longer values.
const longest = process.platform === "win32" ? 32_000 : Infinity;
const variables = [...hostileValues, ...generatedValues]
  .filter((value) => value.length < longest)
  .map((value, index): [string, string] => [`KM_${index}`, value]);

/** All but those that the dialect refuses by name, see quoting-refusals.test.ts. */
function changeFor(shell: AnyShell, { carries = () => true }: Variant): EnvironmentChange {
  const set = variables
    .filter(([, value]) => shell !== "tcsh" || !value.includes("\n"))
    .filter(([, value]) => carries(value));
  return { unset: ["KM_MISSING", "KM_0"], set };
}

for (const [shell, dialect, variantsOfShell] of variants) {
  describeShell(shell, () => {
    it.for(variantsOfShell)(
      "takes each value as it is: $title",
      { timeout: 60_000 },
      async (variant) => {
        const change = changeFor(shell, variant);
        const trip = await roundTrip(shell, dialect, change, variant);
        expect(trip.result).toEqual(wellDone(shell, 2));
        expect(change.set.filter(([name, value]) => trip.afterSet[name] !== value)).toEqual([]);
        expect(Object.keys(trip.afterUnset).filter((name) => name.startsWith("KM_"))).toEqual([]);
      },
    );
  });
}
