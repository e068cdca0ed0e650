import fc from "fast-check";
import { expect, it } from "vitest";
import type { EnvironmentChange } from "../../../src/shell/change.ts";
import type { Dialect } from "../../../src/shell/dialects/dialect.ts";
import { anyValue } from "../../support/shell/hostile-values.ts";
import { evaluateAll, roundTrip, wellDone } from "../shell/round-trip.ts";
import { variants } from "../shell/variants.ts";
import { describeShell } from "../../support/shells.ts";
import { cases, seed } from "../../fuzz/effort.ts";

/** As many as one process evaluates: the environment that it hands on has a limit. */
const most = 2000;
const long = { timeout: 7_200_000 };

/** The values that the dialect takes; csh's refuses line feeds, see quoting-refusals.test.ts. */
const carried = (dialect: Dialect) =>
  dialect.name === "tcsh" ? anyValue.filter((value) => !value.includes("\n")) : anyValue;

function batches(count: number): readonly number[] {
  return Array.from({ length: Math.ceil(count / most) }, (_, at) =>
    Math.min(most, count - at * most),
  );
}

const names = [
  ...["KM_A", "km_a", "_KM", "KM_2", "AWS_PROFILE", "AWS_REGION", "AWS_SECRET_ACCESS_KEY"],
  ...["AWS_SESSION_TOKEN", "KOPS_MFA_PREVIOUS", "KOPS_STATE_STORE", `KM_${"X".repeat(200)}`],
];

function change(dialect: Dialect): fc.Arbitrary<EnvironmentChange> {
  const name = fc.constantFrom(...names);
  const value = fc.oneof(carried(dialect), fc.constant(""), fc.constant("1"));
  const set = fc.uniqueArray(fc.tuple(name, value), { selector: ([key]) => key, maxLength: 4 });
  return fc.record({ unset: fc.uniqueArray(name, { maxLength: 4 }), set });
}

type Variables = Readonly<Record<string, string>>;

/** Those of the variables that a change is about. */
function own(environment: Variables): Variables {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => names.includes(name)));
}

/** What a child is to see after the change. */
function after(before: Variables, { unset, set }: EnvironmentChange, dialect: Dialect): Variables {
  // Not every PowerShell has empty values, so that it has none from us.
  const kept = set.filter(([, value]) => dialect.name !== "powershell" || value !== "");
  const gone = [...unset, ...set.map(([name]) => name)];
  const left = Object.entries(before).filter(([name]) => !gone.includes(name));
  return Object.fromEntries([...left, ...kept]);
}

for (const [shell, dialect, [variant = { title: "" }]] of variants) {
  describeShell(shell, () => {
    it("takes any value as it is", long, async () => {
      for (const [at, numRuns] of batches(cases(250)).entries()) {
        const values = fc.sample(carried(dialect), { seed: seed + at, numRuns });
        const set = values.map((value, index): [string, string] => [`KM_${index}`, value]);
        const trip = await roundTrip(shell, dialect, { unset: ["KM_MISSING"], set }, variant);
        const wrong = set.filter(([name, value]) => trip.afterSet[name] !== value);
        expect(wrong, `seed ${seed}`).toEqual([]);
        expect(trip.result, `seed ${seed}`).toEqual(wellDone(shell, 2));
        const left = Object.keys(trip.afterUnset).filter((name) => name.startsWith("KM_"));
        expect(left, `seed ${seed}`).toEqual([]);
      }
    });

    it("is as the changes say, one after the other", long, async () => {
      const each = 5;
      for (let at = 0; at < cases(each, 500); at += each) {
        const changes = fc.sample(change(dialect), { seed: seed + at, numRuns: each });
        // Nothing to do is a change too, as for `env --unset` in a shell without a session.
        if (at === 0) changes.push({ unset: [], set: [] });
        const told = await evaluateAll(shell, dialect, changes, variant);
        let expected: Variables = {};
        for (const [index, one] of changes.entries()) {
          expected = after(expected, one, dialect);
          const context = `seed ${seed}: ${JSON.stringify(changes.slice(0, index + 1))}`;
          expect(own(told.environments[index] ?? {}), context).toEqual(expected);
        }
        expect(told.result, `seed ${seed}`).toEqual(wellDone(shell, changes.length));
      }
    });
  });
}
