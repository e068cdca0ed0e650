import { readFileSync } from "node:fs";
import type { Person } from "./person.ts";

type Environments = Readonly<Record<string, Readonly<Record<string, string>> | undefined>>;

/** Writes down the environment that a program gets, under a name. */
const showProgram = `
  const { appendFileSync } = require("node:fs");
  appendFileSync(process.env.HOME + "/shown", JSON.stringify([process.argv[2], process.env]) + "\\n");
  console.log("shown: " + process.argv[2]);
`;

/** A line for any shell that saves the environment of its programs under a name. */
export class Shown {
  readonly #person: Person;

  constructor(person: Person) {
    this.#person = person;
    person.write("show.cjs", showProgram);
    this.clear();
  }

  clear(): void {
    this.#person.write("shown", "");
  }

  line(name: string): string {
    return `node ${this.#person.path("show.cjs")} ${name}`;
  }

  /** What was saved since the last clear(), by name. */
  all(): Environments {
    const lines = readFileSync(this.#person.path("shown"), "utf8").trim().split("\n");
    const entries = lines.filter(Boolean).map((line) => JSON.parse(line) as [string, object]);
    return Object.fromEntries(entries) as never;
  }
}

/** The variables of it that are ours or the AWS tools'. */
export const relevant = (
  environment: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => /^(AWS|KOPS)_/.test(name)));
