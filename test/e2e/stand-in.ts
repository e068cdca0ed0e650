import { existsSync, readFileSync, rmSync } from "node:fs";
import type { Person } from "./person.ts";

/** What a stand-in saw of its start. */
export interface Start {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly pid: number;
  readonly ppid: number;
  /** Which of the standard streams are terminals. */
  readonly terminals: readonly boolean[];
}

const script = `#!/usr/bin/env node
const { appendFileSync } = require("node:fs");
const { argv, argv0, env, pid, ppid, stdin, stdout, stderr } = process;
const record = (what) => appendFileSync(env.HOME + "/starts", JSON.stringify(what) + "\\n");
record({ argv: argv.slice(2), env, pid, ppid, terminals: [stdin, stdout, stderr].map((one) => one.isTTY === true) });
const [, how = "exit", what = "0"] = /^(\\w+):?(.*)$/.exec(env.STAND_IN ?? "") ?? [];
if (how === "exit") process.exitCode = Number(what || 0);
if (how === "die") process.kill(pid, what);
if (how === "wait") {
  for (const signal of what.split(",")) process.on(signal, () => { console.log("got " + signal); setTimeout(() => process.exit(9), 100); });
  setTimeout(() => undefined, 15000);
  console.log("waiting");
}
`;

/** A program of that name on the person's PATH that notes how it was started, and then does what the variable STAND_IN says. */
export class StandIn {
  readonly #person: Person;
  readonly #path: string;

  constructor(person: Person, name: string) {
    this.#person = person;
    this.#path = person.write(`bin/${name}`, script, 0o700);
  }

  /** Since the last look. */
  starts(): readonly Start[] {
    const file = this.#person.path("starts");
    if (!existsSync(file)) return [];
    const lines = readFileSync(file, "utf8").trim().split("\n");
    rmSync(file);
    return lines.map((line) => JSON.parse(line) as Start);
  }

  remove(): void {
    rmSync(this.#path);
  }
}
