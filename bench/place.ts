import { mkdirSync, rmSync } from "node:fs";
import { delimiter, dirname } from "node:path";
import { Person } from "../test/e2e/person.ts";
import { kopsUser, kubeconfigOf } from "../test/support/kubeconfig/build.ts";
import type { Installed } from "./install.ts";
import type { Subject } from "./paired.ts";
import type { Command } from "./processor-time.ts";

/** What is measured, and by whom: a person with the installed program, and an STS that is only theirs. */
export class Place {
  readonly person: Person;
  readonly rounds: number;
  readonly #installed: Installed;

  private constructor(person: Person, installed: Installed, rounds: number) {
    this.person = person;
    this.#installed = installed;
    this.rounds = rounds;
  }

  static async open(installed: Installed, rounds: number): Promise<Place> {
    const person = await Person.arrive();
    person.write("bin/kops", "#!/bin/sh\n", 0o700);
    mkdirSync(person.path(".kube"));
    person.write(".kube/config", kubeconfigOf(kopsUser()));
    return new Place(person, installed, rounds);
  }

  close(): Promise<void> {
    return this.person.leave();
  }

  /** Only what a person's shell needs. Never NODE_EXTRA_CA_CERTS: with it Node 20 reads all root certificates at each start. */
  get env(): Record<string, string> {
    const { env } = this.person;
    // The `#!` line shall find the Node that is also the yardstick; any kops, the one that does nothing.
    const before = [this.#installed.folder, dirname(process.execPath), this.person.path("bin")];
    const folders = [...before, process.env["PATH"] ?? ""];
    return { ...env, PATH: folders.join(delimiter) };
  }

  /** kops-mfa with these words. */
  command(words: readonly string[], env: Readonly<Record<string, string>> = {}): Command {
    return { argv: [this.#installed.program, ...words], env: { ...this.env, ...env } };
  }

  /** The yardstick: Node that does nothing. */
  get bareNode(): Subject {
    return { command: { argv: [process.execPath, "-e", "0"], env: this.env }, times: 4 };
  }

  /** Forgets every session and every code. */
  forget(): void {
    this.person.forget();
  }

  /** Forgets what the person has; the STS forgets only the codes it has seen. */
  forgetSession(): void {
    rmSync(this.person.path(".cache"), { recursive: true, force: true });
    this.person.sandbox.forgetCodes();
  }

  /** Makes sure that there is a session of the profile "prod" with hours left. */
  async login(): Promise<void> {
    this.forget();
    const { exitCode, stderr } = await this.person.run(
      ["login", "prod", "--token-code", this.person.code()],
      { env: this.env },
    );
    if (exitCode !== 0) throw new Error(`login: ${stderr}`);
  }
}
