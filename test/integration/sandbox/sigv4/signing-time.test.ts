import { describe, expect, test } from "vitest";
import {
  JON_ARN,
  NOON,
  launch,
  refusalOf,
  whoAmI,
  signatureDoesNotMatch,
  stopDate,
} from "../../../sandbox/support.ts";

const MINUTE = 60_000;

describe("clock skew", () => {
  const table = [
    [
      -5 * MINUTE - 1000,
      "Signature expired: 20260115T115459Z is now earlier than 20260115T115500Z (20260115T120000Z - 5 min.)",
    ],
    [
      5 * MINUTE + 1000,
      "Signature not yet current: 20260115T120501Z is still later than 20260115T120500Z (20260115T120000Z + 5 min.)",
    ],
  ] as const;

  test.for(table)("a client that is %i ms off", async ([skew, message]) => {
    stopDate(NOON + skew);
    const { world, client } = await launch();
    const sts = client(world.jon.accessKeys[0], { systemClockOffset: 0 });
    expect(await refusalOf(sts.send(whoAmI()))).toEqual(signatureDoesNotMatch(message));
    // The SDK has read the Date header of the refusal, and is right from now on.
    expect((await sts.send(whoAmI())).Arn).toBe(JON_ARN);
  });

  test.for([-5 * MINUTE, 5 * MINUTE])("%i ms are tolerated", async (skew) => {
    stopDate(NOON + skew);
    const { whoIs, world } = await launch();
    expect(await whoIs(world.jon.accessKeys[0], { systemClockOffset: 0 })).toBe(JON_ARN);
  });

  test("a test may ask for the window that STS is seen to have", async () => {
    stopDate(NOON - 16 * MINUTE);
    const { sandbox, world, whoIs } = await launch({ clockSkewMinutes: 15 });
    const call = () => whoIs(world.jon.accessKeys[0], { systemClockOffset: 0 });
    expect((await refusalOf(call())).message).toBe(
      "Signature expired: 20260115T114400Z is now earlier than 20260115T114500Z (20260115T120000Z - 15 min.)",
    );
    sandbox.advance(-2 * MINUTE);
    expect(await call()).toBe(JON_ARN);
  });
});
