import type { Lock, Vault, VaultProblem } from "../../context/files.ts";
import { KopsMfaError } from "../../errors.ts";
import { noLock } from "../files/lock.ts";

/** What is to be changed in the keyring, account by account. */
export interface KeyringOrder {
  readonly set: Readonly<Record<string, string>>;
  readonly drop: readonly string[];
}

/** All that is in the keyring after it, by account; or the words of what went wrong. */
export type KeyringAnswer =
  { readonly entries: Readonly<Record<string, string>> } | { readonly error: string };

/** Carries out an order. Throws {@link KopsMfaError} when the keyring cannot be used. */
export type Keyring = (order: KeyringOrder) => Readonly<Record<string, string>>;

const nothing: KeyringOrder = { set: {}, drop: [] };

/**
 * The keyring as a vault. It is read whole when it is opened and when a lock has been waited for, since each time is a process.
 * An entry that is longer than `pieceLength` goes into several: `NAME`, `NAME.1`, `NAME.2`, …
 * Throws {@link KopsMfaError} when the keyring cannot be used; afterwards no method throws.
 */
export function openKeyringVault(
  keyring: Keyring,
  locks: Vault | null,
  pieceLength: number,
): Vault {
  let entries = keyring(nothing);
  const carryOut = (order: KeyringOrder): VaultProblem | null => {
    try {
      entries = keyring(order);
      return null;
    } catch (error) {
      if (error instanceof KopsMfaError) return error.message;
      throw error;
    }
  };
  const pieces = (name: string) => piecesOf(name, entries);
  return {
    read(name) {
      const found = pieces(name).map((account) => entries[account] ?? "");
      return { text: found.length === 0 ? null : found.join(""), problem: null };
    },
    write(name, text) {
      const set = split(name, text, pieceLength);
      const drop = pieces(name).filter((account) => !(account in set));
      const problem = carryOut({ set, drop });
      return problem && `the session is not kept: ${problem}`;
    },
    remove: (name) => carryOut({ set: {}, drop: pieces(name) }),
    names: () => Object.keys(entries).filter((account) => !/\.\d+$/.test(account)),
    tryLock(name) {
      const lock: Lock | null = locks ? locks.tryLock(name) : noLock;
      // Whoever had the lock before may have kept what we want.
      if (lock) carryOut(nothing);
      return lock;
    },
  };
}

function accountOf(name: string, piece: number): string {
  return piece === 0 ? name : `${name}.${piece}`;
}

function split(name: string, text: string, length: number): Readonly<Record<string, string>> {
  const count = Math.max(1, Math.ceil(text.length / length));
  const pieces = Array.from({ length: count }, (_, piece) => [
    accountOf(name, piece),
    text.slice(piece * length, (piece + 1) * length),
  ]);
  return Object.fromEntries(pieces) as Record<string, string>;
}

/** The accounts of an entry, as many as there are without a gap. */
function piecesOf(name: string, entries: Readonly<Record<string, string>>): readonly string[] {
  const accounts: string[] = [];
  for (let account = name; account in entries; account = accountOf(name, accounts.length)) {
    accounts.push(account);
  }
  return accounts;
}
