import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { kopsUser, kubeconfigOf } from "../support/kubeconfig/build.ts";
import { Person, program, runProgram } from "./person.ts";
import { skipWithoutStrace, tracedOpens } from "./traced-run.ts";

const isRoot = process.getuid?.() === 0;
const nobody = 65_534;

let person: Person;
beforeAll(async () => {
  person = await Person.arrive();
});
afterAll(() => person.leave());
beforeEach(() => person.forget());

const role = "role_arn = arn:aws:iam::222222222222:role/kops-admin\nsource_profile = default\n";

describe("a command in a file that somebody else may have written is not run", () => {
  const ran = () => existsSync(person.path("ran"));
  beforeEach(() => rmSync(person.path("ran"), { force: true }));

  const commands = {
    mfa_process: () =>
      `[profile it]\n${role}mfa_serial = ${person.serial}\nmfa_process = touch ${person.path("ran")}; echo ${person.code()}\n`,
    credential_process: () =>
      `[profile it]\ncredential_process = touch ${person.path("ran")}; cat ${person.path("document")}\n`,
  };
  const [id, secret] = ["AKIATESTTESTTESTTEST", "secret"];
  beforeAll(() => {
    const document = { Version: 1, AccessKeyId: id, SecretAccessKey: secret };
    person.write("document", JSON.stringify(document));
  });
  const run = (env: Readonly<Record<string, string>>) =>
    person.run(["env", "it", "--shell", "sh"], { env });

  const cases = Object.entries(commands).flatMap(([key, text]) =>
    ["602", "620"].map((mode) => [key, mode, text] as const),
  );
  test.for(cases)("%s in an AWS file of mode %s", async ([key, mode, text]) => {
    const AWS_CONFIG_FILE = person.write("it-config", text(), parseInt(mode, 8));
    const { exitCode, stdout, stderr } = await run({ AWS_CONFIG_FILE });
    const line = key === "mfa_process" ? 5 : 2;
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 1,
      stdout: "false;\n",
      stderr:
        `kops-mfa: ~/it-config:${line} (${key}): others can write the file, so the command in it is not run\n` +
        "          See that nobody else has changed it, then: chmod go-w ~/it-config\n",
    });
    expect(ran()).toBe(false);
  });

  test("mfa_process in settings that others can write", async () => {
    const text = `[it]\n${role.split("\n")[0] ?? ""}\nmfa_serial = ${person.serial}\nmfa_process = touch ${person.path("ran")}\n`;
    const KOPS_MFA_CONFIG = person.write("own.ini", text, 0o666);
    const { exitCode, stderr } = await run({ KOPS_MFA_CONFIG });
    expect(exitCode).toBe(1);
    expect(stderr).toContain("~/own.ini:4 (mfa_process): others can write the file");
    expect(ran()).toBe(false);
  });

  test.skipIf(!isRoot).for(Object.entries(commands))(
    "%s in a file of somebody else's, also through a link",
    async ([key, text]) => {
      const file = person.write("it-config", text());
      chownSync(file, nobody, nobody);
      const link = person.path("it-link");
      rmSync(link, { force: true });
      symlinkSync("it-config", link);
      for (const AWS_CONFIG_FILE of [file, link]) {
        const { exitCode, stderr } = await run({ AWS_CONFIG_FILE });
        expect(exitCode).toBe(1);
        expect(stderr).toMatch(
          new RegExp(
            `^kops-mfa: ~/it-\\w+:\\d \\(${key}\\): the file belongs to somebody else, so the command in it is not run\n {10}If what it says is yours: chown 0 ~/it-\\w+\n$`,
          ),
        );
      }
      expect(ran()).toBe(false);
      chownSync(file, 0, 0);
      await run({ AWS_CONFIG_FILE: file });
      expect(ran()).toBe(true);
    },
  );

  test.for(Object.entries(commands))("%s in a file of one's own is run", async ([, text]) => {
    await run({ AWS_CONFIG_FILE: person.write("it-config", text(), 0o644) });
    expect(ran()).toBe(true);
  });

  test("doctor says so of the file", async () => {
    const AWS_CONFIG_FILE = person.write("it-config", commands.mfa_process(), 0o666);
    const look = () => person.run(["doctor", "it", "--offline"], { env: { AWS_CONFIG_FILE } });
    expect((await look()).stdout).toContain("~/it-config can be written by others");
    if (!isRoot) return;
    chownSync(AWS_CONFIG_FILE, nobody, nobody);
    expect((await look()).stdout).toContain(
      "~/it-config belongs to somebody else, so no command in it is run",
    );
  });
});

