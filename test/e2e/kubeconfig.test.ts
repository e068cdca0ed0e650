import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { kopsUser, kubeconfigOf } from "../support/kubeconfig/build.ts";
import { describeKubectl, installKops, startApiServer } from "./kubectl.ts";
import { Person, runProgram } from "./person.ts";
import { blocksOf } from "./reader.ts";
import { TestTerminal } from "./terminal.ts";

let person: Person;
beforeAll(async () => {
  person = await Person.arrive();
});
afterAll(() => person.leave());
beforeEach(() => {
  person.forget();
  rmSync(person.path(".kube"), { recursive: true, force: true });
  mkdirSync(person.path(".kube"));
  person.write(".kube/config", original);
});

const original = `# of jon\n${kubeconfigOf(kopsUser())}`;
const kops =
  "kops helpers kubectl-auth --cluster=one.example.com --state=s3://clusters.example.com";
const config = () => readFileSync(person.path(".kube/config"), "utf8");
const run = (...args: string[]) => person.run(["kubeconfig", ...args]);
const shown = (before: string, after: string) =>
  `kops-mfa: ~/.kube/config: user "one.example.com"\nkops-mfa: - ${before}\nkops-mfa: + ${after}\n`;
const done =
  "kops-mfa: changed; when kops export kubeconfig has written the user anew, run this again\n";

/** The words that kubectl would run, from the file. */
function words(text = config()): string {
  const args = [...text.matchAll(/^ {6}- (.*)$/gm)].map(([, word]) => word);
  return [/^ {6}command: (.*)$/m.exec(text)?.[1], ...args].join(" ");
}

test("there and back, in a script", async () => {
  expect(await run("-p", "prod", "--yes")).toEqual({
    exitCode: 0,
    stdout: "",
    stderr: shown(kops, `kops-mfa exec --profile prod -- ${kops}`) + done,
  });
  expect(words()).toBe(`kops-mfa exec --profile prod -- ${kops}`);
  expect(await run("-p", "prod", "--yes")).toEqual({
    exitCode: 0,
    stdout: "",
    stderr: 'kops-mfa: nothing to change: kops runs under kops-mfa already for "one.example.com"\n',
  });
  expect(await run("--undo", "--yes")).toMatchObject({
    exitCode: 0,
    stderr: `${shown(`kops-mfa exec --profile prod -- ${kops}`, kops)}kops-mfa: changed back\n`,
  });
  expect(config()).toBe(original);
  expect((await run("--undo", "--yes")).stderr).toContain("nothing to change: kops runs by itself");
  expect(person.sandbox.requests).toEqual([]);
});

test("--dry-run shows and writes nothing; without a terminal nobody is asked", async () => {
  const text = shown(kops, `kops-mfa exec --profile prod -- ${kops}`);
  expect(await run("-p", "prod", "--dry-run")).toEqual({ exitCode: 0, stdout: "", stderr: text });
  const { exitCode, stderr } = await run("-p", "prod");
  expect(exitCode).toBe(1);
  expect(stderr).toBe(
    `${text}kops-mfa: nothing was changed: there is no terminal to ask on\n          --yes changes without asking; --dry-run only shows.\n`,
  );
  expect(config()).toBe(original);
});

test.for([
  ["y", 0],
  ["", 1],
  ["no", 1],
] as const)("on a terminal, the answer %j", async ([answer, exitCode]) => {
  const terminal = new TestTerminal("kops-mfa", ["kubeconfig", "-p", "prod"], person.env);
  await terminal.shows("Change ~/.kube/config? [y/N]");
  terminal.type("what\r");
  await terminal.shows("answer y or n");
  terminal.type(`${answer}\r`);
  expect(await terminal.ends()).toBe(exitCode);
  expect(terminal.screen).toContain(exitCode === 0 ? done.trim() : "kops-mfa: nothing was changed");
  expect(config() === original).toBe(exitCode !== 0);
});

test("the profile is the one that this shell would use", async () => {
  const env = { AWS_PROFILE: "staging" };
  await person.run(["kubeconfig", "--yes"], { env });
  expect(words()).toBe(`kops-mfa exec --profile staging -- ${kops}`);
});

