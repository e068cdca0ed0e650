import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
} from "node:fs";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { kopsUser, kubeconfigOf } from "../support/kubeconfig/build.ts";
import { Person } from "./person.ts";
import { atEachStep } from "./power-cut.ts";

const text = (path: string) => (existsSync(path) ? readFileSync(path, "utf8") : null);

let person: Person;
let config: string;
beforeAll(async () => {
  person = await Person.arrive();
  config = text(person.path(".aws/config")) ?? "";
});
afterAll(() => person.leave());
beforeEach(() => {
  person.forget();
  person.write(".aws/config", config);
});

/** What a write leaves beside its file, which has to be for the person's eyes only; as if it had been left some minutes ago. */
function leftovers(directory: string): readonly string[] {
  if (!existsSync(directory)) return [];
  const left = readdirSync(directory).filter((name) => /\.(?:tmp|lock)$/.test(name));
  for (const name of left) {
    const path = `${directory}/${name}`;
    expect(lstatSync(path).mode & 0o077).toBe(0);
    const then = new Date(Date.now() - 120_000);
    utimesSync(path, then, then);
  }
  return left;
}

test("setup: each file is the old one or the new one, and the next setup leaves nothing over", async () => {
  const [aws, own] = [person.path(".aws"), person.path(".config/kops-mfa")];
  const old = "[default]\nregion = eu-west-1\n";
  const setUp = (env: Readonly<Record<string, string>> = {}) => {
    const role = "arn:aws:iam::222222222222:role/kops-admin";
    const args = ["--yes", "--no-login", "--role-arn", role, "--serial-number", person.serial];
    const more = ["--region", "eu-west-1", "--state-store", "s3://c.example.com", "--cluster", "-"];
    return person.run(["setup", "--profile", "kops", ...args, ...more], { env });
  };
  const begin = () => {
    rmSync(person.path(".config"), { recursive: true, force: true });
    for (const name of readdirSync(aws).filter((name) => name.startsWith("config."))) {
      rmSync(`${aws}/${name}`);
    }
    person.write(".aws/config", old);
  };
  begin();
  const first = await setUp();
  expect(first).toMatchObject({ exitCode: 0 });
  const [newAws, newOwn] = [text(`${aws}/config`), text(`${own}/config.ini`)];
  expect(newOwn).toContain("state_store");
  begin();
  await atEachStep(
    person,
    person.home,
    ["mkdir", "open", "write", "fchmod", "fsync", "rename"],
    setUp,
    async () => {
      const found = [text(`${aws}/config`), text(`${own}/config.ini`)];
      expect([
        [old, null],
        [newAws, null],
        [newAws, newOwn],
      ]).toContainEqual(found);
      leftovers(own);
      const isLeft = leftovers(aws).length > 0;
      expect(await setUp()).toMatchObject({ exitCode: 0 });
      expect([text(`${aws}/config`), text(`${own}/config.ini`)]).toEqual([newAws, newOwn]);
      if (isLeft) expect(leftovers(aws)).toEqual([]);
      begin();
    },
  );
});

test("kubeconfig: the old one or the new one, and a lock of ours holds nobody up", async () => {
  const file = person.path(".kube/config");
  mkdirSync(person.path(".kube"));
  const old = kubeconfigOf(kopsUser());
  person.write(".kube/config", old);
  const change = (env: Readonly<Record<string, string>> = {}) =>
    person.run(["kubeconfig", "-p", "prod", "--yes"], { env });
  expect((await change()).exitCode).toBe(0);
  const changed = text(file);
  expect(changed).not.toBe(old);
  person.write(".kube/config", old);
  await atEachStep(
    person,
    person.path(".kube"),
    ["open", "write", "fchmod", "fsync", "rename", "unlink"],
    change,
    async (last) => {
      const found = text(file);
      expect([old, changed]).toContain(found);
      leftovers(person.path(".kube"));
      // Without its process's name in it, it may be kubectl's.
      if (/^write .*\.lock$/.test(last)) rmSync(`${file}.lock`);
      expect((await change()).exitCode).toBe(0);
      expect(text(file)).toBe(changed);
      expect(found === old ? leftovers(person.path(".kube")) : []).toEqual([]);
      for (const name of readdirSync(person.path(".kube"))) rmSync(person.path(`.kube/${name}`));
      person.write(".kube/config", old);
    },
  );
});

test("env --output: the old file or the new one, 0600", async () => {
  await person.run(["login", "prod", "--token-code", person.code()]);
  mkdirSync(person.path("out"));
  const file = person.path("out/.env");
  const write = (env: Readonly<Record<string, string>> = {}) =>
    person.run(["env", "prod", "--format", "dotenv", "--output", file], { env });
  expect(await write()).toMatchObject({ exitCode: 0, stdout: "" });
  const written = text(file);
  const old = "AWS_PROFILE=old\n";
  person.write("out/.env", old, 0o644);
  await atEachStep(
    person,
    person.path("out"),
    ["open", "write", "fsync", "rename"],
    write,
    async () => {
      expect([old, written]).toContain(text(file));
      leftovers(person.path("out"));
      expect((await write()).exitCode).toBe(0);
      expect([text(file), lstatSync(file).mode & 0o777]).toEqual([written, 0o600]);
      expect(readdirSync(person.path("out"))).toEqual([".env"]);
      person.write("out/.env", old, 0o644);
    },
  );
});

// What fsync and rename leave, cache.test.ts has.
test("login: whole sessions or none, and the next login does not wait for the dead one", async () => {
  const cache = person.path(".cache/kops-mfa");
  const login = (env: Readonly<Record<string, string>> = {}) => {
    person.sandbox.forgetCodes();
    return person.run(["login", "prod", "--token-code", person.code()], { env });
  };
  await atEachStep(person, cache, ["open", "write"], login, async () => {
    for (const name of existsSync(cache) ? readdirSync(cache) : []) {
      expect(lstatSync(`${cache}/${name}`).mode & 0o077).toBe(0);
    }
    // The code that was sent may be the used one.
    for (const name of existsSync(cache) ? readdirSync(cache) : []) {
      if (name.endsWith(".code")) rmSync(`${cache}/${name}`);
    }
    const start = Date.now();
    expect(await login()).toMatchObject({ exitCode: 0 });
    expect(Date.now() - start).toBeLessThan(10_000);
    expect((await person.run(["env", "prod", "--shell", "sh"])).exitCode).toBe(0);
    person.forget();
  });
});
