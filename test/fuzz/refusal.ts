import { expect } from "vitest";
import { printable } from "../../src/platform/terminal/printable.ts";
import { KopsMfaError } from "../../src/errors.ts";

/** What a reader gives; null where it refuses, which it must do in words for a person. Anything else that it throws is a bug. */
export function readOrRefused<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof KopsMfaError)) throw error;
    for (const line of [error.message, error.hint ?? "-"]) {
      expect(line).toMatch(/\S/);
      expect(line).not.toMatch(/\bundefined\b|\[object /);
      expect(isPlain(printable(line))).toBe(true);
    }
    return null;
  }
}

/** One line, with nothing in it that a terminal obeys. */
export function isPlain(text: string): boolean {
  return !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(text);
}
