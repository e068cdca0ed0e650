import { spawnSync } from "node:child_process";
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { kopsUser, kubeconfigOf } from "../support/kubeconfig/build.ts";
import { Person, program, runProgram } from "./person.ts";

/** A file system of a test's own takes root, and a kernel that lets it. */
const canMount = (() => {
  const probe = spawnSync("unshare", ["-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]);
  return probe.status === 0;
})();

let person: Person;
beforeAll(async () => {
  person = await Person.arrive();
});
afterAll(() => person.leave());
beforeEach(() => person.forget());

const text = (name: string) => readFileSync(person.path(name), "utf8");
const login = (env: Readonly<Record<string, string>> = {}) =>
  person.run(["login", "prod", "--token-code", person.code()], { env });
const role = "arn:aws:iam::222222222222:role/kops-admin";
const setUp = ["setup", "--yes", "--no-login", "--profile", "kops", "--role-arn", role];
const setUpAll = [
  ...setUp,
  ...["--serial-number", "arn:aws:iam::111111111111:mfa/jon", "--region", "eu-west-1"],
  ...["--state-store", "s3://clusters.example.com", "--cluster", "-"],
];

/** Mounts a small file system at a directory of the person's; `fill` uses up its space, and not its room for names. */
function mount(name: string, options = "size=16k,mode=700") {
  const directory = person.path(name);
  mkdirSync(directory, { recursive: true });
  expect(spawnSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", directory]).status).toBe(0);
  onTestFinished(() => {
    spawnSync("umount", [directory]);
    rmSync(directory, { recursive: true, force: true });
  });
  const fill = () => void spawnSync("dd", ["if=/dev/zero", `of=${directory}/filler`, "bs=4k"]);
  const freeze = () => {
    expect(spawnSync("mount", ["-o", "remount,ro", directory]).status).toBe(0);
  };
  return { directory, fill, freeze };
}

/** It ends with an error in two lines, of which the first is this. */
function failed(what: string) {
  return {
    exitCode: 1,
    stderr: expect.stringMatching(
      new RegExp(`(?:^|\\n)kops-mfa: ${what.replace(/[.~()/]/g, "\\$&")}\\n {10}\\S.*\\n$`),
    ) as string,
  };
}

const whys = {
  "a full disk": ["no space left on the device", "fill"],
  "a disk that is read-only": ["read-only file system", "freeze"],
} as const;

describe.skipIf(!canMount).each(Object.entries(whys))("%s", (_, [why, how]) => {
  test("under the sessions costs a word, and no lock is left that others would wait for", async () => {
    const small = mount("small");
    mkdirSync(`${small.directory}/kops-mfa`, { mode: 0o700 });
    small[how]();
    for (let round = 0; round < 2; round++) {
      person.sandbox.forgetCodes();
      const start = Date.now();
      expect(await login({ XDG_CACHE_HOME: small.directory })).toMatchObject({
        exitCode: 0,
        stderr: expect.stringContaining(
          `kops-mfa: the session is not kept: ~/small/kops-mfa: ${why}\n`,
        ) as string,
      });
      expect(Date.now() - start).toBeLessThan(8000);
    }
    expect(readdirSync(`${small.directory}/kops-mfa`)).toEqual([]);
  });

  test("under the AWS files: setup writes nothing", async () => {
    const { directory, ...small } = mount("awsdir");
    const config = "[default]\nregion = eu-west-1\n";
    person.write("awsdir/config", config);
    small[how]();
    const env = { AWS_CONFIG_FILE: `${directory}/config` };
    expect(await person.run(setUpAll, { env })).toMatchObject(
      failed(`~/awsdir/config: cannot be written (${why})`),
    );
    expect(text("awsdir/config")).toBe(config);
    expect(readdirSync(directory).filter((name) => !/^(?:config|filler)$/.test(name))).toEqual([]);
    expect(existsSync(person.path(".config/kops-mfa/config.ini"))).toBe(false);
  });

  test("under the kubeconfig: it stays as it is, without a lock", async () => {
    const { directory, ...small } = mount("kube");
    const before = kubeconfigOf(kopsUser());
    person.write("kube/config", before);
    small[how]();
    const args = ["kubeconfig", "-p", "prod", "--yes", "--kubeconfig", `${directory}/config`];
    const { exitCode, stderr } = await person.run(args);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`kops-mfa: ~/kube/config: cannot be written (${why})\n`);
    expect(text("kube/config")).toBe(before);
    expect(readdirSync(directory).filter((name) => name !== "filler")).toEqual(["config"]);
  });

  test("under --output: the old file stays, and nothing beside it", async () => {
    const { directory, ...small } = mount("out");
    person.write("out/.env", "old\n");
    await login();
    small[how]();
    const args = ["env", "prod", "--format", "dotenv", "--output", `${directory}/.env`];
    expect(await person.run(args)).toMatchObject(
      failed(`${directory}/.env: cannot be written (${why})`),
    );
    expect(text("out/.env")).toBe("old\n");
    expect(readdirSync(directory).filter((name) => name !== "filler")).toEqual([".env"]);
  });
});

test("a limit on the size of files is a full disk, not a signal", async () => {
  const script = `ulimit -f 0; exec "$0" "$@"`;
  const limited = (args: readonly string[]) =>
    runProgram("bash", ["-c", script, process.execPath, program, ...args], person.env);
  const { exitCode, stderr } = await limited(["login", "prod", "--token-code", person.code()]);
  expect(exitCode).toBe(0);
  expect(stderr).toMatch(
    /^kops-mfa: the session is not kept: ~\/\.cache\/kops-mfa: the file would be too large\n/,
  );
  expect(readdirSync(person.path(".cache/kops-mfa"))).toEqual([]);
  const config = text(".aws/config");
  expect(await limited(setUpAll)).toMatchObject(
    failed("~/.aws/config: cannot be written (the file would be too large)"),
  );
  expect(text(".aws/config")).toBe(config);
  expect(readdirSync(person.path(".aws")).sort()).toEqual(["config", "credentials"]);
});

test.for(["login", "status", "explain", "env"])(
  "without a home, %s ends in words",
  async (command) => {
    const HOME = person.path("no-home");
    const { jon } = person.world;
    const [key] = jon.accessKeys;
    const env = {
      ...{ HOME, XDG_CACHE_HOME: "", KOPS_MFA_ROLE_ARN: role },
      ...{ KOPS_MFA_ARN: person.serial, KOPS_MFA_TOKEN_CODE: person.code() },
      AWS_ACCESS_KEY_ID: key?.accessKeyId ?? "",
      AWS_SECRET_ACCESS_KEY: key?.secretAccessKey ?? "",
    };
    const args = command === "env" ? ["env", "--shell", "sh"] : [command];
    const { exitCode, stderr } = await person.run(args, { env });
    expect(stderr).not.toContain("internal error");
    expect(exitCode).toBe(command === "status" ? 1 : 0);
    // Root could make one.
    expect(existsSync(HOME)).toBe(false);
  },
);

test("standard output that is full or closed is said, and changes no file", async () => {
  await login();
  const before = lstatSync(person.path(".aws/config")).mtimeMs;
  for (const [args, redirection] of [
    ["status prod", "> /dev/full"],
    ["explain prod", "> /dev/full"],
    ["credential-process --profile prod", "> /dev/full"],
    ["init bash", "> /dev/full"],
    ["completions bash", "> /dev/full"],
    ["status prod", ">&-"],
  ] as const) {
    const { stderr, status } = spawnSync("bash", ["-c", `kops-mfa ${args} ${redirection}`], {
      env: person.env,
      encoding: "utf8",
    });
    // Node opens /dev/null for a stream that is closed.
    if (redirection === ">&-") expect(stderr).toBe("");
    else {
      expect([args, status, stderr.split("\n")[0]]).toEqual([
        args,
        1,
        "kops-mfa: standard output cannot be written (no space left on the device)",
      ]);
    }
  }
  expect(lstatSync(person.path(".aws/config")).mtimeMs).toBe(before);
});