describe("what is written", () => {
  test.for(["000", "077"])("is its owner's alone under a umask of %s", async (umask) => {
    const guest = await Person.arrive();
    try {
      guest.write("kubeconfig", kubeconfigOf(kopsUser()), 0o600);
      const before = new Set(readdirSync(guest.home, { recursive: true, encoding: "utf8" }));
      const script = `
        umask ${umask}; set -e
        kops-mfa login prod --token-code ${guest.code()}
        kops-mfa env prod --format dotenv --output "$HOME/.env"
        kops-mfa kubeconfig -p prod --yes --kubeconfig "$HOME/kubeconfig"
        kops-mfa setup --yes --no-login --profile new --role-arn kops-admin --serial-number ${guest.serial} \\
          --region eu-west-1 --state-store s3://clusters.example.com --cluster -
        kops-mfa env prod --shell sh >&2`;
      const { exitCode, stderr } = await runProgram("bash", ["-c", script], guest.env);
      expect([exitCode, stderr.includes("AWS_SESSION_TOKEN")], stderr).toEqual([0, true]);
      const names = readdirSync(guest.home, { recursive: true, encoding: "utf8" });
      const made = names.filter((name) => !before.has(name));
      expect(made).toEqual(expect.arrayContaining([".env", ".cache/kops-mfa", ".config/kops-mfa"]));
      for (const name of [...made, "kubeconfig"]) {
        // What is no directory of ours is for the person's umask to say.
        if (/^\.(?:cache|config)$/.test(name) && umask === "000") continue;
        expect([name, lstatSync(guest.path(name)).mode & 0o077]).toEqual([name, 0]);
      }
    } finally {
      await guest.leave();
    }
  });

  test("--output replaces one name of a file, and does not write through it", async () => {
    await person.run(["login", "prod", "--token-code", person.code()]);
    const theirs = person.write("theirs", "theirs\n", 0o644);
    const shared = person.path("shared");
    mkdirSync(shared);
    chmodSync(shared, 0o1777);
    linkSync(theirs, `${shared}/name`);
    const output = ["--format", "dotenv", "--output", `${shared}/name`];
    expect(await person.run(["env", "prod", ...output])).toMatchObject({ exitCode: 0 });
    const stat = lstatSync(`${shared}/name`);
    expect([stat.isFile(), stat.mode & 0o777, stat.nlink]).toEqual([true, 0o600, 1]);
    expect(readFileSync(theirs, "utf8")).toBe("theirs\n");
    expect(readdirSync(shared)).toEqual(["name"]);
  });
});

