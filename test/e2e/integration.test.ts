import { existsSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { integrations } from "../../src/shell/integrations.ts";
import { describeShell, findShell, type AnyShell } from "../support/shells.ts";
import { integrated, runScript, runTyped, startScript, startTyped } from "./integrated-shells.ts";
import { Person, program } from "./person.ts";
import { relevant, Shown } from "./shown.ts";
import { TestTerminal } from "./terminal.ts";

let person: Person;
let environments: Shown;
beforeAll(async () => {
  person = await Person.arrive();
  environments = new Shown(person);
  countCalls();
  await person.run(["login", "prod", "--token-code", person.code()]);
  await person.run(["login", "staging"]);
});
afterAll(() => person.leave());
beforeEach(() => {
  environments.clear();
  person.write("calls", "");
});

const show = (name: string) => environments.line(name);
const shown = () => environments.all();

/** Each start of the program is written down. */
function countCalls(): void {
  const log = `#!/bin/sh\necho "$*" >> "$HOME/calls"\nexec node ${program} "$@"\n`;
  const counting = person.write("bin/kops-mfa-counted", log, 0o700);
  rmSync(person.path("bin/kops-mfa"));
  symlinkSync(counting, person.path("bin/kops-mfa"));
}

/** The words of each start, but for the loading. */
function calls(): readonly string[] {
  const lines = readFileSync(person.path("calls"), "utf8").trim().split("\n");
  return lines.filter((line) => line !== "" && !line.startsWith("init "));
}

/** nushell reads what it loads before its first line runs; the line that the documentation has for it is tested below. */
async function prepareNushell(): Promise<void> {
  const wrapping = wrapped.trim().split(" ");
  await person.run(["init", "nushell", "--output", person.path("kops-mfa.nu")]);
  await person.run(["init", "nushell", ...wrapping, "--output", person.path("kops-mfa-wrap.nu")]);
}

/** The end of a session, as if so many seconds were left of it. */
const left = (seconds: number) => String(Math.floor(Date.now() / 1000) + seconds);

const wrapped = " --wrap printenv,kops-mfa-test";
const foreignKey = "AKIATESTTESTTESTJON0";

describe.each(Object.keys(integrated) as AnyShell[])("in %s", (shell) => {
  describeShell(shell, () => {
    const words = integrated[shell];
    const { nasty, load, call, assign, attempt, failed, trace } = words;
    const inScript = words.scriptCall ?? call;
    const run = (lines: readonly string[]) =>
      (words.typed ? runTyped : runScript)(shell, lines.filter(Boolean), person.env);

    if (shell === "nushell") beforeAll(prepareNushell);

    test("use, use another, fail, a shell within, off, another tool: this shell changes, and is as before", async () => {
      const nested = [
        load(),
        show("nested"),
        inScript("use"),
        show("renewed"),
        inScript("off"),
        show("nestedOff"),
      ];
      const { exitCode, stdout } = await run([
        nasty,
        assign("AWS_PROFILE", "me"),
        load(),
        load(),
        call("use prod"),
        show("prod"),
        call("use staging"),
        show("staging"),
        attempt(call("use nowhere")),
        show("failed"),
        ...words.nested(nested, person),
        show("after"),
        call("off"),
        show("off"),
        call("env prod"),
        show("env"),
        assign("AWS_ACCESS_KEY_ID", foreignKey),
        show("foreign"),
        call("off"),
        show("foreignOff"),
      ]);
      expect(exitCode, stdout).toBe(0);
      const { prod, staging, failed: kept, nested: carried, renewed, after, ...rest } = shown();
      expect(prod).toMatchObject({ KOPS_MFA_PROFILE: "prod" });
      expect(prod).not.toHaveProperty("AWS_PROFILE");
      expect(staging).toMatchObject({ KOPS_MFA_PROFILE: "staging", AWS_REGION: "eu-central-1" });
      expect(stdout).toContain('there is no profile "nowhere"');
      expect(stdout).toContain(failed);
      expect(relevant(kept)).toEqual(relevant(staging));
      expect(relevant(carried)).toEqual(relevant(staging));
      expect(renewed).toMatchObject({ KOPS_MFA_PROFILE: "staging" });
      expect(relevant(after)).toEqual(relevant(staging));
      const before = { AWS_PROFILE: "me", AWS_ENDPOINT_URL_STS: person.sandbox.url };
      expect(relevant(rest["nestedOff"])).toEqual(before);
      expect(relevant(rest["off"])).toEqual(before);
      expect(rest["env"]).toMatchObject({ KOPS_MFA_PROFILE: "prod" });
      expect(rest["foreign"]).toMatchObject({ AWS_ACCESS_KEY_ID: foreignKey });
      expect(relevant(rest["foreignOff"])).toEqual(relevant(rest["foreign"]));
    });

    test("a wrapped command renews what was asked for, when it is over; if that fails it does not run", async () => {
      const [config, away] = [person.path(".aws/config"), person.path(".aws/away")];
      const ends = (seconds: number) => assign("KOPS_MFA_EXPIRES_AT", left(seconds));
      const line = "printenv KOPS_MFA_EXPIRES_AT";
      const { exitCode, stdout } = await run([
        nasty,
        load(wrapped),
        load(wrapped),
        line.replace("KOPS_MFA_EXPIRES_AT", "HOME"),
        call("use prod --duration 30m --token-code 123456"),
        line,
        show("fresh"),
        ends(200),
        line,
        ends(-60),
        line,
        // Another tool's are not renewed.
        assign("AWS_ACCESS_KEY_ID", foreignKey),
        ends(10),
        attempt(line),
        show("foreign"),
        call("use staging"),
        ends(10),
        line,
        `mv ${config} ${away}`,
        ends(10),
        attempt("printenv PWD"),
        `mv ${away} ${config}`,
      ]);
      const renewed = "env --renew prod --duration 30m";
      expect(calls(), stdout).toEqual([
        "env prod --duration 30m --token-code 123456",
        renewed,
        renewed,
        "env staging",
        "env --renew staging",
        "env --renew staging",
      ]);
      expect(exitCode, stdout).toBe(0);
      const { fresh = {}, foreign = {} } = shown();
      expect(stdout.split(fresh["KOPS_MFA_EXPIRES_AT"] ?? "?").length - 1).toBeGreaterThanOrEqual(
        3,
      );
      expect(foreign).toMatchObject({ AWS_ACCESS_KEY_ID: foreignKey });
      expect(stdout).toContain('there is no profile "staging"');
      expect(stdout).toContain(failed);
      expect(stdout).not.toMatch(/^\/\S*$(?<!kops-mfa-e2e-\w+)/m);
    });

    test("everything else runs as usual, and what is piped is for whoever reads it", async () => {
      const { stdout } = await run([
        load(),
        call("status prod"),
        call("env prod --format json"),
        words.piped?.(call("env prod")) ?? "",
        call(`exec staging -- ${show("exec")}`),
        show("usual"),
      ]);
      expect(stdout).toContain("does not carry it");
      expect(stdout).toContain('"AWS_ACCESS_KEY_ID": "ASIA');
      // Not in the list of names that shells of the POSIX family try first.
      expect(stdout.split(/AWS_SESSION_TOKEN(?! AWS_)/).length - 1).toBe(words.piped ? 2 : 1);
      expect(shown()["exec"]).toMatchObject({ KOPS_MFA_PROFILE: "staging" });
      expect(shown()["usual"]).not.toHaveProperty("AWS_ACCESS_KEY_ID");
    });

    test("loading prints nothing", async () => {
      const lines = [nasty, load(), load(wrapped)].filter(Boolean);
      const result = await runScript(shell, lines, person.env);
      expect(result).toMatchObject({ exitCode: 0, stdout: "" });
    });

    const { functions } = words;
    if (functions) {
      test("exec runs what only this shell knows, which no wrapping replaces", async () => {
        const names = shell === "fish" ? ["carry"] : ["carry", "also"];
        const { exitCode, stdout } = await run([
          nasty,
          ...functions,
          load(" --wrap carry"),
          call("use prod"),
          ...names.map((name) => attempt(call(`exec --no-server staging -- ${name} 'a b' -c`))),
          attempt(call("exec nowhere -- carry x")),
          show("after"),
        ]);
        expect(exitCode, stdout).toBe(0);
        expect(stdout).toContain("carry <a b> <-c> 2: staging\nfailed=9");
        if (names.length > 1) expect(stdout).toContain("carry <also> <a b> 3: staging\nfailed=9");
        expect(stdout).toContain('there is no profile "nowhere"');
        expect(stdout).not.toContain("carry <x>");
        expect(shown()["after"]).toMatchObject({ KOPS_MFA_PROFILE: "prod" });
      });
    }

    if (trace) {
      test("a trace shows no secret, and goes on afterwards", async () => {
        const { stdout } = await run([load(), trace, call("use prod"), "echo after", show("x")]);
        const env = shown()["x"] ?? {};
        expect(env["AWS_SECRET_ACCESS_KEY"]).toMatch(/.{40}/);
        expect(stdout).not.toContain(env["AWS_SECRET_ACCESS_KEY"]);
        expect(stdout).not.toContain(env["AWS_SESSION_TOKEN"]?.slice(0, 40));
        expect(stdout).toMatch(/^(\+.*|> |)echo after$/m);
      });
    }
  });
});

test("the documentation has the line of every shell", () => {
  const documentation = readFileSync("docs/shells.md", "utf8");
  for (const { line } of Object.values(integrations)) {
    expect(documentation).toContain(`| \`${line.replaceAll("|", "\\|")}\` `);
  }
});

test("without the integration, use says how to load it", async () => {
  for (const [shell, line] of [
    ["bash", 'eval "$(kops-mfa init bash)"'],
    ["fish", "kops-mfa init fish | source"],
  ] as const) {
    const env = { KOPS_MFA_SHELL: shell };
    const { exitCode, stdout, stderr } = await person.run(["use", "prod"], { env });
    expect([exitCode, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(line);
  }
});

test("what is in the number is not evaluated", async () => {
  for (const shell of ["bash", "zsh", "dash", "ksh", "tcsh"] as const) {
    const evil = `a[$(touch ${person.path("evil")})0]`;
    const { load, assign } = integrated[shell];
    const key = assign("AWS_ACCESS_KEY_ID", "x");
    const ours = assign("KOPS_MFA_ACCESS_KEY_ID", "x");
    const expires = assign("KOPS_MFA_EXPIRES_AT", evil);
    const { stdout } = await runScript(
      shell,
      [load(" --wrap printenv"), key, ours, expires, "printenv KOPS_MFA_EXPIRES_AT"],
      person.env,
    );
    expect(stdout).toContain(evil);
    expect(existsSync(person.path("evil"))).toBe(false);
  }
});

describeShell("nushell", () => {
  test("the line in config.nu loads it into the shell that reads it", async () => {
    const config = person.write("config.nu", `${integrations.nushell?.line ?? ""}\n`);
    const typed = `kops-mfa use prod; ${show("nushell")}; exit`;
    const args = ["--config", config, "--execute", typed];
    await new TestTerminal(findShell("nushell") ?? "nu", args, person.env).ends();
    expect(shown()["nushell"]).toMatchObject({ KOPS_MFA_PROFILE: "prod" });
  });
});

describe("the prompt", () => {
  /** How an interactive shell starts with the segment in its prompt. */
  const prompts = {
    bash: {
      args: ["--norc", "--noprofile", "-i"],
      env: { PS1: "[$KOPS_MFA_PS1|$?] ", PROMPT_COMMAND: "true" },
      setUp: "",
      states: true,
      exported: "export KOPS_MFA_SEGMENT",
      coloured: "[\u001b[33mprod 9m\u001b[0m|0]",
    },
    zsh: {
      args: ["-f", "-i"],
      env: {},
      setUp: "setopt prompt_subst; PS1='[$KOPS_MFA_PS1|%?] '; ",
      states: true,
      exported: "export KOPS_MFA_SEGMENT",
      coloured: "[\u001b[33mprod 9m\u001b[0m|0]",
    },
    fish: {
      args: ["--no-config", "-i"],
      env: {},
      setUp: 'function fish_prompt; echo -n "[$KOPS_MFA_PS1|0] "; end; ',
      states: false,
      exported: "set -gx KOPS_MFA_SEGMENT",
      coloured: "[\u001b[33mprod 9m\u001b",
    },
  } as const;

  describe.each(["bash", "zsh", "fish"] as const)("of %s", (shell) => {
    describeShell(shell, () => {
      const { args, env, setUp, states, exported, coloured } = prompts[shell];
      const { load, assign } = integrated[shell];
      const starts = (variables: Readonly<Record<string, string>>) =>
        new TestTerminal(findShell(shell) ?? shell, args, { ...variables, ...env });
      const ends = (seconds: number) => assign("KOPS_MFA_EXPIRES_AT", left(seconds));

      test("shows profile and time left, and keeps the status", async () => {
        const terminal = starts(person.env);
        terminal.type(`${setUp}${load()}; ${load()}\r`);
        await terminal.shows("[|0]");
        terminal.type(`kops-mfa use prod; ${ends(2 * 3600 + 330)}\r`);
        await terminal.shows("[prod 2h5m|0]");
        terminal.type(`${ends(2550)}\r`);
        await terminal.shows("[prod 42m|0]");
        terminal.type("sh -c 'exit 7'\r");
        await terminal.shows(states ? "[prod 42m|7]" : "[prod 42m|0]");
        terminal.type(`${ends(-5)}\r`);
        await terminal.shows("[prod expired|0]");
        terminal.type(`${exported}\r`);
        terminal.type(`sh -c 'echo "<<$KOPS_MFA_SEGMENT>>"'\r`);
        await terminal.shows("<<prod expired>>");
        terminal.type("kops-mfa off; exit\r");
        expect(await terminal.ends()).toBe(0);
      });

      test("is coloured when little is left", async () => {
        const terminal = starts({ ...person.env, NO_COLOR: "" });
        terminal.type(`${setUp}${load()}; kops-mfa use prod; ${ends(570)}\r`);
        await terminal.shows("prod 9m");
        terminal.type("exit\r");
        await terminal.ends();
        expect(terminal.screen).toContain(coloured);
      });
    });
  });

  describeShell("powershell", () => {
    test("has a segment in PowerShell", async () => {
      const { load, call, assign } = integrated.powershell;
      const print = '__kops_mfa_prompt; Write-Output "<$KOPS_MFA_PS1>"';
      const at = (seconds: number) => [assign("KOPS_MFA_EXPIRES_AT", left(seconds)), print];
      const { stdout } = await runScript(
        "powershell",
        [load(), print, call("use prod"), ...at(2 * 3600 + 330), ...at(2550), ...at(-5)],
        person.env,
      );
      const segments = [...stdout.matchAll(/<([^>]*)>/g)].map(([, text]) => text);
      expect(segments).toEqual(["", "prod 2h5m", "prod 42m", "prod expired"]);
    });
  });

  test("of bash gets its hook once, in front of the others", async () => {
    const { load } = integrated.bash;
    const { args, env } = prompts.bash;
    const terminal = new TestTerminal("bash", args, { ...person.env, ...env });
    terminal.type(`${load()}; ${load()}\rdeclare -p PROMPT_COMMAND\rexit\r`);
    await terminal.ends();
    expect(terminal.screen).toContain('[0]="__kops_mfa_prompt" [1]="true"');
    expect(terminal.screen).not.toContain("[2]=");
  });
});

describe.each(Object.keys(integrated) as AnyShell[])("a code that use asks for in %s", (shell) => {
  describeShell(shell, () => {
    if (shell === "nushell") beforeAll(prepareNushell);
    beforeEach(() => person.forget());

    const { load, call, typed } = integrated[shell];
    const lines = () => [load(), `${call("use prod")}; ${show("asked")}`];
    const starts = () =>
      typed ? startTyped(shell, lines(), person.env) : startScript(shell, lines(), person.env);

    test("is typed on the terminal", async () => {
      const terminal = starts();
      await terminal.shows("MFA code of");
      terminal.type(`${person.code()}\r`);
      await terminal.shows("shown: asked");
      if (typed) terminal.type("exit\r");
      await terminal.ends();
      expect(shown()["asked"]).toMatchObject({ KOPS_MFA_PROFILE: "prod" });
    });
  });
});
