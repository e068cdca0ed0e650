import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Person, program, runProgram } from "./person.ts";

let person: Person;
let directory: string;
beforeAll(async () => {
  person = await Person.arrive();
  directory = person.path(".cache/kops-mfa");
});
afterAll(() => person.leave());
beforeEach(() => person.forget());

const login = () => person.run(["login", "prod", "--token-code", person.code()]);
const env = () => person.run(["env", "prod", "--shell", "sh"]);
const files = () =>
  readdirSync(directory)
    .filter((name) => name.endsWith(".json"))
    .map((name) => join(directory, name));
const calls = () => person.sandbox.requests.length;

test("sessions are files of 0600 in a directory of 0700, whatever the umask", async () => {
  process.umask(0o000);
  await login();
  process.umask(0o022);
  expect((lstatSync(directory).mode & 0o777).toString(8)).toBe("700");
  expect(files()).toHaveLength(2);
  for (const file of files()) expect((lstatSync(file).mode & 0o777).toString(8)).toBe("600");
});

test("an edited profile never gets the session of the old role", async () => {
  await login();
  const other = person.write(
    "other-config",
    "[profile prod]\nrole_arn = arn:aws:iam::222222222222:role/kops-short\nsource_profile = default\nmfa_serial = arn:aws:iam::111111111111:mfa/jon\n",
  );
  const { exitCode } = await person.run(["env", "prod", "--shell", "sh"], {
    env: { AWS_CONFIG_FILE: other },
  });
  expect(exitCode).toBe(0);
  expect(person.sandbox.requests.at(-1)?.params["RoleArn"]).toBe(
    "arn:aws:iam::222222222222:role/kops-short",
  );
});

const damages: Readonly<Record<string, (file: string) => void>> = {
  "cut off": (file) => writeFileSync(file, readFileSync(file, "utf8").slice(0, -20)),
  empty: (file) => writeFileSync(file, ""),
  "not JSON": (file) => writeFileSync(file, "AWS_ACCESS_KEY_ID=x\n"),
  "a token with a second line in it": (file) =>
    writeFileSync(
      file,
      readFileSync(file, "utf8").replace(/"sessionToken":"/, '"sessionToken":"x\\ntouch /tmp/x;'),
    ),
  "of another version": (file) =>
    writeFileSync(
      file,
      readFileSync(file, "utf8").replace("kops-mfa session 1", "kops-mfa session 0"),
    ),
  "readable by others": (file) => chmodSync(file, 0o644),
  "a symbolic link": (file) => {
    const elsewhere = person.path("elsewhere");
    writeFileSync(elsewhere, readFileSync(file), { mode: 0o600 });
    rmSync(file);
    symlinkSync(elsewhere, file);
  },
  "a directory": (file) => {
    rmSync(file);
    mkdirSync(file);
  },
  huge: (file) => writeFileSync(file, " ".repeat(100_000)),
};

test.for(Object.entries(damages))(
  "a file that is %s is a miss with a word, never a credential",
  async ([, damage]) => {
    await login();
    const before = calls();
    for (const file of files()) damage(file);
    const { exitCode, stdout, stderr } = await env();
    expect(calls()).toBe(before);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "false;\n" });
    expect(stderr).toMatch(/\.json/);
    expect(stderr).toContain("there is no terminal to ask");
  },
);

test("a directory that others can write is not used", async () => {
  await login();
  chmodSync(directory, 0o777);
  const { exitCode, stderr } = await env();
  expect(exitCode).toBe(1);
  expect(stderr).toContain("~/.cache/kops-mfa can be written by others, and is not used");
});

test("a place where nothing can be written costs a word, not the session", async () => {
  const { exitCode, stdout, stderr } = await person.run(
    ["env", "prod", "--shell", "sh", "--token-code", person.code()],
    { env: { XDG_CACHE_HOME: "/proc" } },
  );
  expect(exitCode).toBe(0);
  expect(stdout).toContain("export AWS_SESSION_TOKEN=");
  expect(stderr).toMatch(/^kops-mfa: the session is not kept: \/proc\/kops-mfa: .+\n$/);
});