test("without a profile, the variables of the kops documentation are written down", async () => {
  const env = {
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_ACCESS_KEY_ID: "AKIATESTTESTTESTJON0",
    AWS_SECRET_ACCESS_KEY: "test/secret",
    KOPS_MFA_ROLE_ARN: "arn:aws:iam::222222222222:role/kops-admin",
    KOPS_MFA_ARN: person.serial,
  };
  const { stderr } = await person.run(["kubeconfig", "--yes"], { env });
  expect(words()).toBe(
    `kops-mfa exec --role-arn ${env.KOPS_MFA_ROLE_ARN} --serial-number ${person.serial} -- ${kops}`,
  );
  expect(stderr).toContain(
    "kubectl will find the environment (AWS_ACCESS_KEY_ID) only in shells that have these keys",
  );
  expect(config()).not.toContain("test/secret");
});

test.for([
  [["-p", "prd"], 'there is no profile "prd"', 'Did you mean "prod"?'],
  [["-p", "root"], "neither a role nor an MFA device", ""],
  [["--all", "one.example.com"], '"one.example.com" is one, and --all is all', ""],
  [["--undo", "-p", "prod"], '--undo takes the session out again, and needs no "prod"', ""],
  [["--kubeconfig", "nowhere"], "there is no kubeconfig: nowhere does not exist", "`kops export"],
  [["a", "b"], "kops-mfa kubeconfig takes at most one name", ""],
] as const)("%j is an error, and changes nothing", async ([args, says, cure]) => {
  const { exitCode, stderr, stdout } = await run(...args, "--yes");
  expect(exitCode).toBeGreaterThan(0);
  expect(stderr).toContain(says);
  expect(stderr).toContain(cure);
  expect([stdout, config()]).toEqual(["", original]);
});

test("the lines of the documentation", async () => {
  installKops(person);
  person.write("exported", original);
  rmSync(person.path(".kube/config"));
  const [lines] = blocksOf(["sh kubectl"]);
  const script = `set -e\n${lines?.text ?? ""}`;
  const env = { ...person.env, AWS_PROFILE: "prod" };
  const terminal = new TestTerminal("bash", ["--norc", "--noprofile", "-c", script], env);
  await terminal.shows("MFA code of jon");
  terminal.type(`${person.code()}\r`);
  await terminal.shows("[y/N]");
  terminal.type("y\r");
  expect(await terminal.ends()).toBe(0);
  expect(words()).toBe(`kops-mfa exec --profile prod -- ${kops}`);
});

test("KUBECONFIG lists files, of which some need not exist", async () => {
  const first = person.write("first", "apiVersion: v1\nusers: []\n");
  const [second, third] = ["two", "three"].map((name) =>
    person.write(name, kubeconfigOf(kopsUser(`${name}.example.com`))),
  );
  const env = { KUBECONFIG: `${first}::${person.path("none")}:${second}:${third}` };
  const untouched = readFileSync(third!, "utf8");
  const one = await person.run(["kubeconfig", "two.example.com", "-p", "me", "--yes"], { env });
  expect(one.stderr).toContain('kops-mfa: ~/two: user "two.example.com"');
  expect(words(readFileSync(second!, "utf8"))).toContain("kops-mfa exec --profile me -- kops");
  expect([readFileSync(third!, "utf8"), config()]).toEqual([untouched, original]);
  const all = await person.run(["kubeconfig", "--all", "-p", "me", "--yes"], { env });
  expect(all.stderr).not.toContain("~/two");
  expect(words(readFileSync(third!, "utf8"))).toContain("kops-mfa exec --profile me -- kops");
});

test("through a link, with the mode that the file has, and nothing left beside it", async () => {
  mkdirSync(person.path("real"), { recursive: true });
  const real = person.write("real/config", original, 0o640);
  rmSync(person.path(".kube/config"));
  symlinkSync("../real/config", person.path(".kube/config"));
  expect((await run("-p", "prod", "--yes")).exitCode).toBe(0);
  expect(lstatSync(person.path(".kube/config")).isSymbolicLink()).toBe(true);
  expect(statSync(real).mode & 0o777).toBe(0o640);
  expect(words(readFileSync(real, "utf8"))).toContain("kops-mfa exec");
  expect([readdirSync(person.path("real")), readdirSync(person.path(".kube"))]).toEqual([
    ["config"],
    ["config"],
  ]);
});

test("the lock of Kubernetes' clients is waited for, then respected", async () => {
  const lock = person.write(".kube/config.lock", "", 0o000);
  const { exitCode, stderr } = await run("-p", "prod", "--yes");
  expect(exitCode).toBe(1);
  expect(stderr).toContain(
    "~/.kube/config: somebody else is changing it (~/.kube/config.lock exists)",
  );
  expect([config(), existsSync(lock)]).toEqual([original, true]);
  const waiting = run("-p", "prod", "--yes");
  setTimeout(() => rmSync(lock), 800);
  expect((await waiting).exitCode).toBe(0);
  expect(existsSync(lock)).toBe(false);
});

