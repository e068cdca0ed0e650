import { existsSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { describeShell, findShell, shellArguments, type TestShell } from "../shells.ts";
import { Person, program, type Result } from "./person.ts";
import { TestTerminal } from "./terminal.ts";

let person: Person;
beforeAll(async () => {
  person = await Person.arrive();
});
afterAll(() => person.leave());
beforeEach(async () => {
  person.forget();
  await person.run(["login", "prod", "--token-code", person.code()]);
  await person.run(["login", "staging"]);
});

/** How each shell says what the scenarios say. */
interface Words {
  /** The line of the documentation. */
  readonly load: string;
  /** Options of the shell that are on before the integration is loaded. */
  readonly nasty: string;
  readonly status: string;
  /** A word of the program; an alias counts only on a line that is read after its definition. */
  readonly call: (words: string) => string;
  readonly trace: string | null;
  readonly assign: (name: string, value: string) => string;
  /** So that a failing line does not end the script. */
  readonly allowFailure: (line: string) => string;
}

const posix = (shell: string, nasty: string): Words => ({
  load: `eval "$(kops-mfa init ${shell})"`,
  nasty,
  status: 'echo "status=$?"',
  call: (words) => `kops-mfa ${words}`,
  trace: "set -x",
  assign: (name, value) => `export ${name}='${value}'`,
  allowFailure: (line) => `${line} || echo "status=$?"`,
});

const words: Readonly<Record<TestShell, Words>> = {
  bash: posix("bash", "set -eu -o pipefail"),
  zsh: posix(
    "zsh",
    "setopt err_exit no_unset pipe_fail ksh_arrays sh_word_split warn_create_global",
  ),
  dash: { ...posix("sh", "set -eu"), call: (text) => `__kops_mfa ${text}` },
  ksh: { ...posix("sh", "set -eu"), call: (text) => `__kops_mfa ${text}` },
  fish: {
    load: "kops-mfa init fish | source",
    nasty: "true",
    status: 'echo "status=$status"',
    call: (text) => `kops-mfa ${text}`,
    trace: null,
    assign: (name, value) => `set -gx ${name} '${value}'`,
    allowFailure: (line) => `${line}; or echo "status=$status"`,
  },
  powershell: {
    load: "Invoke-Expression (& kops-mfa init powershell | Out-String)",
    nasty: "Set-StrictMode -Version Latest; $ErrorActionPreference = 'Stop'",
    status: 'Write-Output "status=$LASTEXITCODE"',
    call: (text) => `kops-mfa ${text}`,
    trace: null,
    assign: (name, value) => `$env:${name} = '${value}'`,
    allowFailure: (line) => `${line}; Write-Output "status=$LASTEXITCODE"`,
  },
};

/** Runs lines in a shell on a terminal. */
async function script(shell: TestShell, lines: readonly string[]): Promise<Result> {
  const file = findShell(shell);
  if (file === null) throw new Error(`${shell} is not installed`);
  const terminal = new TestTerminal(file, shellArguments(shell, lines.join("\n")), person.env);
  const exitCode = await terminal.ends();
  return { exitCode, stdout: terminal.screen, stderr: "" };
}

function show(): string {
  person.write(
    "show.cjs",
    'require("node:fs").appendFileSync(process.env.HOME + "/shown", JSON.stringify(process.env) + "\\n")',
  );
  return `node ${person.path("show.cjs")}`;
}

function shown(): Record<string, string>[] {
  const lines = readFileSync(person.path("shown"), "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line) as Record<string, string>);
}

describe.each(Object.keys(words) as TestShell[])("in %s", (shell) => {
  describeShell(shell, () => {
    const { load, nasty, call, assign, allowFailure, trace } = words[shell];
    beforeEach(() => person.write("shown", ""));

    test("use, use another, fail, off: this shell changes, and is as before at the end", async () => {
      const { exitCode, stdout } = await script(shell, [
        nasty,
        assign("AWS_PROFILE", "me"),
        load,
        load,
        call("use prod"),
        show(),
        call("use staging"),
        show(),
        allowFailure(call("use nowhere")),
        show(),
        call("off"),
        show(),
      ]);
      expect(exitCode, stdout).toBe(0);
      const [prod = {}, staging = {}, failed = {}, off = {}] = shown();
      expect(prod["KOPS_MFA_PROFILE"]).toBe("prod");
      expect(prod).not.toHaveProperty("AWS_PROFILE");
      expect(staging).toMatchObject({ KOPS_MFA_PROFILE: "staging", AWS_REGION: "eu-central-1" });
      expect(failed["AWS_ACCESS_KEY_ID"]).toBe(staging["AWS_ACCESS_KEY_ID"]);
      expect(stdout).toContain('there is no profile "nowhere"');
      expect(stdout).toContain("status=1");
      const left = Object.entries(off).filter(([name]) => /^(AWS|KOPS)_/.test(name));
      expect(Object.fromEntries(left)).toEqual({
        AWS_PROFILE: "me",
        AWS_ENDPOINT_URL_STS: person.sandbox.url,
      });
    });

    test("loading prints nothing", async () => {
      const { exitCode, stdout } = await script(shell, [nasty, load, load]);
      // PowerShell puts a control sequence of the terminal before what a program prints.
      const words = stripVTControlCharacters(stdout).replaceAll("\u001b=", "");
      expect([exitCode, words]).toEqual([0, ""]);
    });

    test("env typed bare changes this shell; captured it is for whoever captured it", async () => {
      await script(shell, [load, call("env prod"), show()]);
      expect(shown()[0]?.["KOPS_MFA_PROFILE"]).toBe("prod");
    });

    test("everything else runs as usual", async () => {
      const { stdout } = await script(shell, [
        load,
        call("status prod"),
        call("env prod --format json"),
        show(),
      ]);
      expect(stdout).toContain("does not carry it");
      expect(stdout).toContain('"AWS_ACCESS_KEY_ID": "ASIA');
      expect(shown()[0]).not.toHaveProperty("AWS_ACCESS_KEY_ID");
    });

    test.skipIf(trace === null)("a trace shows no secret, and goes on afterwards", async () => {
      const { stdout } = await script(shell, [
        load,
        trace ?? "",
        call("use prod"),
        "echo after",
        show(),
      ]);
      const [env = {}] = shown();
      expect(env["AWS_SECRET_ACCESS_KEY"]).toMatch(/.{40}/);
      expect(stdout).not.toContain(env["AWS_SECRET_ACCESS_KEY"]);
      expect(stdout).not.toContain(env["AWS_SESSION_TOKEN"]?.slice(0, 40));
      expect(stdout).toMatch(/^\+.*echo after$/m);
    });
  });
});

test("without the integration, use says how to load it", async () => {
  const { exitCode, stdout, stderr } = await person.run(["use", "prod"]);
  expect([exitCode, stdout]).toEqual([1, ""]);
  expect(stderr).toContain('eval "$(kops-mfa init bash)"');
});

describe("refresh and prompt", () => {
  /** The kept session of a shell, as if so many seconds were left of it. */
  const left = (seconds: number) => String(Math.floor(Date.now() / 1000) + seconds);
  const shells: readonly TestShell[] = ["bash", "zsh", "fish", "powershell"];

  describe.each(shells)("in %s", (shell) => {
    describeShell(shell, () => {
      const { load, nasty, call, assign } = words[shell];
      const wrapped = load.replace(/(init \w+)/, "$1 --wrap printenv,kops-mfa-test");
      const count = () => person.write("calls", "");
      const calls = () =>
        readFileSync(person.path("calls"), "utf8").trim().split("\n").filter(Boolean);
      /** A program of that name that counts how often the real one is started. */
      const counting = () => {
        person.write(
          "bin/kops-mfa-counted",
          `#!/bin/sh\necho "$*" >> "$HOME/calls"\nexec node ${program} "$@"\n`,
          0o700,
        );
        rmSync(person.path("bin/kops-mfa"));
        symlinkSync(person.path("bin/kops-mfa-counted"), person.path("bin/kops-mfa"));
      };
      beforeEach(() => {
        count();
        counting();
      });
      const line = "printenv KOPS_MFA_EXPIRES_AT";

      test("a fresh session starts nothing, a stale one is renewed, another tool's is left alone", async () => {
        const fresh = await script(shell, [nasty, wrapped, call("use prod"), line]);
        expect(fresh.exitCode, fresh.stdout).toBe(0);
        expect(calls().slice(1)).toEqual(["env prod"]);
        count();
        const soon = left(200);
        const stale = await script(shell, [
          wrapped,
          call("use prod"),
          assign("KOPS_MFA_EXPIRES_AT", soon),
          line,
        ]);
        expect(calls().slice(1)).toEqual(["env prod", "env"]);
        expect(stale.stdout).not.toContain(soon);
        count();
        const foreign = assign("AWS_ACCESS_KEY_ID", "AKIATESTTESTTESTJON0");
        await script(shell, [
          wrapped,
          call("use prod"),
          assign("KOPS_MFA_EXPIRES_AT", soon),
          foreign,
          line,
        ]);
        expect(calls().slice(1)).toEqual(["env prod"]);
      });

      test("a renewal that fails keeps the command from running", async () => {
        const { stdout } = await script(shell, [
          wrapped,
          call("use prod"),
          assign("KOPS_MFA_PROFILE", "nowhere"),
          assign("KOPS_MFA_EXPIRES_AT", left(10)),
          "printenv HOME",
        ]);
        expect(stdout).toContain('there is no profile "nowhere"');
        expect(stdout).not.toContain(`${person.home}\n`);
      });
    });
  });

  test("what is in the number is not evaluated", async () => {
    for (const shell of ["bash", "zsh", "dash"] as const) {
      const evil = `a[$(touch ${person.path("evil")})0]`;
      const { load } = words[shell];
      await script(shell, [
        load,
        words[shell].assign("KOPS_MFA_EXPIRES_AT", evil),
        "__kops_mfa_fresh; true",
      ]);
      expect(existsSync(person.path("evil"))).toBe(false);
    }
  });

  const segments: readonly (readonly [TestShell, string])[] = [
    ["bash", `__kops_mfa_prompt; echo "<$KOPS_MFA_PS1>"`],
    ["zsh", `__kops_mfa_prompt; echo "<$KOPS_MFA_PS1>"`],
    ["powershell", `__kops_mfa_prompt; Write-Output "<$KOPS_MFA_PS1>"`],
  ];

  describe.each(segments)("the segment in %s", (shell, print) => {
    describeShell(shell, () => {
      test("profile and time left; nothing without a session", async () => {
        const { load, call, assign } = words[shell];
        const at = (seconds: number) => [assign("KOPS_MFA_EXPIRES_AT", left(seconds)), print];
        const lines = [
          load,
          print,
          call("use prod"),
          ...at(2 * 3600 + 330),
          ...at(2550),
          ...at(-5),
        ];
        const { stdout } = await script(shell, lines);
        const shown = [...stdout.matchAll(/<([^>]*)>/g)].map(([, text]) => text);
        expect(shown).toEqual(["", "prod 2h5m", "prod 42m", "prod expired"]);
      });
    });
  });

  test("an interactive bash has the hook once, in front, and keeps the status", async () => {
    const terminal = new TestTerminal("bash", ["--norc", "--noprofile", "-i"], {
      ...person.env,
      PS1: "[$KOPS_MFA_PS1|$?]$ ",
      PROMPT_COMMAND: "true",
    });
    const { load } = words.bash;
    await terminal.shows("[|0]$");
    terminal.type(`${load}; ${load}\r`);
    await terminal.shows("[|0]$", 2);
    terminal.type("kops-mfa use prod; export KOPS_MFA_EXPIRES_AT=$((EPOCHSECONDS + 2550))\r");
    await terminal.shows("[prod 42m|0]$");
    terminal.type("(exit 7)\r");
    await terminal.shows("[prod 42m|7]$");
    terminal.type("declare -p PROMPT_COMMAND\rexit\r");
    await terminal.ends();
    expect(terminal.screen).toContain('[0]="__kops_mfa_prompt" [1]="true"');
    expect(terminal.screen).not.toContain("[2]=");
  });

  describeShell("fish", () => {
    test("an interactive fish has the hook", async () => {
      const file = findShell("fish") ?? "fish";
      const terminal = new TestTerminal(file, ["--no-config", "-i"], person.env);
      const say = 'echo (string upper seg)="<$KOPS_MFA_PS1>"';
      terminal.type(`${say}\r`);
      await terminal.shows("SEG=<>");
      const later = "set -gx KOPS_MFA_EXPIRES_AT (math (date +%s) + 2550)";
      terminal.type(
        `${words.fish.load}; kops-mfa use prod; and ${later}; and echo (string upper used)\r`,
      );
      await terminal.shows("USED");
      terminal.type(`${say}\r`);
      await terminal.shows("SEG=<prod 42m>");
      terminal.type("exit\r");
      await terminal.ends();
    });
  });
});
