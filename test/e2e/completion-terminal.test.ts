import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { describeShell, findShell, type AnyShell } from "../support/shells.ts";
import {
  completingPerson,
  documentedLine,
  hostileProfiles,
  typeLines,
} from "./completion-person.ts";
import type { Person } from "./person.ts";

let person: Person;
beforeAll(async () => {
  person = await completingPerson();
});
afterAll(() => person.leave());

/** How each shell is started and told of the completion; `odd` are options that people have on. */
const shells: readonly {
  readonly shell: AnyShell;
  /** What it is called, where it is no plain one. */
  readonly with?: string;
  readonly args: readonly string[];
  readonly load: () => string;
  /** Prints `ready`, which is not what is typed. */
  readonly ready?: string;
}[] = [
  {
    shell: "bash",
    args: ["--norc", "--noprofile", "-i"],
    load: () => 'set -u; shopt -s failglob nocasematch; eval "$(kops-mfa completions bash)"',
  },
  {
    shell: "zsh",
    args: ["-f", "-i"],
    load: () =>
      `fpath=(${process.cwd()}/completions $fpath); autoload -Uz compinit; compinit -u -D; ` +
      `setopt no_unset ksh_arrays sh_word_split ksh_glob sh_glob no_nomatch warn_create_global`,
  },
  {
    shell: "zsh",
    with: "zsh with the integration, whose alias adds a word",
    args: ["-f", "-i"],
    load: () =>
      `fpath=(${process.cwd()}/completions $fpath); autoload -Uz compinit; compinit -u -D; eval "$(kops-mfa init zsh)"`,
  },
  {
    shell: "fish",
    args: ["--no-config", "-i"],
    load: () => "kops-mfa completions fish | source",
  },
  {
    shell: "nushell",
    args: ["--no-config-file"],
    load: () => `source ${process.cwd()}/completions/kops-mfa.nu`,
    ready: "print $\"('rea')dy\"",
  },
  {
    shell: "elvish",
    args: ["-norc"],
    load: () => documentedLine("elvish"),
  },
];

/** What is typed before the Tab, and what the program gets for it. */
const lines: readonly (readonly [string, readonly string[]])[] = [
  ["kops-mfa env st", ["env", "staging"]],
  ["kops-mfa env 'my", ["env", "my staging"]],
  ["kops-mfa logi", ["login"]],
  ["kops-mfa -p prod stat", ["-p", "prod", "status"]],
  ["kops-mfa -p st", ["-p", "staging"]],
  ["kops-mfa get clu", ["get", "clusters"]],
  ["kops-mfa get clusters --name=t", ["get", "clusters", "--name=two.example.com"]],
  ["kops-mfa get clusters xz", ["get", "clusters", "xz; touch pwned; $(touch pwned)"]],
  ["kops-mfa env --output one.y", ["env", "--output", "one.yaml"]],
  ...hostileProfiles.map((name) => [`kops-mfa env ${name.slice(0, 2)}`, ["env", name]] as const),
];

describe.each(shells.map((row) => ({ title: row.with ?? row.shell, ...row })))(
  "a Tab in $title",
  (row) => {
    const { shell, args, load, ready = "echo rea''dy" } = row;
    describeShell(shell, () => {
      test("completes, quotes what must be, and evaluates nothing", async () => {
        const file = findShell(shell) ?? shell;
        const typed = lines.map(([text]) => text);
        const { ran, screen } = await typeLines(person, file, args, `${load()}; ${ready}`, typed);
        expect(ran, screen).toEqual(lines.map(([, words]) => words));
        expect(existsSync(person.path("work/pwned"))).toBe(false);
      });
    });
  },
);

test("nobody was called or asked, and nothing was kept", () => {
  expect(person.sandbox.requests).toEqual([]);
  expect(existsSync(person.path(".cache"))).toBe(false);
  const calls = readFileSync(person.path("kops-calls"), "utf8");
  expect(calls).toContain("__complete get clu\n");
  expect(calls).not.toContain("a terminal");
});
