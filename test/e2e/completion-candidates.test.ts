import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { delimiter, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { describeShell, findShell, type AnyShell } from "../support/shells.ts";
import { completingPerson, documentedLine, hostileProfiles, inShell } from "./completion-person.ts";
import { runProgram, type Person } from "./person.ts";

let person: Person;
beforeAll(async () => {
  person = await completingPerson();
});
afterAll(() => person.leave());

/** The words of a line, the last of them being typed, and what is offered for that. */
type Case = readonly [words: string, offered: readonly string[]];

const ours: readonly Case[] = [
  ["stat", ["status"]],
  ["--role-a", ["--role-arn"]],
  ["--vers", ["--version"]],
  ["--profile=sta", ["--profile=staging"]],
  ["-p sta", ["staging"]],
  ["-p prod stat", ["status"]],
  ["--no-session --region x stat", ["status"]],
  ["--no-server stat", ["status"]],
  ["--profile=prod env sta", ["staging"]],
  ["env sta", ["staging"]],
  ["env prod sta", []],
  ["env --region sta", []],
  ["env --region sta sta", ["staging"]],
  ["env --unset --profile sta", ["staging"]],
  ["env --she", ["--shell"]],
  ["env --shell ba", ["bash"]],
  ["env --shell=ba", ["--shell=bash"]],
  ["env --format js", ["json"]],
  ["env --nothing=x", []],
  ["env -- sta", ["staging"]],
  ["env -- --she", []],
  ["login sta", ["staging"]],
  ["logout sta", ["staging"]],
  ["status --js", ["--json"]],
  ["init pow", ["powershell"]],
  ["init fish --wr", ["--wrap"]],
  ["completions elv", ["elvish"]],
  ["use sta", ["staging"]],
  ["use --she", []],
  ["off sta", []],
  ["exec sta", ["staging"]],
];

const withKops: readonly Case[] = [
  ["rolling-", ["rolling-update"]],
  ["comple", ["completion", "completions"]],
  ["--sta", ["--state"]],
  ["get clu", ["clusters"]],
  ["-p prod get clu", ["clusters"]],
  ["-- get clu", ["clusters"]],
  ["get clusters --name=t", ["--name=two.example.com"]],
  ["get clusters open", ["open-"]],
  ["get wrong x", []],
  ["nothing that kops knows", []],
];

/** Where another program's command line begins, the shell's own completion goes on. */
const goesOn: Case = ["exec prod -- kops-mfa-test-c", ["kops-mfa-test-command"]];

interface Driver {
  /** Options that people have on, then the line of the documentation. */
  readonly load: string;
  /** Reads the file itself. */
  readonly file: string;
  /** Prints a line with the words, and a line for each word that is offered, as the shell reads it when it has been inserted. */
  readonly ask: (words: readonly string[]) => string;
  readonly goesOn: boolean;
}

const here = resolve("completions");

const drivers: Partial<Record<AnyShell, Driver>> = {
  bash: {
    load: `set -eu -o pipefail; shopt -s failglob nocasematch; IFS=:; ${documentedLine("bash")}`,
    file: `set -eu; . ${here}/kops-mfa.bash`,
    // What readline replaces begins behind the last colon or equal sign.
    ask: (words) => `
      COMP_LINE='kops-mfa ${words.join(" ")}'; COMP_POINT=\${#COMP_LINE}
      COMP_WORDS=(kops-mfa ${words.map((word) => `'${word}'`).join(" ")}); COMP_CWORD=${words.length}
      typed='${words.at(-1) ?? ""}'; _kops_mfa kops-mfa "\${typed##*[=:]}" ''
      echo '? ${words.join(" ")}'
      for word in \${COMPREPLY[@]+"\${COMPREPLY[@]}"}; do eval "printf '%s\\n' \${typed%"\${typed##*[=:]}"}$word"; done`,
    goesOn: true,
  },
  fish: {
    load: documentedLine("fish"),
    file: `source ${here}/kops-mfa.fish`,
    ask: (words) => `
      echo '? ${words.join(" ")}'
      complete -C 'kops-mfa ${words.join(" ")}' | string replace --regex '\\t.*' ''; true`,
    goesOn: true,
  },
  powershell: {
    load: `Set-StrictMode -Version Latest; $ErrorActionPreference = 'Stop'
      ${documentedLine("PowerShell")}
      function global:show { $args }`,
    file: `. ${here}/kops-mfa.ps1; function global:show { $args }`,
    ask: (words) => `
      '? ${words.join(" ")}'
      $line = 'kops-mfa ${words.join(" ")}'
      [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches |
        ForEach-Object { Invoke-Expression "show $($_.CompletionText)" }`,
    goesOn: true,
  },
  nushell: {
    load: `source ${here}/kops-mfa.nu`,
    file: `source ${here}/kops-mfa.nu`,
    // What is in double quotes is JSON.
    ask: (words) => `
      print '? ${words.join(" ")}'
      do $env.config.completions.external.completer ${JSON.stringify(["kops-mfa", ...words])} | default []
        | each {|it| print (if $it.value starts-with '"' { $it.value | from json } else { $it.value }) } | ignore`,
    goesOn: false,
  },
};

/** Asks for every line in one process. */
async function offers(
  shell: AnyShell,
  driver: Driver,
  lines: readonly string[],
  env: Readonly<Record<string, string>> = {},
) {
  const script = [driver.load, ...lines.map((line) => driver.ask(line.split(" ")))].join("\n");
  const { exitCode, stdout, stderr } = await inShell(person, shell, script, env);
  expect([exitCode, stderr]).toEqual([0, ""]);
  const [before, ...answers] = stdout.split(/^\? /m);
  expect(before).toBe("");
  return answers.map((answer): Case => {
    const [line = "", ...offered] = answer.split("\n").filter(Boolean);
    return [line, [...new Set(offered)].sort()];
  });
}

const linesOf = (cases: readonly Case[]) => cases.map(([line]) => line);

describe.each(Object.entries(drivers) as (readonly [AnyShell, Driver])[])(
  "in %s",
  (shell, driver) => {
    describeShell(shell, () => {
      test("commands, options, values, profiles, and what kops says; nothing is evaluated or printed", async () => {
        // The other shells are told them at a Tab (completion-terminal.test.ts).
        const names = shell === "powershell" ? hostileProfiles : [];
        const hostile = names.map((name): Case => [`env ${name.slice(0, 2)}`, [name]]);
        const cases = [...ours, ...withKops, ...(driver.goesOn ? [goesOn] : []), ...hostile];
        const typed = ["$(touch pwned)", "`touch pwned`", "(touch pwned)", "<(touch pwned)"];
        const evil = typed.flatMap((word) => [`env ${word} x`, `get ${word} x`]);
        // Also loaded twice it prints nothing.
        const twice = { ...driver, load: `${driver.load}\n${driver.load}` };
        const found = await offers(shell, twice, [...linesOf(cases), ...evil]);
        expect(found.slice(0, cases.length)).toEqual(cases);
        expect(readdirSync(person.path("work")).sort()).toEqual(["one.txt", "one.yaml"]);
      });

      test("without kops there is only ours, and without kops-mfa what needs no program; no complaint", async () => {
        const withoutKops: readonly Case[] = [
          ["comple", ["completions"]],
          ["get clu", []],
          ["env sta", ["staging"]],
        ];
        const path = process.env["PATH"] ?? "";
        const PATH = [person.path("without-kops"), path].join(delimiter);
        const found = await offers(shell, driver, linesOf(withoutKops), { PATH });
        expect(found).toEqual(withoutKops);
        const alone: readonly Case[] = [
          ["stat", ["status"]],
          ["env --she", ["--shell"]],
          ["env sta", []],
          ["get clu", []],
        ];
        const loaded = { ...driver, load: driver.file };
        expect(await offers(shell, loaded, linesOf(alone), { PATH: path })).toEqual(alone);
      });
    });
  },
);

describeShell("bash", () => {
  const file = "/usr/share/bash-completion/bash_completion";
  const isMissing = !existsSync(file) && process.env["KOPS_MFA_REQUIRE_ALL"] !== "1";
  test.skipIf(isMissing)(
    "bash-completion finds it, and goes on with the completion of another program",
    async () => {
      const { stdout } = await inShell(
        person,
        "bash",
        `. ${file}
      mkdir -p "$HOME/data/bash-completion/completions"
      kops-mfa completions bash > "$HOME/data/bash-completion/completions/kops-mfa"
      _completion_loader kops-mfa; complete -p kops-mfa
      COMP_LINE='kops-mfa exec -p prod -- tar --exclude-caches-u'; COMP_POINT=\${#COMP_LINE}
      COMP_WORDS=(kops-mfa exec -p prod -- tar --exclude-caches-u); COMP_CWORD=6
      _kops_mfa kops-mfa --exclude-caches-u tar; echo "\${COMPREPLY[@]}"`,
        { XDG_DATA_HOME: person.path("data") },
      );
      expect(stdout).toBe("complete -F _kops_mfa kops-mfa\n--exclude-caches-under\n");
    },
  );
});

describeShell("nushell", () => {
  test("the file that the documentation makes is read from config.nu", async () => {
    const [, making = ""] =
      /made once, by `([^`]+)`/.exec(readFileSync("docs/completions.md", "utf8")) ?? [];
    mkdirSync(person.path(".config/nushell"));
    const config = person.write(".config/nushell/config.nu", documentedLine("nushell"));
    expect(await inShell(person, "nushell", making)).toMatchObject({ exitCode: 0, stderr: "" });
    const ask = "do $env.config.completions.external.completer [kops-mfa env sta] | get 0.value";
    const { stdout } = await runProgram(
      findShell("nushell") ?? "nu",
      ["--config", config, "--commands", ask],
      person.env,
    );
    expect(stdout).toBe("staging\n");
  });
});

describeShell("zsh", () => {
  test("after compinit the documented line is enough", async () => {
    const script = `autoload -Uz compinit; compinit -u -D; ${documentedLine("zsh")}; echo $_comps[kops-mfa]`;
    const result = await inShell(person, "zsh", script);
    expect(result).toEqual({ exitCode: 0, stdout: "_kops-mfa\n", stderr: "" });
  });
});

describeShell("powershell", () => {
  test("the exit code of the last program stays, and so does the encoding", async () => {
    const { stdout } = await inShell(
      person,
      "powershell",
      `Invoke-Expression (& kops-mfa completions powershell | Out-String)
      sh -c 'exit 7'
      $before = [Console]::OutputEncoding
      $found = [System.Management.Automation.CommandCompletion]::CompleteInput('kops-mfa env sta', 16, $null)
      "$($found.CompletionMatches.Count) $LASTEXITCODE $($before -eq [Console]::OutputEncoding)"
      exit 0`,
    );
    expect(stdout).toBe("1 7 True\n");
  });
});
