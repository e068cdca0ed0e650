import { cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { Person, program, runProgram } from "./person.ts";
import { PrivateKeyring, skipWithoutKeyring } from "./private-keyring.ts";
import { TestTerminal } from "./terminal.ts";

let person: Person;
let settings: string;
beforeAll(async () => {
  person = await Person.arrive();
  mkdirSync(person.path(".config/kops-mfa"), { recursive: true });
  settings = person.write(".config/kops-mfa/config.ini", "[defaults]\ncache = keyring\n");
});
afterAll(() => person.leave());
beforeEach(() => person.forget());

const calls = () => person.sandbox.requests.length;
const orFiles = "or keep sessions in files: cache = files, KOPS_MFA_CACHE=files.";

describe.skipIf(skipWithoutKeyring)("with gnome-keyring", () => {
  let keyring: PrivateKeyring;
  beforeAll(async () => {
    keyring = await PrivateKeyring.start();
  });
  afterAll(() => keyring.stop());
  beforeEach(() => kopsMfa("logout"));

  const kopsMfa = (...args: readonly string[]) => person.run(args, { env: keyring.env });
  const login = (profile = "prod") => kopsMfa("login", profile, "--token-code", person.code());
  const env = (profile = "prod") => kopsMfa("env", profile, "--shell", "sh");
  const sessions = async () =>
    (await keyring.accounts("kops-mfa")).filter((name) => name.endsWith(".json"));

  test("after a login a second run asks nothing, and no session is on the disk", async () => {
    expect((await login()).exitCode).toBe(0);
    const { exitCode, stdout, stderr } = await env();
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toContain("export AWS_SESSION_TOKEN=");
    expect(calls()).toBe(2);
    expect(await sessions()).toHaveLength(2);
    const onDisk = readdirSync(person.path(".cache/kops-mfa"));
    expect(onDisk).toEqual([expect.stringMatching(/\.code$/)]);
  });

  test("status tells of it", async () => {
    expect((await kopsMfa("status", "prod")).exitCode).toBe(1);
    await login();
    const { exitCode, stdout } = await kopsMfa("status", "prod");
    expect(exitCode).toBe(0);
    expect(stdout).toContain("assumed-role/kops-admin/jon");
  });

  test("logout forgets one profile, with the MFA session behind it, or all", async () => {
    await login();
    await login("staging");
    expect(await sessions()).toHaveLength(3);
    expect((await kopsMfa("logout", "staging")).stderr).toBe("kops-mfa: 2 sessions forgotten\n");
    expect(await sessions()).toHaveLength(1);
    expect((await kopsMfa("logout")).stderr).toBe("kops-mfa: 1 session forgotten\n");
    expect(await sessions()).toEqual([]);
    expect((await env()).exitCode).toBe(1);
  });

  test("the code that is given in one shell serves another that waits", async () => {
    const environment = { ...person.env, ...keyring.env };
    const first = new TestTerminal(program, ["login", "prod"], environment);
    await first.shows("MFA code");
    const second = env();
    await new Promise((done) => setTimeout(done, 1500));
    first.type(`${person.code()}\r`);
    expect(await first.ends()).toBe(0);
    expect((await second).exitCode).toBe(0);
    expect(calls()).toBe(2);
  });

  test("a locked keyring is said at once, and costs no code", async () => {
    const other = await PrivateKeyring.start();
    onTestFinished(() => other.stop());
    const run = (...args: readonly string[]) => person.run(args, { env: other.env });
    await other.lock();
    for (const args of [["login", "prod", "--token-code", person.code()], ["status", "prod"]]) {
      const { exitCode, stdout, stderr } = await run(...args);
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
      expect(stderr.split("\n")).toEqual([
        expect.stringContaining("kops-mfa: the system keyring is locked, and nobody unlocked it ("),
        expect.stringContaining("Unlock it (it asks in a window"),
        "",
      ]);
    }
    expect(calls()).toBe(0);
  });

  test("logout forgets the files also where the keyring is locked, and fails", async () => {
    const other = await PrivateKeyring.start();
    onTestFinished(() => other.stop());
    const inFiles = { env: { KOPS_MFA_CACHE: "files" } };
    await person.run(["login", "prod", "--token-code", person.code()], inFiles);
    await other.lock();
    const { exitCode, stderr } = await person.run(["logout"], { env: other.env });
    expect(exitCode).toBe(1);
    expect(stderr).toContain("kops-mfa: 2 sessions forgotten\nkops-mfa: the system keyring is locked");
  });

  test("the package is found beside a program that was linked into its place", async () => {
    const { home, run } = programElsewhere();
    mkdirSync(join(home, "lib/node_modules"), { recursive: true });
    symlinkSync(resolve("node_modules/@napi-rs"), join(home, "lib/node_modules/@napi-rs"));
    expect((await run("status", "prod")).stderr).toBe("");
    expect((await run("login", "prod", "--token-code", person.code())).exitCode).toBe(0);
  });

  /** The program without its packages, linked into `bin` as npm does. */
  function programElsewhere() {
    const home = person.path("prefix");
    const main = person.path("clone/dist/main.cjs");
    cpSync(dirname(program), dirname(main), { recursive: true });
    mkdirSync(join(home, "bin"), { recursive: true });
    symlinkSync(main, join(home, "bin/kops-mfa"));
    const environment = { ...person.env, ...keyring.env };
    const run = (...args: readonly string[]) =>
      runProgram(process.execPath, [join(home, "bin/kops-mfa"), ...args], environment);
    return { home, run };
  }
});