test("without a home directory it works, and says that nothing is kept", async () => {
  const { exitCode, stderr } = await person.run(
    ["env", "--shell", "sh", "--token-code", person.code()],
    {
      env: {
        HOME: "/nonexistent",
        KOPS_MFA_ROLE_ARN: "arn:aws:iam::222222222222:role/kops-admin",
        KOPS_MFA_ARN: person.serial,
        AWS_ACCESS_KEY_ID: person.world.jon.accessKeys[0]?.accessKeyId ?? "",
        AWS_SECRET_ACCESS_KEY: person.world.jon.accessKeys[0]?.secretAccessKey ?? "",
        XDG_CACHE_HOME: "/dev/null",
      },
    },
  );
  expect(exitCode).toBe(0);
  expect(stderr).toContain(
    "the session is not kept: /dev/null/kops-mfa: a part of the path is not a directory",
  );
});

test("what a killed write and old sessions left behind is swept away", async () => {
  await login();
  const old = new Date(Date.now() - 38 * 3_600_000);
  for (const name of ["0123456789abcdef.json", "0123456789abcdef.memo", "x.json.1.abc.tmp"]) {
    const path = person.write(`.cache/kops-mfa/${name}`, "{}");
    utimesSync(path, old, old);
  }
  await person.run(["login", "staging"]);
  expect(readdirSync(directory).filter((name) => /0123456789|tmp/.test(name))).toEqual([]);
});

const hasStrace = spawnSync("strace", ["-V"]).status === 0;

describe.skipIf(!hasStrace && process.env["KOPS_MFA_REQUIRE_ALL"] !== "1")(
  "kill -9 (strace)",
  () => {
    const moments = ["fsync", "rename"].flatMap((call) =>
      [1, 2, 3].map((when) => [call, when] as const),
    );

    test.each(moments)(
      "at %s no. %i of a login: whole sessions or none, and the next login works",
      async (call, when) => {
        const code = person.code();
        const inject = [
          "-f",
          "-qq",
          "-o",
          "/dev/null",
          "-e",
          `inject=${call}:signal=KILL:when=${when}`,
        ];
        await runProgram(
          "strace",
          [...inject, process.execPath, program, "login", "prod", "--token-code", code],
          person.env,
        );
        const { exitCode, stderr } = await person.run(["status", "prod"]);
        expect([0, 1]).toContain(exitCode);
        expect(stderr).toBe("");
        person.sandbox.forgetCodes();
        const next = await person.run(["login", "prod", "--token-code", person.code(1)]);
        expect(next.exitCode).toBe(0);
        expect((await env()).exitCode).toBe(0);
      },
    );
  },
);

test("logout forgets all, or one profile with the MFA session behind it", async () => {
  await login();
  await person.run(["login", "staging"]);
  expect(files()).toHaveLength(3);
  expect((await person.run(["logout", "staging"])).stderr).toBe("kops-mfa: 2 sessions forgotten\n");
  expect(files()).toHaveLength(1);
  expect((await person.run(["logout"])).stderr).toBe("kops-mfa: 1 session forgotten\n");
  expect(files()).toHaveLength(0);
  expect((await env()).exitCode).toBe(1);
});

test("status tells what there is, and its exit code says whether", async () => {
  const none = await person.run(["status", "prod"]);
  expect(none.exitCode).toBe(1);
  expect(none.stdout).toContain("session     none");
  await login();
  const some = await person.run(["status", "prod", "--json"]);
  expect(some.exitCode).toBe(0);
  expect(JSON.parse(some.stdout)).toEqual({
    profile: "prod",
    role: "arn:aws:iam::222222222222:role/kops-admin",
    identity: "arn:aws:sts::222222222222:assumed-role/kops-admin/jon",
    serial_number: person.serial,
    expires_at: expect.stringMatching(/^\d{4}-.*Z$/) as string,
    seconds_left: expect.any(Number) as number,
    in_shell: false,
  });
  expect(calls()).toBe(2);
});
