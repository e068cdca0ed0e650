import type { Clock } from "../../context.ts";
import type { Vault } from "../../context/files.ts";

/** Codes change at every multiple of this (RFC 6238, the step that AWS uses). */
const stepMs = 30_000;
/** AWS accepts a code for a little longer than it is shown. */
const rememberedMs = 3 * stepMs;

/**
 * Remembers, hashed, the last code of a device that STS took: AWS accepts each code once, and says of a used one
 * what it says of a wrong one.
 */
export interface CodeGuard {
  accepted(serialNumber: string, code: string): Promise<void>;
  wasUsed(serialNumber: string, code: string): Promise<boolean>;
}

interface UsedCode {
  readonly hash: string;
  readonly at: number;
}

/** A guard that shares its memory with the other processes of this person. */
export function openCodeGuard(vault: Pick<Vault, "read" | "write">, clock: Clock): CodeGuard {
  const used = (serialNumber: string): UsedCode | null => {
    const found = decode(vault.read(fileName(serialNumber)).text);
    const age = found ? clock.now() - found.at : Infinity;
    return age >= 0 && age < rememberedMs ? found : null;
  };
  return {
    async accepted(serialNumber, code) {
      const record: UsedCode = { hash: await digest(serialNumber, code), at: clock.now() };
      vault.write(fileName(serialNumber), `${JSON.stringify(record)}\n`);
    },
    async wasUsed(serialNumber, code) {
      const found = used(serialNumber);
      return found !== null && found.hash === (await digest(serialNumber, code));
    },
  };
}

/** A guard for somebody who keeps nothing: it knows of this process only. */
export function forgetfulGuard(clock: Clock): CodeGuard {
  const texts = new Map<string, string>();
  const read = (name: string) => ({ text: texts.get(name) ?? null, problem: null });
  const write = (name: string, text: string) => {
    texts.set(name, text);
    return null;
  };
  return openCodeGuard({ read, write }, clock);
}

/** When devices show their next code. Both in milliseconds since the epoch. */
export function nextCodeAt(now: number): number {
  return (Math.floor(now / stepMs) + 1) * stepMs;
}

function fileName(serialNumber: string): string {
  return `${serialNumber.replace(/\W/g, "-").slice(-100)}.code`;
}

/**
 * Slow enough that the six digits are not read off the hash within the half minute in which they matter: a processor's core takes half
 * an hour for all of them. AWS takes none of them again anyway.
 */
async function digest(serialNumber: string, code: string): Promise<string> {
  const bytes = new TextEncoder();
  const key = await crypto.subtle.importKey("raw", bytes.encode(code), "PBKDF2", false, [
    "deriveBits",
  ]);
  const params = {
    name: "PBKDF2",
    hash: "SHA-256",
    salt: bytes.encode(serialNumber),
    iterations: 10_000,
  };
  const bits = new Uint8Array(await crypto.subtle.deriveBits(params, key, 128));
  return Array.from(bits, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function decode(text: string | null): UsedCode | null {
  const [, hash, at] = /^\{"hash":"([0-9a-f]{32})","at":(\d{1,15})\}\n$/.exec(text ?? "") ?? [];
  return hash === undefined ? null : { hash, at: Number(at) };
}
