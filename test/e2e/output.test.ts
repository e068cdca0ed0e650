import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Person, program, runProgram, type Result } from "./person.ts";

const isRoot = process.getuid?.() === 0;
const nobody = 65_534;

let person: Person;
beforeAll(async () => {
  person = await Person.arrive();
  await person.run(["login", "prod", "--token-code", person.code()]);
});
afterAll(() => person.leave());

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(person.path("output-"));
});
afterEach(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);

/** Every command that has --output, and how its text begins. */
const commands = {
  env: [["env", "prod", "--format", "dotenv"], "AWS_ACCESS_KEY_ID="],
  init: [["init", "tcsh"], "# kops-mfa in tcsh"],
} as const;
const each = Object.values(commands);

/** From bash, so that standard output is whatever `redirection` says. */
function inBash(script: string, ...words: readonly string[]): Promise<Result> {
  return runProgram("bash", ["-c", `cd "$HOME"; ${script}`, "bash", ...words], person.env);
}

describe("--output is refused, and nothing is replaced or written", () => {
  const device = (path: string) => () => path;
  const places: Readonly<Record<string, () => string | Promise<string>>> = {
    "a device": device("/dev/null"),
    "standard output by its name": device("/dev/stdout"),
    "standard error by its name": device("/dev/stderr"),
    "a descriptor": device("/dev/fd/1"),
    "a descriptor in /proc": device("/proc/self/fd/1"),
    "a free name in /proc": device("/proc/self/new"),
    "a link to a device": () => linked("link", "/dev/null"),
    "a link to a link to a descriptor": () => {
      linked("inner", "/dev/stdout");
      return linked("outer", "inner");
    },
    "a descriptor by way of a linked directory": () => `${linked("fd", "/proc/self/fd")}/1`,
    "a FIFO": () => {
      spawnSync("mkfifo", [at("fifo")]);
      return at("fifo");
    },
    "a directory": () => folder,
    "a directory that is not there": () => `${at("new")}/`,
    "the working directory": () => ".",
    "a link to a directory": () => linked("link", folder),
  };

  function linked(name: string, target: string): string {
    symlinkSync(target, at(name));
    return at(name);
  }

  test.for(Object.entries(places))("%s", async ([, place]) => {
    const path = await place();
    const look = () =>
      path.startsWith("/proc")
        ? null
        : lstatSync(path.replace(/\/$/, ""), { throwIfNoEntry: false });
    const [before, names] = [look(), readdirSync(folder)];
    for (const [words] of each) {
      const { exitCode, stdout, stderr } = await inBash(
        '"$@"',
        process.execPath,
        program,
        ...words,
        "--output",
        path,
      );
      expect({ exitCode, stdout, stderr }).toEqual({
        exitCode: 1,
        stdout: "",
        stderr:
          `kops-mfa: ${path}: is not a regular file\n` +
          "          Nothing was written. Name a file, or use --output - for standard output.\n",
      });
    }
    const after = look();
    expect([after?.ino, after?.mode, readdirSync(folder)]).toEqual([
      before?.ino,
      before?.mode,
      names,
    ]);
  });

  test("an empty name, as an unset variable gives one", async () => {
    for (const [words] of each) {
      expect(await inBash('"$@"', process.execPath, program, ...words, "--output", "")).toEqual({
        exitCode: 1,
        stdout: "",
        stderr:
          "kops-mfa: --output: the name of the file is empty\n" +
          "          Name a file, or use --output - for standard output.\n",
      });
    }
  });

  test("a socket", async () => {
    const server = createServer().listen(at("socket"));
    await new Promise((resolve) => server.once("listening", resolve));
    const { exitCode, stderr } = await person.run([...commands.env[0], "--output", at("socket")]);
    expect([exitCode, lstatSync(at("socket")).isSocket()]).toEqual([1, true]);
    expect(stderr).toContain("is not a regular file");
    await new Promise((resolve) => server.close(resolve));
  });

  test("standard output that is a file, by its name: that would be replaced under the shell", async () => {
    const { exitCode } = await inBash(
      '"$@" > out.txt',
      process.execPath,
      program,
      ...commands.env[0],
      "--output",
      "/dev/stdout",
    );
    expect([exitCode, readFileSync(person.path("out.txt"), "utf8")]).toEqual([1, ""]);
  });

  test.for([
    ["into a directory that is not there", "nowhere/file", "no such file or directory"],
    ["to itself", "link", "too many symbolic links"],
  ])("a link %s", async ([, target = "", why = ""]) => {
    symlinkSync(target, at("link"));
    const { exitCode, stderr } = await person.run([...commands.env[0], "--output", at("link")]);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr:
        `kops-mfa: ${at("link")}: cannot be written (${why})\n` +
        "          Nothing was written. Name a file in a directory where you may write.\n",
    });
    expect(readlinkSync(at("link"))).toBe(target);
  });

  test.skipIf(!isRoot)(
    "a link of another user's, in a directory that everybody can write",
    async () => {
      const mine = person.write("mine", "mine\n");
      chmodSync(folder, 0o1777);
      symlinkSync(mine, at("link"));
      lchownSync(at("link"), nobody, nobody);
      const { exitCode, stderr } = await person.run([...commands.env[0], "--output", at("link")]);
      expect([exitCode, readFileSync(mine, "utf8")]).toEqual([1, "mine\n"]);
      expect(stderr).toBe(
        `kops-mfa: ${at("link")}: leads through a link that belongs to another user\n` +
          "          Nothing was written. Name the file itself, or remove the link.\n",
      );
    },
  );

  test.skipIf(!isRoot)("also to an ordinary user", async () => {
    const home = mkdtempSync(join(tmpdir(), "kops-mfa-guest-"));
    const as = ["--reuid=65534", "--regid=65534", "--clear-groups", process.execPath, program];
    for (const path of ["/dev/stdout", "/dev/null", "/proc/self/fd/1", home]) {
      const words = ["init", "tcsh", "--output", path];
      const { exitCode, stderr } = await runProgram("setpriv", [...as, ...words], {
        ...person.env,
        HOME: home,
      });
      expect([exitCode, stderr.split("\n")[0]]).toEqual([
        1,
        `kops-mfa: ${path}: is not a regular file`,
      ]);
    }
    rmSync(home, { recursive: true });
  });
});