describe("the cache directory", () => {
  const directory = () => person.path(".cache/kops-mfa");
  const login = () => person.run(["login", "prod", "--token-code", person.code()]);

  /** A session from elsewhere, which a person should never get. */
  async function plant(place: string): Promise<void> {
    await login();
    spawnSync("mv", [directory(), place]);
    person.sandbox.reset();
  }

  const refusals: readonly (readonly [string, () => void, RegExp])[] = [
    [
      "a symbolic link",
      () => symlinkSync(person.path("planted"), directory()),
      /~\/\.cache\/kops-mfa is not a directory of its own, and is not used/,
    ],
    [
      "of somebody else",
      () => {
        spawnSync("mv", [person.path("planted"), directory()]);
        chownSync(directory(), nobody, nobody);
      },
      /~\/\.cache\/kops-mfa belongs to somebody else, and is not used/,
    ],
    [
      "open to others, though sticky",
      () => {
        spawnSync("mv", [person.path("planted"), directory()]);
        chmodSync(directory(), 0o1777);
      },
      /~\/\.cache\/kops-mfa can be written by others, and is not used/,
    ],
  ];
  test.for(refusals)(
    "%s: nothing is read there, or written",
    async ([title, arrange, words], { skip }) => {
      skip(title === "of somebody else" && !isRoot, "takes root");
      const planted = person.path("planted");
      rmSync(planted, { recursive: true, force: true });
      await plant(planted);
      arrange();
      const before = spawnSync("ls", ["-lR", `${directory()}/`], { encoding: "utf8" }).stdout;
      const without = await person.run(["env", "prod", "--shell", "sh"]);
      expect(without).toMatchObject({ exitCode: 1, stdout: "false;\n" });
      expect(without.stderr).toMatch(words);
      const { exitCode, stderr } = await login();
      expect([exitCode, person.sandbox.requests.length]).toEqual([0, 2]);
      expect(stderr).toMatch(words);
      const after = spawnSync("ls", ["-lR", `${directory()}/`], { encoding: "utf8" }).stdout;
      expect(after).toBe(before);
    },
  );

  test.skipIf(skipWithoutStrace)(
    "between a look and the opening nothing can be slipped in: no link is followed, no file taken over",
    async () => {
      const opened = async (...args: readonly string[]) => {
        const lines = await tracedOpens(person, [program, ...args]);
        return lines.filter((line) => /\/kops-mfa\/[0-9a-z-]+\./i.test(line));
      };
      const written = await opened("login", "prod", "--token-code", person.code());
      const creations = written.filter((line) => line.includes("O_WRONLY"));
      expect(creations.length).toBeGreaterThanOrEqual(3);
      for (const line of creations) expect(line).toMatch(/O_CREAT\|O_EXCL\|.*, 0600\)/);
      const read = await opened("env", "prod", "--shell", "sh");
      const sessions = read.filter((line) => line.includes(".json"));
      expect(sessions.length).toBeGreaterThanOrEqual(1);
      for (const line of sessions) expect(line).toMatch(/O_RDONLY\|O_NOFOLLOW/);
    },
  );
});

describe("programs that lie in the current directory", () => {
  const names = ["kops", "kubectl", "stty", "ps", "sh", "node", "cat"];
  const here = () => person.path("here");
  beforeAll(() => {
    mkdirSync(here());
    for (const name of names) {
      person.write(
        `here/${name}`,
        `#!/bin/sh\necho ${name} >> ${person.path("planted-ran")}\n`,
        0o700,
      );
    }
  });
  beforeEach(() => rmSync(person.path("planted-ran"), { force: true }));
  const planted = () => existsSync(person.path("planted-ran"));
  const inHere = (command: string, path = person.env["PATH"] ?? "") =>
    runProgram("/bin/bash", ["-c", `cd ${here()}; PATH=$1; ${command}`, "bash", path], person.env);

  test("are not run, whatever is done", async () => {
    const elsewhere = (person.env["PATH"] ?? "").split(":").filter((one) => one.startsWith("/"));
    const codes = `[profile it]\n${role}mfa_serial = ${person.serial}\nmfa_process = cat ${person.write("code", person.code())}\n`;
    person.write("it-config", codes);
    const script = `
      AWS_CONFIG_FILE=$HOME/it-config kops-mfa login it
      kops-mfa kops get clusters; kops-mfa get clusters; kops-mfa exec prod -- true
      kops-mfa doctor prod --offline; kops-mfa __complete-kops get ''; kops-mfa status prod`;
    const { stderr } = await inHere(script, elsewhere.join(":"));
    expect(stderr).not.toContain("internal error");
    expect(planted()).toBe(false);
  });

  test("are run where the PATH names the directory, as by any shell, and only then", async () => {
    await person.run(["login", "prod", "--token-code", person.code()]);
    const node = `${process.execPath} ${program} -p prod get clusters`;
    await inHere(node, "/nonexistent");
    expect(planted()).toBe(false);
    for (const path of [`${here()}:/usr/bin:/bin`, ".:/usr/bin:/bin", ":/usr/bin:/bin"]) {
      rmSync(person.path("planted-ran"), { force: true });
      await inHere(node, path);
      expect([path, planted()]).toEqual([path, true]);
    }
  });
});
