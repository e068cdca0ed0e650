import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, rmSync, utimesSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Person, program } from "./person.ts";

let person: Person;
beforeAll(async () => {
  person = await Person.arrive();
});
afterAll(() => person.leave());

describe("__profiles", () => {
  const all = "chained\ndefault\nmallory\nme\nprod\nroot\nstaging\n";

  test("one name a line", async () => {
    const result = await person.run(["__profiles"]);
    expect(result).toEqual({ exitCode: 0, stdout: all, stderr: "" });
  });

  test("is silent about files that are broken, missing, directories, or would be waited for", async () => {
    const broken = person.write("broken", "[profile one]\nno sense\n[two\n");
    const fifo = person.path("fifo");
    execFileSync("mkfifo", [fifo]);
    const files: readonly (readonly [string, string])[] = [
      [broken, "one\n"],
      [person.path("nowhere"), ""],
      [person.home, ""],
      [fifo, ""],
      ["/dev/null", ""],
    ];
    for (const [file, stdout] of files) {
      const env = { AWS_CONFIG_FILE: file, AWS_SHARED_CREDENTIALS_FILE: "/dev/null" };
      const result = await person.run(["__profiles"], { env });
      expect(result).toEqual({ exitCode: 0, stdout, stderr: "" });
    }
  });

  test("leaves out what a terminal would obey", async () => {
    const file = person.write(
      "odd",
      "[profile a\u001b[31mb]\n[profile \u202Eprod]\n[profile ok]\n",
    );
    const env = { AWS_CONFIG_FILE: file, AWS_SHARED_CREDENTIALS_FILE: "/dev/null" };
    expect((await person.run(["__profiles"], { env })).stdout).toBe("ok\n");
  });

  test("asks nobody, keeps nothing, and loads neither the app nor the SDK", async () => {
    const loaded = `require("node:module").prototype.require = new Proxy(require("node:module").prototype.require, {
      apply(target, self, [name]) { process.stderr.write(name + "\\n"); return Reflect.apply(target, self, [name]); } });`;
    const preload = person.write("loaded.cjs", loaded);
    const env = { NODE_OPTIONS: `--require=${preload}` };
    // Of files that were just written nothing is remembered.
    utimesSync(person.path(".aws/config"), new Date(), new Date());
    const { stderr } = await person.run(["__profiles"], { env });
    const own = stderr.split("\n").filter((name) => name.startsWith("."));
    expect(own).toEqual(["./direct.cjs"]);
    expect(person.sandbox.requests).toEqual([]);
    expect(existsSync(person.path(".cache"))).toBe(false);
  });

  test("is no command that help shows, and no other such word is one", async () => {
    const { stdout } = await person.run(["--help"]);
    expect(stdout).toContain("completions");
    expect(stdout).not.toContain("__");
  });
});

describe("__complete-kops", () => {
  test("says nothing without kops, and where kops fails", async () => {
    const nothing = { exitCode: 0, stdout: "", stderr: "" };
    expect(await person.run(["__complete-kops", "get", "="])).toEqual(nothing);
    person.write("bin/kops", "#!/bin/sh\necho x; echo :4; echo oops >&2; exit 1\n", 0o700);
    expect(await person.run(["__complete-kops", "get", "="])).toEqual(nothing);
    rmSync(person.path("bin/kops"));
  });

  test("gives kops the words, the environment as it is, and no standard input", async () => {
    const script = `#!/bin/sh\nprintf '%s|' "$@" "$AWS_PROFILE" "$(cat)"; echo; echo :4\n`;
    person.write("bin/kops", script, 0o700);
    const env = { AWS_PROFILE: "prod" };
    const { stdout } = await person.run(["__complete-kops", "get", "a b", "="], {
      env,
      input: "x",
    });
    expect(stdout).toBe(":\n__complete|get|a b||prod||\n");
    rmSync(person.path("bin/kops"));
  });

  test("shows no control sequences", async () => {
    const script = `#!/bin/sh\nprintf 'a\\033[31m\\nb\\tred \\033[31m\\n:4\\n'\n`;
    person.write("bin/kops", script, 0o700);
    const { stdout } = await person.run(["__complete-kops", "="]);
    expect(stdout).toBe(":\nb\tred \\u{1b}[31m\n");
    rmSync(person.path("bin/kops"));
  });

  test("a Ctrl-C ends kops too, with what it has started", async () => {
    mkdirSync(person.path("pids"));
    const script = `#!/bin/sh\nsleep 60 & touch "$HOME/pids/$!"; touch "$HOME/pids/$$"; wait\n`;
    person.write("bin/kops", script, 0o700);
    const child = spawn(process.execPath, [program, "__complete-kops", "get", "="], {
      env: person.env,
      stdio: "ignore",
    });
    const ended = new Promise((resolve) => child.on("close", resolve));
    const pids = () =>
      execFileSync("ls", [person.path("pids")], { encoding: "utf8" })
        .split("\n")
        .filter(Boolean);
    while (pids().length < 2) await sleep(20);
    child.kill("SIGINT");
    await ended;
    const alive = pids().filter((pid) => existsSync(`/proc/${pid}/exe`));
    expect(alive).toEqual([]);
    rmSync(person.path("bin/kops"));
  });
});

describe("completions SHELL", () => {
  test("prints the file; another shell, or none, is refused", async () => {
    const { exitCode, stdout } = await person.run(["completions", "zsh"]);
    expect([exitCode, stdout.split("\n")[0]]).toEqual([0, "#compdef kops-mfa"]);
    const other = await person.run(["completions", "tcsh"]);
    expect([other.exitCode, other.stdout]).toEqual([2, ""]);
    expect(other.stderr).toContain("bash, zsh, fish, powershell, nushell, elvish");
    expect((await person.run(["completions"])).exitCode).toBe(2);
  });
});
