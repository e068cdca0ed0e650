import { cpSync, mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { describeShell, findShell, shellArguments, type AnyShell } from "../support/shells.ts";
import { Person, runProgram } from "./person.ts";
import { TestTerminal } from "./terminal.ts";

/** A clone of this repository, under the name that the plugin has. */
let clone: string;
let person: Person;
beforeAll(async () => {
  person = await Person.arrive();
  mkdirSync(person.path("plugins"));
  clone = person.path("plugins/kops-mfa");
  symlinkSync(process.cwd(), clone);
});
afterAll(() => person.leave());
beforeEach(async () => {
  person.forget();
  await person.run(["login", "prod", "--token-code", person.code()]);
});

/** Runs a script on a terminal, which `kops-mfa use` asks about; what the shell shows of it. */
async function onTerminal(shell: AnyShell, script: string, args: readonly string[] = []) {
  const file = findShell(shell) ?? shell;
  const words = [...args, ...shellArguments(shell, script)];
  const terminal = new TestTerminal(file, words, person.env);
  const exitCode = await terminal.ends();
  return { exitCode, screen: terminal.screen };
}

/** Runs it where there is no kops-mfa. */
function without(shell: AnyShell, script: string, args: readonly string[] = []) {
  const file = findShell(shell) ?? shell;
  const env = { HOME: person.home, PATH: process.env["PATH"] ?? "" };
  return runProgram(file, [...args, ...shellArguments(shell, script)], env);
}

describeShell("zsh", () => {
  const odd = "setopt no_unset sh_word_split no_nomatch warn_create_global";
  const used =
    'kops-mfa use prod; echo "$KOPS_MFA_PROFILE ${_comps[kops-mfa]} $(whence -w _kops-mfa)"';
  const shown = "prod _kops-mfa _kops-mfa: function\n";

  test("oh-my-zsh: the directory in fpath, compinit, then the plugin", async () => {
    const script = `${odd}; fpath=($HOME/plugins/kops-mfa $fpath); autoload -Uz compinit; compinit -u -D
      source $HOME/plugins/kops-mfa/kops-mfa.plugin.zsh; ${used}`;
    expect(await onTerminal("zsh", script)).toEqual({ exitCode: 0, screen: shown });
  });

  test("antidote, zinit, zplug: the plugin, then compinit", async () => {
    const script = `${odd}; source $HOME/plugins/kops-mfa/kops-mfa.plugin.zsh
      autoload -Uz compinit; compinit -u -D; ${used}`;
    expect(await onTerminal("zsh", script)).toEqual({ exitCode: 0, screen: shown });
  });

  test("does nothing and says nothing where there is no kops-mfa", async () => {
    const result = await without(
      "zsh",
      `${odd}; source ${clone}/kops-mfa.plugin.zsh; whence kops-mfa || echo none`,
    );
    expect(result).toEqual({ exitCode: 0, stdout: "none\n", stderr: "" });
  });
});

describeShell("fish", () => {
  /** What fisher does with a plugin: github.com/jorgebucaran/fisher, functions/fisher.fish. */
  const fisher = () => {
    const config = person.path(".config/fish");
    rmSync(config, { recursive: true, force: true });
    for (const folder of ["conf.d", "completions"]) {
      mkdirSync(join(config, folder), { recursive: true });
      for (const file of readdirSync(join(clone, folder))) {
        cpSync(join(clone, folder, file), join(config, folder, file));
      }
    }
  };
  /** With the person's own start-up files, as a shell in which somebody types. */
  const fish = (script: string) => {
    const terminal = new TestTerminal(
      findShell("fish") ?? "fish",
      ["-i", "-c", script],
      person.env,
    );
    return terminal.ends().then((exitCode) => ({ exitCode, screen: terminal.screen }));
  };

  test("fisher: the integration and the completion are there, and go with the plugin", async () => {
    fisher();
    const script = `kops-mfa use prod; echo "$KOPS_MFA_PROFILE"; complete -C "kops-mfa env sta"
      emit kops-mfa_uninstall; functions -q kops-mfa; or echo gone`;
    expect(await fish(script)).toEqual({ exitCode: 0, screen: "prod\nstaging\ngone\n" });
  });

  test("does nothing and says nothing where there is no kops-mfa", async () => {
    fisher();
    const result = await runProgram(
      findShell("fish") ?? "fish",
      ["-i", "-c", "functions -q kops-mfa; or echo none"],
      { HOME: person.home, PATH: process.env["PATH"] ?? "", TERM: "xterm-256color" },
    );
    expect(result).toEqual({ exitCode: 0, stdout: "none\n", stderr: "" });
  });
});

describeShell("powershell", () => {
  const load = `Set-StrictMode -Version Latest; $ErrorActionPreference = 'Stop'
    $env:PSModulePath = 'HOME/plugins' + [IO.Path]::PathSeparator + $env:PSModulePath
    Import-Module kops-mfa; Import-Module kops-mfa`;

  test("a clone in PSModulePath is a module: the integration, the completion and the prompt", async () => {
    const script = `${load.replace("HOME", person.home)}
      kops-mfa use prod
      __kops_mfa_prompt
      $found = [System.Management.Automation.CommandCompletion]::CompleteInput('kops-mfa env sta', 16, $null)
      "$env:KOPS_MFA_PROFILE $($found.CompletionMatches[0].CompletionText) $KOPS_MFA_PS1"
      kops-mfa off
      "<$env:KOPS_MFA_PROFILE>"`;
    const { exitCode, screen } = await onTerminal("powershell", script);
    expect(screen).toMatch(/prod staging prod \w+\n[^<]*<>\n$/);
    expect(exitCode).toBe(0);
  });

  test("does nothing and says nothing where there is no kops-mfa", async () => {
    const script = `${load.replace("HOME", person.home)}
      "$($null -eq (Get-Command kops-mfa -ErrorAction Ignore))"`;
    const result = await without("powershell", script);
    expect(result).toEqual({ exitCode: 0, stdout: "True\n", stderr: "" });
  });
});

describe("the package of npm", () => {
  test("has what `completions` prints", async () => {
    const env = { ...person.env, npm_config_cache: person.path("npm") };
    const { stdout } = await runProgram(
      "npm",
      ["pack", "--dry-run", "--ignore-scripts", "--json"],
      env,
    );
    const [{ files = [] } = {}] = JSON.parse(stdout) as { files?: { path: string }[] }[];
    const packed = files.map(({ path }) => path).filter((path) => path.startsWith("completions/"));
    expect(packed.map((path) => path.replace("completions/", "")).sort()).toEqual(
      readdirSync("completions").sort(),
    );
  });
});
