import { readFileSync } from "node:fs";
import type { Person } from "./person.ts";

/** Their names are ones that functions may have in every shell. */
export const programs = ["first_program", "second_program", "third_program"] as const;

/** Prints its name and arguments, and writes them down. */
const printing = `#!/bin/sh
{ printf '%s' "\${0##*/}"; [ $# -eq 0 ] || printf '<%s>' "$@"; echo; } | tee -a "$HOME/ran"
`;

/** Programs that a shell can wrap. */
export class WrappedPrograms {
  readonly #person: Person;

  constructor(person: Person) {
    this.#person = person;
    for (const name of programs) person.write(`bin/${name}`, printing, 0o700);
    this.clear();
  }

  clear(): void {
    this.#person.write("ran", "");
  }

  /** The calls since the last clear(), such as `first_program<a b>`. */
  calls(): readonly string[] {
    const lines = readFileSync(this.#person.path("ran"), "utf8").split("\n");
    return lines.filter(Boolean);
  }

  /** nushell reads what it loads before its first line runs. */
  async loadsInNushell(): Promise<void> {
    const load = ["init", "nushell", "--output"];
    await this.#person.run([...load, this.#person.path("kops-mfa.nu")]);
    const wrapping = ["--wrap", programs.join(",")];
    await this.#person.run([...load, this.#person.path("kops-mfa-wrap.nu"), ...wrapping]);
  }
}

/** The end of a session, as if a minute were left of it. */
export const soon = (): string => String(Math.floor(Date.now() / 1000) + 60);
