import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { describeProgram } from "../support/describe-program.ts";
import { Person, runProgram, type Result } from "./person.ts";
import { skipWithoutStrace } from "./traced-run.ts";

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Readonly<
  Record<string, unknown>
>;
/** Where it is `npm install --global`d once; a blank, so that nothing may forget to quote it. */
const prefix = mkdtempSync(join(tmpdir(), "kops-mfa installed "));
const own = (...names: readonly string[]) => join(prefix, ...names);
const quiet = ["--offline", "--omit=optional", "--no-audit", "--no-fund", "--loglevel=error"];
let packed: Packed;
let tarball: string;
let person: Person;

beforeAll(async () => {
  person = await Person.arrive();
  mkdirSync(own("home"));
  const options = ["--ignore-scripts", "--json", "--pack-destination", prefix];
  [packed] = JSON.parse(await install("npm", "pack", ...options)) as [Packed];
  tarball = own(packed.filename);
  await install("npm", "install", "--global", "--prefix", own("global"), ...quiet, tarball);
});
afterAll(async () => {
  rmSync(prefix, { recursive: true, force: true });
  await person.leave();
});

/** The Node that runs the tests, before all others, and nobody's settings. */
function environment(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const path = [dirname(process.execPath), process.env["PATH"] ?? ""].join(delimiter);
  return { PATH: path, HOME: own("home"), npm_config_update_notifier: "false", ...more };
}

async function install(file: string, ...args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await runProgram(file, args, environment());
  if (exitCode !== 0) throw new Error(`${file} ${args.join(" ")}\n${stdout}${stderr}`);
  return stdout;
}

describe("the package", () => {
  /** What is measured, and a little. It has a budget: what makes it larger is to be worth it. */
  const budget = 294_000;

  test("is as small as it was", () => {
    expect(packed.size).toBeLessThan(budget);
  });

  test("has what the program needs, what a person reads, and nothing else", () => {
    const names = packed.files.map(({ path }) =>
      path.replace(/^dist\/shared-[A-Z0-9]{8}\.cjs$/, "dist/shared-*.cjs"),
    );
    const listed = (folder: string) => readdirSync(folder).map((name) => `${folder}/${name}`);
    expect([...new Set(names)].sort()).toEqual(
      [
        ...["LICENSE", "README.md", "package.json", "man/kops-mfa.1"],
        ...["completions", "shell"].flatMap(listed),
        ...["THIRD-PARTY-LICENSES", "main.cjs", "direct.cjs", "app.cjs", "keyring.cjs"].map(inDist),
        ...[
          "remote",
          "sts",
          "sdk",
          "sources",
          "setup",
          "policy",
          "doctor",
          "kubeconfig",
          "shared-*",
        ].map((name) => inDist(`${name}.cjs`)),
      ].sort(),
    );
  });
  const inDist = (name: string) => `dist/${name}`;

  test("brings nothing with it, runs nothing when it is installed, and says how it is published", () => {
    const installed = own("global/lib/node_modules");
    expect(readdirSync(installed)).toEqual(["kops-mfa"]);
    expect(readdirSync(join(installed, "kops-mfa"))).not.toContain("node_modules");
    const { scripts, dependencies, publishConfig } = JSON.parse(
      readFileSync(join(installed, "kops-mfa/package.json"), "utf8"),
    ) as Readonly<Record<string, Readonly<Record<string, string>>>>;
    expect(dependencies).toBeUndefined();
    expect(Object.keys(scripts ?? {}).filter((name) => /install|prepare/.test(name))).toEqual([]);
    expect(publishConfig).toEqual({ access: "public", provenance: true });
  });

  test("has no file of its own that others could change, and one program", () => {
    const installed = own("global/lib/node_modules/kops-mfa");
    const { stdout } = spawnSync("find", [installed, "-perm", "/022", "-o", "-perm", "/111"], {
      encoding: "utf8",
    });
    const found = stdout.split("\n").filter((path) => /\.\w+$/.test(path));
    expect(found).toEqual([join(installed, "dist/main.cjs")]);
  });
});

/** How it is started there: a program with words before its own, and what stands in front of the PATH. */
interface Start {
  readonly file: string;
  readonly words?: readonly string[];
}

/** What every way to install it has to do. */
function worksAs(prepare: () => Start | Promise<Start>): void {
  let start: Start;
  beforeAll(async () => void (start = await prepare()));
  afterEach(() => {
    person.forget();
  });

  const run = (...args: readonly string[]): Promise<Result> => {
    const { file, words = [] } = start;
    return runProgram(file, [...words, ...args], { ...person.env, ...environment(), ...home() });
  };
  const home = () => ({ HOME: person.home });

  test("says its version, and finds its snippets and completions", async () => {
    const version = `${String(manifest["version"])}\n`;
    expect(await run("--version")).toEqual({ exitCode: 0, stdout: version, stderr: "" });
    for (const [words, file] of [
      [["init", "bash"], "shell/kops-mfa.bash"],
      [["init", "nushell"], "shell/kops-mfa.nu"],
      [["completions", "zsh"], "completions/_kops-mfa"],
    ] as const) {
      const stdout = readFileSync(file, "utf8");
      expect(await run(...words)).toEqual({ exitCode: 0, stdout, stderr: "" });
    }
  });

  test("gets a session from STS, and prints it", async () => {
    const login = await run("login", "prod", "--token-code", person.code());
    expect(login).toMatchObject({ exitCode: 0, stdout: "" });
    const { exitCode, stdout } = await run("env", "prod", "--shell", "bash");
    expect(exitCode).toBe(0);
    expect(stdout).toContain("export AWS_SESSION_TOKEN=");
    expect(person.sandbox.requests.map(({ action }) => action)).toContain("AssumeRole");
  });
}

