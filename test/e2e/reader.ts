import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { findShell, shellArguments, type AnyShell } from "../support/shells.ts";
import { documents, type Block } from "../support/docs/documents.ts";
import { Person } from "./person.ts";
import { TestTerminal } from "./terminal.ts";

/** What a typed script came to. */
export interface Typed {
  readonly exitCode: number;
  /** Everything that was ever shown. */
  readonly screen: string;
}

/** As the Go SDK that is in kops: keys of the environment, an endpoint, a profile's credential_process. */
const findsSession = `session() {
  [ -z "$AWS_SESSION_TOKEN$AWS_CONTAINER_CREDENTIALS_FULL_URI" ] || return 0
  command=$(sed -n "/^\\[profile $AWS_PROFILE\\]/,/^\\[/s/^credential_process *= *//p" "$HOME/.aws/config")
  [ -n "$command" ] && sh -c "$command" | grep -q SessionToken
}
session || { echo "Error: no session" >&2; exit 1; }
`;

/** A program that does nothing, and fails without a session. */
const needsSession = `#!/bin/sh\n${findsSession}`;

/** Stands in for kops: it lists a cluster to whoever has a session, and does nothing else. */
const listingKops = `#!/bin/sh
${findsSession}case "$*" in
  *"get clusters") printf 'NAME\\t\\tCLOUD\\tZONES\\none.example.com\\taws\\teu-west-1a\\n' ;;
esac
`;

/** Blocks with one of these info strings, of one page or of all; an error where there is none, so that no test is about nothing. */
export function blocksOf(infos: readonly string[], file?: string): readonly Block[] {
  const pages = documents().filter((page) => file === undefined || page.file === file);
  const found = pages.flatMap(({ blocks }) => blocks).filter(({ info }) => infos.includes(info));
  if (found.length === 0) throw new Error(`no block is ${infos.join(" or ")}`);
  return found;
}

/** Somebody who reads the documentation and does what it says, in a directory of their own. */
export class Reader {
  readonly person: Person;
  readonly #config: string;

  private constructor(person: Person) {
    this.person = person;
    this.#config = readFileSync(person.path(".aws/config"), "utf8");
    mkdirSync(person.path("work"));
    person.write("bin/kops", listingKops, 0o755);
    for (const name of ["terraform"]) person.write(`bin/${name}`, needsSession, 0o755);
  }

  static async arrive(): Promise<Reader> {
    return new Reader(await Person.arrive());
  }

  /** As on the first day, with what the blocks `ini aws` of the page add to the AWS configuration. */
  opens(file: string): void {
    this.person.forget();
    const page = documents().find((one) => one.file === file);
    const more = (page?.blocks ?? [])
      .filter(({ info }) => info === "ini aws")
      .flatMap(({ text }) => text.split(/^(?=\[)/m))
      .filter((section) => !this.#config.includes(section.split("\n")[0] ?? ""));
    this.person.write(".aws/config", [this.#config, ...new Set(more)].join("\n"));
    rmSync(this.person.path(".config"), { recursive: true, force: true });
  }

  /** Adds profiles to the AWS configuration, each for the role kops-admin, that are not there yet. */
  knows(profiles: readonly string[]): void {
    const config = readFileSync(this.person.path(".aws/config"), "utf8");
    const more = profiles
      .filter((name) => !config.includes(`[profile ${name}]`))
      .map((name) => /\[profile prod\]\n(?:.+\n)*/.exec(config)?.[0].replace("prod", name));
    this.person.write(".aws/config", [config, ...more].join("\n"));
  }

  /** Runs a script on a terminal as a person would, typing the code when it is asked for. */
  async types(
    shell: AnyShell,
    script: string,
    env: Readonly<Record<string, string>> = {},
    options: readonly string[] = [],
  ): Promise<Typed> {
    const file = findShell(shell);
    if (file === null) throw new Error(`${shell} is not installed`);
    const there = ["-c", 'cd "$HOME/work" && exec "$@"', "sh"];
    const terminal = new TestTerminal(
      "/bin/sh",
      [...there, file, ...options, ...shellArguments(shell, script)],
      { ...this.person.env, LANG: "C.UTF-8", ...env },
    );
    await terminal.shows("MFA code of").then(
      () => terminal.type(`${this.person.code()}\r`),
      () => undefined,
    );
    return { exitCode: await terminal.ends(), screen: terminal.screen };
  }

  /** Makes the sessions, so that no question comes. */
  async logsIn(profile = "prod"): Promise<void> {
    const { exitCode, stderr } = await this.person.run([
      ...["login", profile],
      ...["--token-code", this.person.code()],
    ]);
    if (exitCode !== 0) throw new Error(stderr);
  }
}

/** `expected` as a pattern, in which … stands for any text. */
export function patternOf(expected: string): RegExp {
  const parts = expected.split("…").map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return new RegExp(`^${parts.join("[^]*?")}$`);
}