describe("--output writes", () => {
  const isWhole = (path: string, start: string) => {
    const stat = lstatSync(path);
    expect([
      stat.isFile(),
      stat.mode & 0o777,
      readFileSync(path, "utf8").slice(0, start.length),
    ]).toEqual([true, 0o600, start]);
  };

  test("the file behind a link, which stays: dotfiles are kept so", async () => {
    for (const [words, start] of each) {
      mkdirSync(at("dotfiles"), { recursive: true });
      person.write("dotfile", "old\n", 0o644);
      symlinkSync("../../dotfile", at("dotfiles/inner"));
      symlinkSync("dotfiles/inner", at("link"));
      const { exitCode } = await person.run([...words, "--output", at("link")]);
      expect([exitCode, readlinkSync(at("link")), readlinkSync(at("dotfiles/inner"))]).toEqual([
        0,
        "dotfiles/inner",
        "../../dotfile",
      ]);
      isWhole(person.path("dotfile"), start);
      expect(readdirSync(folder)).toEqual(["dotfiles", "link"]);
      rmSync(at("link"));
      rmSync(at("dotfiles"), { recursive: true });
    }
  });

  test("a free name, also behind a link", async () => {
    symlinkSync("free", at("link"));
    for (const name of ["new", "link"]) {
      const [words, start] = commands.env;
      expect(await person.run([...words, "--output", at(name)])).toMatchObject({ exitCode: 0 });
      isWhole(at(name === "link" ? "free" : name), start);
    }
    expect(readlinkSync(at("link"))).toBe("free");
  });

  test("`..` behind a linked directory is that directory's", async () => {
    mkdirSync(at("far/inside"), { recursive: true });
    symlinkSync("far/inside", at("near"));
    const [words, start] = commands.env;
    await person.run([...words, "--output", `${at("near")}/../file`]);
    isWhole(at("far/file"), start);
    expect(existsSync(at("file"))).toBe(false);
  });

  test("into the home directory behind a tilde that no shell has expanded", async () => {
    for (const [words, start] of each) {
      await inBash(
        'mkdir -p repository; cd repository; "$@"',
        process.execPath,
        program,
        ...words,
        "--output=~/tilde",
      );
      isWhole(person.path("tilde"), start);
      expect(readdirSync(person.path("repository"))).toEqual([]);
      rmSync(person.path("tilde"));
    }
  });

  test("to standard output for `-`", async () => {
    for (const [words] of each) {
      const plain = await person.run([...words]);
      expect(plain.exitCode).toBe(0);
      for (const output of [["--output", "-"], ["--output=-"]]) {
        expect(await person.run([...words, ...output])).toEqual(plain);
      }
    }
    const fails = ["env", "nobody", "--shell", "sh", "--output", "-"];
    expect(await person.run(fails)).toMatchObject({ exitCode: 1, stdout: "false;\n" });
  });
});