describe("npm install --global", () => {
  worksAs(() => ({ file: own("global/bin/kops-mfa") }));

  test("brings the manual page to where man looks", () => {
    const page = own("global/share/man/man1/kops-mfa.1");
    expect(readFileSync(page, "utf8")).toBe(readFileSync("man/kops-mfa.1", "utf8"));
  });

  test("the integration finds the program that is installed", async () => {
    const bin = own("global/bin");
    const { PATH = "" } = environment();
    const script = 'eval "$(kops-mfa init bash)" && kops-mfa use prod && echo "$KOPS_MFA_PROFILE"';
    const { stdout, stderr } = await runProgram("bash", ["--norc", "--noprofile", "-c", script], {
      ...person.env,
      PATH: [bin, PATH].join(delimiter),
      KOPS_MFA_TOKEN_CODE: person.code(),
    });
    expect(stdout, stderr).toBe("prod\n");
    person.forget();
  });

  test.skipIf(skipWithoutStrace)("opens no code but its own", async () => {
    mkdirSync(own("trace"));
    // A file for each thread: in one for all, a line of one may be cut by another's.
    const options = ["-ff", "--seccomp-bpf", "-qq", "-s", "4096", "-e", "trace=open,openat"];
    const words = ["login", "prod", "--token-code", person.code()];
    const file = own("global/bin/kops-mfa");
    const env = { ...person.env, ...environment(), HOME: person.home };
    const { exitCode } = await runProgram(
      "strace",
      [...options, "-o", own("trace/of"), process.execPath, file, ...words],
      env,
    );
    expect(exitCode).toBe(0);
    const traces = readdirSync(own("trace")).map((name) =>
      readFileSync(own("trace", name), "utf8"),
    );
    const opened = traces.join("\n").matchAll(/open(?:at)?\([^"\n]*"([^"\n]+)".* = \d+$/gm);
    const code = [...opened].map(([, path]) => path ?? "").filter(isCode);
    const folder = realpathSync(own("global/lib/node_modules/kops-mfa"));
    expect(code).toContain(join(folder, "dist/sts.cjs"));
    expect(code.filter((path) => !path.startsWith(`${folder}/`))).toEqual([]);
    person.forget();
  });
  const isCode = (path: string) =>
    /\.(?:[cm]?js|node|wasm)$|\/package\.json$/.test(path) && !path.startsWith("/sys/");
});

describe("npx", () => {
  worksAs(() => ({
    file: "npx",
    words: ["--offline", "--yes", "--omit=optional", `--package=${tarball}`, "--", "kops-mfa"],
  }));
});

describe("a Homebrew-like prefix", () => {
  const cellar = own("brew/Cellar/kops-mfa/1.0.0");
  beforeAll(() => {
    cpSync(own("global"), join(cellar, "libexec"), { recursive: true, verbatimSymlinks: true });
    mkdirSync(join(cellar, "bin"));
    mkdirSync(own("brew/bin"));
  });

  describe("with links", () => {
    worksAs(() => {
      symlinkSync("../libexec/bin/kops-mfa", join(cellar, "bin/kops-mfa"));
      symlinkSync("../Cellar/kops-mfa/1.0.0/bin/kops-mfa", own("brew/bin/kops-mfa"));
      return { file: own("brew/bin/kops-mfa") };
    });
  });

  describe("with a script that sets the environment", () => {
    worksAs(() => {
      const script = `#!/bin/bash\nPATH="${dirname(process.execPath)}:$PATH" exec "${cellar}/libexec/bin/kops-mfa" "$@"\n`;
      writeFileSync(own("brew/bin/wrapped"), script, { mode: 0o755 });
      return { file: own("brew/bin/wrapped") };
    });
  });
});

describe("a chain of links, to the program itself", () => {
  worksAs(() => {
    mkdirSync(own("links"));
    symlinkSync(own("global/lib/node_modules/kops-mfa/dist/main.cjs"), own("links/one"));
    symlinkSync("one", own("links/two"));
    symlinkSync(own("links"), own("linked folder"));
    return { file: own("linked folder/two") };
  });
});

describeProgram("pnpm", () => {
  worksAs(async () => {
    const home = own("pnpm");
    const env = environment({ PNPM_HOME: home, CI: "1" });
    const args = ["add", "--global", "--offline", "--no-optional", `file:${tarball}`];
    const { exitCode, stdout, stderr } = await runProgram("pnpm", args, {
      ...env,
      PATH: [home, env["PATH"] ?? ""].join(delimiter),
    });
    expect(exitCode, stdout + stderr).toBe(0);
    return { file: join(home, "kops-mfa") };
  });
});
