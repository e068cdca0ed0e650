import { cpSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join, resolve } from "node:path";
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  onTestFinished,
  test,
} from "vitest";
import { Person, program, runProgram, type Result } from "./person.ts";
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
type Run = (...args: readonly string[]) => Promise<Result>;
const orFiles = "or keep sessions in files: cache = files, KOPS_MFA_CACHE=files.";

/** What gnome-keyring's own fault has spoilt, and nothing else, is tried again. */
const unlessItAborts = { retry: { count: 2, condition: () => keyring.hasAborted } };
let keyring: PrivateKeyring;

describe.skipIf(skipWithoutKeyring)("with gnome-keyring", unlessItAborts, () => {
  beforeEach(async () => {
    keyring = await PrivateKeyring.start();
  });
  afterEach(() => keyring.stop());

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

  test.for([
    ["never used", () => Promise.resolve()],
    ["used before", (run: Run) => run("logout")],
  ] as const)("a locked keyring, %s, is said at once, and costs no code", async ([, use]) => {
    const run: Run = kopsMfa;
    await use(run);
    await keyring.lock();
    for (const args of [
      ["login", "prod", "--token-code", person.code()],
      ["status", "prod"],
    ]) {
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
    const inFiles = { env: { KOPS_MFA_CACHE: "files" } };
    await person.run(["login", "prod", "--token-code", person.code()], inFiles);
    await keyring.lock();
    const { exitCode, stderr } = await kopsMfa("logout");
    expect(exitCode).toBe(1);
    expect(stderr).toContain(
      "kops-mfa: 2 sessions forgotten\nkops-mfa: the system keyring is locked",
    );
  });

  test("the package is found where the program is linked into, as `npm install --global .` does", async () => {
    const elsewhere = programElsewhere();
    const folder = person.path("prefix/lib/node_modules");
    mkdirSync(folder, { recursive: true });
    symlinkSync(resolve("node_modules/@napi-rs"), join(folder, "@napi-rs"));
    const { exitCode, stderr } = await elsewhere(keyring.env, "status", "prod");
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "" });
  });
});

/** The program without its packages, linked into a `bin` as npm does. */
function programElsewhere() {
  const main = person.path("clone/dist/main.cjs");
  const bin = person.path("prefix/bin");
  onTestFinished(() => {
    for (const folder of ["clone", "prefix"]) rmSync(person.path(folder), { recursive: true });
  });
  cpSync(dirname(program), dirname(main), { recursive: true });
  mkdirSync(bin, { recursive: true });
  symlinkSync(main, join(bin, "kops-mfa"));
  return (env: Readonly<Record<string, string>>, ...args: readonly string[]) =>
    runProgram(process.execPath, [join(bin, "kops-mfa"), ...args], { ...person.env, ...env });
}

test("without the package it says how to get it", async () => {
  const { exitCode, stdout, stderr } = await programElsewhere()({}, "env", "prod", "--shell", "sh");
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "false;\n" });
  expect(stderr).toBe(
    `kops-mfa: cache = keyring needs the package @napi-rs/keyring, which is not installed
          Run \`npm install --global @napi-rs/keyring@2\`, ${orFiles}\n`,
  );
});

test("without D-Bus it says that there is no keyring", async () => {
  const { exitCode, stdout, stderr } = await person.run(["env", "prod", "--shell", "sh"]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "false;\n" });
  expect(stderr.split("\n")).toEqual([
    expect.stringContaining(
      "kops-mfa: there is no system keyring here: no Secret Service answers on D-Bus (",
    ),
    `          Start one (gnome-keyring, KWallet, KeePassXC) in this session, ${orFiles}`,
    "",
  ]);
  expect(calls()).toBe(0);
});

test("a session bus that never answers is not waited for for long", async () => {
  const silent = createServer((socket) => socket.on("error", () => undefined).resume());
  const path = person.path("bus");
  await new Promise<void>((done) => silent.listen(path, done));
  onTestFinished(() => void silent.close());
  const start = Date.now();
  const { exitCode, stdout, stderr } = await person.run(["env", "prod", "--shell", "sh"], {
    env: { DBUS_SESSION_BUS_ADDRESS: `unix:path=${path}` },
  });
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "false;\n" });
  expect(stderr).toBe(
    `kops-mfa: the system keyring did not answer within 5 s
          Unlock it first, or see why its service hangs, ${orFiles}\n`,
  );
  expect(Date.now() - start).toBeLessThan(15_000);
});

test("logout works where the settings are broken, and leaves the keyring alone", async () => {
  writeFileSync(settings, "[defaults]\ncash = keyring\n");
  onTestFinished(() => writeFileSync(settings, "[defaults]\ncache = keyring\n"));
  const { exitCode, stderr } = await person.run(["logout"]);
  expect(exitCode).toBe(0);
  expect(stderr).toBe(
    `kops-mfa: ~/.config/kops-mfa/config.ini:2: there is no setting "cash"; a keyring, if it is used, is left as it is
kops-mfa: 0 sessions forgotten\n`,
  );
});
