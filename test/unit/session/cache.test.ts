import { expect, test } from "vitest";
import { encodeSession } from "../../../src/session/cache-entry.ts";
import { cacheName, openCache, unkept } from "../../../src/session/cache.ts";
import type { CacheEntry } from "../../../src/session/cache-entry.ts";
import { memoryCache } from "../../../src/session/memory-cache.ts";
import { FakeVault, stsSession } from "../../support/session/build.ts";

const one: CacheEntry = { key: "one", profile: "prod", session: stsSession("S001") };
const two: CacheEntry = { key: "two", profile: null, session: stsSession("S002", 0) };

function open() {
  const vault = new FakeVault();
  const warnings: string[] = [];
  return { vault, warnings, cache: openCache(vault, (problem) => warnings.push(problem)) };
}

test("what is put can be got, listed, removed and cleared", () => {
  const { cache, vault, warnings } = open();
  expect([cache.get("one"), cache.entries()]).toEqual([null, []]);
  cache.put(one);
  cache.put(two);
  expect([cache.get("one"), cache.get("two")]).toEqual([one.session, two.session]);
  expect(cache.entries()).toEqual([one, two]);
  expect([cache.remove("one"), cache.remove("one"), cache.get("one")]).toEqual([true, false, null]);
  expect([cache.clear(), cache.clear(), vault.files.size]).toEqual([1, 0, 0]);
  expect(warnings).toEqual([]);
});

test("what is put again replaces what was there", () => {
  const { cache } = open();
  cache.put(one);
  cache.put({ ...one, session: two.session });
  expect(cache.entries()).toEqual([{ ...one, session: two.session }]);
});

test("a file of another key is a miss", () => {
  const { cache, vault, warnings } = open();
  vault.files.set(cacheName("one"), encodeSession(two));
  expect([cache.get("one"), cache.get("two"), warnings]).toEqual([null, null, []]);
});

test.for<readonly [title: string, text: string]>([
  ["empty", ""],
  ["cut off", encodeSession(one).slice(0, -10)],
  ["of another version", encodeSession(one).replace("session 1", "session 9")],
  ["somebody's notes", "remember the milk"],
])("a file that is %s is a miss, and said once", ([, text]) => {
  const { cache, vault, warnings } = open();
  vault.files.set(cacheName("one"), text);
  expect([cache.get("one"), cache.get("one"), cache.entries()]).toEqual([null, null, []]);
  expect(warnings).toEqual([
    `the cached session ${cacheName("one")} is not readable, and is ignored`,
  ]);
});

test("a file that is not readable can be replaced and cleared", () => {
  const { cache, vault } = open();
  vault.files.set(cacheName("one"), "");
  cache.put(one);
  expect(cache.get("one")).toEqual(one.session);
  vault.files.set(cacheName("one"), "");
  expect(cache.clear()).toBe(1);
});

test("files of others are left alone", () => {
  const { cache, vault, warnings } = open();
  vault.files.set("README.txt", "not ours");
  vault.files.set(".one.json.tmp", "not ours");
  expect([cache.entries(), cache.clear(), vault.files.size, warnings]).toEqual([[], 0, 2, []]);
});

test("a problem is said once, whatever is done", () => {
  const { cache, vault, warnings } = open();
  cache.put(one);
  vault.problem = "~/.cache/kops-mfa is not a directory of its own, and is not used";
  expect([cache.get("one"), cache.entries(), cache.remove("one"), cache.clear()]).toEqual([
    null,
    [],
    false,
    0,
  ]);
  cache.put(one);
  expect(warnings).toEqual(["~/.cache/kops-mfa is not a directory of its own, and is not used"]);
});

test("each different problem is said", () => {
  const { cache, vault, warnings } = open();
  for (const problem of ["first", "second", "first"]) {
    vault.problem = problem;
    cache.put(one);
  }
  expect(warnings).toEqual(["first", "second"]);
});

test("a cache that keeps nothing says so for each session", () => {
  const said: string[] = [];
  const cache = unkept(() => said.push("not kept"));
  cache.put(one);
  cache.put(two);
  expect([cache.get("one"), cache.entries(), cache.remove("one"), cache.clear()]).toEqual([
    null,
    [],
    false,
    0,
  ]);
  expect(said).toEqual(["not kept", "not kept"]);
});

test("a cache in memory keeps what it is given, for itself", () => {
  const [cache, other] = [memoryCache(), memoryCache()];
  cache.put(one);
  cache.put(two);
  cache.put({ ...two, session: stsSession("S003") });
  expect([cache.get("one"), cache.get("two"), other.get("one")]).toEqual([
    one.session,
    stsSession("S003"),
    null,
  ]);
  expect([cache.remove("one"), cache.remove("one"), cache.get("one")]).toEqual([true, false, null]);
  expect([cache.entries().length, cache.clear(), cache.clear()]).toEqual([1, 1, 0]);
});

test("sessions of another version are no business of ours, until everything is forgotten", () => {
  const { cache, vault, warnings } = open();
  const theirs = cacheName("one").replace(/\.1\.json$/, ".2.json");
  vault.files.set(theirs, '{"format":"kops-mfa session 2"}');
  cache.put(one);
  expect([cache.get("one"), cache.entries()]).toEqual([one.session, [one]]);
  expect(cache.remove("one")).toBe(true);
  expect([...vault.files.keys()]).toEqual([theirs]);
  expect(warnings).toEqual([]);
  expect([cache.clear(), vault.files.size]).toEqual([1, 0]);
});
