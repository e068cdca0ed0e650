import { describe, expect, test } from "vitest";
import type { Vault } from "../../../../src/context/files.ts";
import { openKeyringVault, type Keyring } from "../../../../src/platform/keyring/keyring-store.ts";
import { KopsMfaError } from "../../../../src/errors.ts";
import { FakeVault } from "../../../support/session/build.ts";

/** A keyring in memory, which writes down what it is asked, and can be locked. */
function setUp(pieceLength = 10) {
  const entries = new Map<string, string>();
  const log: string[] = [];
  const state = { isLocked: false, isHeld: false };
  const keyring: Keyring = ({ set, drop }) => {
    log.push(
      [...Object.keys(set).map((name) => `+${name}`), ...drop.map((name) => `-${name}`)].join(" "),
    );
    if (state.isLocked) throw new KopsMfaError("the keyring is locked", { hint: "Unlock it." });
    for (const [account, text] of Object.entries(set)) entries.set(account, text);
    for (const account of drop) entries.delete(account);
    return Object.fromEntries(entries);
  };
  const tryLock = () => (state.isHeld ? null : { release: () => undefined });
  const locks: Vault = Object.assign(new FakeVault(), { tryLock });
  return {
    entries,
    log,
    state,
    keyring,
    locks,
    open: () => openKeyringVault(keyring, locks, pieceLength),
  };
}

const text = (vault: ReturnType<typeof openKeyringVault>, name: string) => vault.read(name).text;

test("what is written is read, listed and removed", () => {
  const { open, entries } = setUp();
  const vault = open();
  expect([vault.names(), text(vault, "a.json")]).toEqual([[], null]);
  expect([vault.write("a.json", "one"), vault.write("b.json", "two")]).toEqual([null, null]);
  expect([text(vault, "a.json"), text(vault, "b.json")]).toEqual(["one", "two"]);
  expect(open().names()).toEqual(["a.json", "b.json"]);
  expect([vault.remove("a.json"), vault.remove("a.json")]).toEqual([null, null]);
  expect([...entries]).toEqual([["b.json", "two"]]);
});

test("it is read once, and again only when a lock was got", () => {
  const { open, log, state } = setUp();
  const vault = open();
  text(vault, "a.json");
  vault.names();
  expect(log).toEqual([""]);
  state.isHeld = true;
  expect([vault.tryLock("a.lock"), log.length]).toEqual([null, 1]);
  state.isHeld = false;
  expect([vault.tryLock("a.lock"), log.length]).toEqual([expect.anything(), 2]);
});

test("without another vault for the locks a lock locks nothing", () => {
  const vault = openKeyringVault(setUp().keyring, null, 10);
  expect([vault.tryLock("a.lock"), vault.tryLock("a.lock")]).not.toContain(null);
});

describe("an entry longer than a keyring takes", () => {
  test("is several, and one for whoever reads it", () => {
    const { open, entries } = setUp();
    open().write("a.json", "0123456789abcdefghijXYZ");
    expect([...entries.keys()]).toEqual(["a.json", "a.json.1", "a.json.2"]);
    const vault = open();
    expect(text(vault, "a.json")).toBe("0123456789abcdefghijXYZ");
    expect(vault.names()).toEqual(["a.json"]);
    vault.remove("a.json");
    expect(entries.size).toBe(0);
  });

  test.for<readonly [text: string, pieces: number]>([
    ["", 1],
    ["0123456789", 1],
    ["0123456789a", 2],
    ["0123456789abcdefghij", 2],
  ])("%j is %d", ([long, pieces]) => {
    const { open, entries } = setUp();
    open().write("a.json", long);
    expect([text(open(), "a.json"), entries.size]).toEqual([long, pieces]);
  });

  test("leaves nothing behind when a shorter one takes its place", () => {
    const { open, entries, log } = setUp();
    const vault = open();
    vault.write("a.json", "0123456789abcdefghijXYZ");
    vault.write("a.json", "short");
    expect([...entries]).toEqual([["a.json", "short"]]);
    expect(log.at(-1)).toBe("+a.json -a.json.1 -a.json.2");
  });
});

test("a keyring that is locked when it is opened is an error", () => {
  const { open, state } = setUp();
  state.isLocked = true;
  expect(open).toThrow("the keyring is locked");
});

test("a keyring that is locked later is a word, and what was read stays", () => {
  const { open, state } = setUp();
  const vault = open();
  vault.write("a.json", "one");
  state.isLocked = true;
  expect(vault.write("a.json", "two")).toBe("the session is not kept: the keyring is locked");
  expect(vault.remove("a.json")).toBe("the keyring is locked");
  expect([text(vault, "a.json"), vault.tryLock("a.lock")]).toEqual(["one", expect.anything()]);
});
