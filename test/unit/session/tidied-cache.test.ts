import { expect, test } from "vitest";
import { openCache, tidied } from "../../../src/session/cache.ts";
import { clock, FakeVault, now, stsSession } from "../../support/session/build.ts";

test("with each session that comes, those that are over go", () => {
  const cache = tidied(
    openCache(new FakeVault(), (problem) => expect.fail(problem)),
    clock,
  );
  const over = { key: "over", profile: "a", session: stsSession("S001", now - 1) };
  const lasting = { key: "lasting", profile: "a", session: stsSession("S002", now) };
  const fresh = { key: "fresh", profile: "b", session: stsSession("S003") };
  cache.put(over);
  cache.put(lasting);
  expect(cache.entries()).toEqual([lasting]);
  cache.put(fresh);
  expect(cache.entries()).toEqual([lasting, fresh]);
});
