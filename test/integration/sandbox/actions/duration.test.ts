import { describe, expect, test } from "vitest";
import {
  type Refusal,
  assume,
  kopsRole,
  launch,
  mfaOfJon,
  refusalOf,
  validationError,
} from "../../../sandbox/support.ts";

const CHAINING = validationError(
  "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
);
const MAX_SESSION = validationError(
  "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
);

describe("duration", () => {
  test.for<[string, number, Refusal]>([
    ["kops-short", 3601, MAX_SESSION],
    ["kops-short", 43_200, MAX_SESSION],
  ])("%s for %i s exceeds the role", async ([name, seconds, refusal]) => {
    const launched = await launch();
    const { sandbox, world, client } = launched;
    const code = mfaOfJon(launched);
    const input = { RoleArn: kopsRole(name), DurationSeconds: seconds, ...code };
    const jon = client(world.jon.accessKeys[0]);
    expect(await refusalOf(jon.send(assume(input)))).toEqual(refusal);
    // The code has not been used up: the same one works for a duration that is allowed.
    await jon.send(assume({ ...input, DurationSeconds: 3600 }));
    expect(sandbox.requests.map(({ outcome }) => outcome)).toEqual(["ValidationError", "OK"]);
  });

  test("is capped at an hour from a role session, before the role's own limit", async () => {
    const launched = await launch();
    const { world, client } = launched;
    const { Credentials } = await client(world.jon.accessKeys[0]).send(assume(mfaOfJon(launched)));
    for (const name of ["kops-chained", "kops-short", "kops-missing"]) {
      const input = { RoleArn: kopsRole(name), DurationSeconds: 3601 };
      expect(await refusalOf(client(Credentials).send(assume(input)))).toEqual(CHAINING);
    }
  });
});
