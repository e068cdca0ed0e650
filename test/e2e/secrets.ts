import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { expect } from "vitest";
import type { Person } from "./person.ts";

/** Where long-lived keys and sessions are meant to be. */
const homes =
  /^(?:\.aws\/credentials$|\.cache\/kops-mfa\/[0-9a-f]{16}\.(?:\d+\.json|memo)$|bin(?:\/|$))/;

/** All that nobody may read who reads along while the program runs. */
export class Secrets {
  readonly #person: Person;
  readonly #session = new Set<string>();
  /** What is never handed on: keys that last, codes, and what else a test says. */
  readonly #own: readonly string[];

  constructor(person: Person, ...more: readonly string[]) {
    this.#person = person;
    const { jon, mallory, people } = person.world;
    const keys = [jon, mallory, people.root].flatMap(({ accessKeys }) => accessKeys);
    const serials = [jon, mallory].flatMap(({ mfaDevices }) => mfaDevices);
    const codes = serials.flatMap(({ serial }) =>
      [-1, 0, 1].map((steps) => person.sandbox.code(serial, steps)),
    );
    this.#own = [...keys.map(({ secretAccessKey }) => secretAccessKey), ...codes, ...more];
    this.look();
  }

  /** Learns the secrets of the sessions that are kept now. */
  look(): readonly string[] {
    const directory = this.#person.path(".cache/kops-mfa");
    for (const file of existsSync(directory) ? this.#person.sessionFiles() : []) {
      const [text, value] = [readFileSync(file, "utf8"), '":"([^"]+)"'];
      for (const name of ["secretAccessKey", "sessionToken"]) {
        const secret = new RegExp(name + value).exec(text)?.[1];
        if (secret !== undefined) this.#session.add(secret);
      }
    }
    return [...this.#session];
  }

  /** Fails where any of them is in the text, as it is or in another writing. */
  expectNone(place: string, text: string): void {
    this.expectNoneOfOurs(place, text);
    expect(found([...this.#session], text), place).toEqual([]);
  }

  /** The same for a place where a session belongs, and nothing else. */
  expectNoneOfOurs(place: string, text: string): void {
    expect(found(this.#own, text), place).toEqual([]);
  }

  /** Fails where no session is: a test that finds nothing must have been able to. */
  expectSession(place: string, text: string): void {
    expect(found([...this.#session], text), place).not.toEqual([]);
  }

  /** Looks through the names and contents of all files of the person, and whether those with secrets are for nobody else. */
  expectNoneInFiles(exceptions: readonly string[] = []): void {
    const { home } = this.#person;
    const names = readdirSync(home, { recursive: true, encoding: "utf8" });
    this.expectNone("names of files", names.join("\n"));
    for (const name of names.filter((one) => statSync(this.#person.path(one)).isFile())) {
      const path = this.#person.path(name);
      if (!homes.test(name) && !exceptions.includes(name)) {
        this.expectNone(name, readFileSync(path, "latin1"));
      } else if (!name.startsWith("bin/")) {
        expect([name, statSync(path).mode & 0o077]).toEqual([name, 0]);
      }
    }
  }
}

function found(secrets: readonly string[], text: string): readonly string[] {
  return secrets.filter((secret) => writings(secret).some((pattern) => pattern.test(text)));
}

/** As it is, as in an address, and in base64 at any of the three offsets. Six digits alone, as a part of no longer number. */
function writings(secret: string): readonly RegExp[] {
  if (/^\d{6}$/.test(secret)) return [new RegExp(`(?<![\\d.])${secret}(?![\\d.])`)];
  const base64 = ["", "x", "xx"].map((prefix) =>
    Buffer.from(prefix + secret)
      .toString("base64")
      .slice(4, -4),
  );
  return [secret, encodeURIComponent(secret), ...base64].map((text) => new RegExp(escape(text)));
}

function escape(text: string): string {
  return text.replaceAll(/[^\w]/g, "\\$&");
}