test("a file that was changed while the question stood is left alone", async () => {
  const terminal = new TestTerminal("kops-mfa", ["kubeconfig", "-p", "prod"], person.env);
  await terminal.shows("[y/N]");
  person.write(".kube/config", `${original}# new\n`);
  terminal.type("y\r");
  expect(await terminal.ends()).toBe(1);
  expect(terminal.screen).toContain("has changed since it was read; nothing was written");
  expect(config()).toBe(`${original}# new\n`);
});

test("a file that cannot be read as YAML is named, and not repeated", async () => {
  person.write(".kube/config", 'users:\n- name: a\n  user: {token: "test-secret}\n');
  const { exitCode, stderr } = await run("--yes");
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^kops-mfa: ~\/\.kube\/config:\d+: this is not YAML that kubectl reads/);
  expect(stderr).not.toContain("test-secret");
});

describeKubectl(() => {
  const kubectl = (...args: string[]) => runProgram("kubectl", args, person.env);

  test("asks once for a code, runs kops with the session, and nobody after that", async () => {
    installKops(person);
    const server = await startApiServer();
    const cluster = `    server: ${server}\n    insecure-skip-tls-verify: true\n`;
    person.write(".kube/config", original.replace(/ {4}server: .*\n/, cluster));
    expect((await run("-p", "prod", "--yes")).exitCode).toBe(0);
    const terminal = new TestTerminal("kubectl", ["get", "--raw", "/hello"], person.env);
    await terminal.shows("MFA code of jon");
    terminal.type(`${person.code()}\r`);
    expect(await terminal.ends()).toBe(0);
    expect(terminal.screen).toContain('{"url":"/hello","who":"Bearer of-kops"}');
    const { exitCode, stdout, stderr } = await kubectl("get", "--raw", "/again");
    expect([exitCode, stdout, stderr]).toEqual([0, '{"url":"/again","who":"Bearer of-kops"}', ""]);
    expect(readFileSync(person.path("kops.log"), "utf8")).toMatch(
      /^(helpers kubectl-auth --cluster=one\.example\.com --state=s3:\/\/clusters\.example\.com key=ASIA[A-Z0-9]{16} token=yes\n){2,}$/,
    );
  });

  test("tells a script why there is no session", async () => {
    installKops(person);
    await run("-p", "prod", "--yes");
    const { exitCode, stderr } = await kubectl("get", "--raw", "/");
    expect(exitCode).toBeGreaterThan(0);
    expect(stderr).toContain("kops-mfa:");
    expect(stderr).toContain("terminal");
  });

  test("has no objection to the file, and --undo none to what kubectl writes", async () => {
    await run("-p", "prod", "--yes");
    const { stdout } = await kubectl("config", "view", "--output", "json");
    const { users } = JSON.parse(stdout) as {
      users: readonly { user: { exec: { command: string; args: readonly string[] } } }[];
    };
    const { command = "", args = [] } = users[0]?.user.exec ?? {};
    expect([command, ...args].join(" ")).toBe(`kops-mfa exec --profile prod -- ${kops}`);
    expect((await kubectl("config", "set-context", "--current", "--namespace=x")).exitCode).toBe(0);
    expect((await run("-p", "prod", "--yes")).stderr).toContain("nothing to change");
    expect((await run("--undo", "--yes")).exitCode).toBe(0);
    expect(words()).toBe(kops);
    expect(config()).not.toContain("kops-mfa");
  });

  test("says what to install where there is no kops-mfa", async () => {
    await run("-p", "prod", "--yes");
    const PATH = "/usr/bin:/bin";
    const { stderr } = await runProgram("kubectl", ["get", "--raw", "/"], { ...person.env, PATH });
    expect(stderr).toContain(
      "kops-mfa runs kops with an MFA session, and is not on the PATH here.",
    );
  });
});

test("where no lock can be made, nothing is written", async () => {
  const file = person.write("k".repeat(252), original);
  const { exitCode, stderr } = await run("--kubeconfig", file, "-p", "prod", "--yes");
  expect(exitCode).toBe(1);
  expect(stderr).toContain("cannot be written (ENAMETOOLONG)");
  expect(readFileSync(file, "utf8")).toBe(original);
});
