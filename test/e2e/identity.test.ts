import { mkdirSync, readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Person, runProgram } from "./person.ts";
import { StandIn } from "./stand-in.ts";

let person: Person;
let kops: StandIn;
let config: string;
let credentials: string;
beforeAll(async () => {
  person = await Person.arrive();
  kops = new StandIn(person, "kops");
  mkdirSync(person.path(".config/kops-mfa"), { recursive: true });
  config = readFileSync(person.path(".aws/config"), "utf8");
  credentials = readFileSync(person.path(".aws/credentials"), "utf8");
});
afterAll(() => person.leave());
beforeEach(() => person.forget());
afterEach(() => {
  person.write(".aws/config", config);
  person.write(".aws/credentials", credentials);
  person.write(".config/kops-mfa/config.ini", "");
});

const role = (name: string) => `arn:aws:iam::222222222222:role/${name}`;
const env = (...args: string[]) => ["env", ...args, "--format", "json"];

/** What a run with the next code prints, and which calls it made. */
async function made(args: readonly string[], variables: Record<string, string> = {}) {
  const code = ["--token-code", person.code()];
  const result = await person.run([...args, ...code], { env: variables });
  const calls = person.sandbox.requests.map(({ action, params }) => [action, params["RoleArn"]]);
  return { ...result, calls };
}

describe("a profile's own credentials win over its source_profile", () => {
  const keysOf = (name: string) => {
    const section = credentials.split(`[${name}]`)[1]?.split("[")[0];
    return section?.trim() ?? "";
  };
  const ignored = (name: string, source: string) =>
    `kops-mfa: profile "${name}" has credentials of its own and no role, so they are used and its source_profile = ${source} is ignored; kops itself would refuse the profile\n`;

  test("long-lived keys beside a source without a role", async () => {
    person.addProfile(
      "[profile own]\nsource_profile = default\nmfa_serial = arn:aws:iam::111111111111:mfa/mallory\n",
    );
    person.write(".aws/credentials", `${credentials}[own]\n${keysOf("mallory")}\n`);
    const code = person.sandbox.code("arn:aws:iam::111111111111:mfa/mallory");
    const login = await person.run(["login", "own", "--token-code", code]);
    expect(login).toMatchObject({ exitCode: 0 });
    expect(login.stderr).toContain(ignored("own", "default"));
    const { accessKeyId } = person.world.mallory.accessKeys[0]!;
    expect(person.sandbox.requests.at(-1)?.accessKeyId).toBe(accessKeyId);
    const explained = await person.run(["explain", "own"]);
    expect(explained.stdout).toContain(accessKeyId);
    expect(explained.stdout).toContain("its source_profile = default is ignored");
  });

  test("read-only keys do not become the session of a source with a role", async () => {
    person.addProfile("[profile readonly]\nsource_profile = prod\n");
    person.write(".aws/credentials", `${credentials}[readonly]\n${keysOf("mallory")}\n`);
    const { exitCode, stdout, stderr, calls } = await made(env("readonly"));
    expect({ exitCode, stdout, calls }).toEqual({ exitCode: 1, stdout: "", calls: [] });
    expect(stderr).toContain('profile "readonly" has neither a role nor an MFA device');
  });

  test("temporary keys are not replaced by the source's user", async () => {
    person.addProfile(
      "[profile temp]\nsource_profile = default\nmfa_serial = arn:aws:iam::111111111111:mfa/jon\n",
    );
    const token = "aws_session_token = test-token-of-somebody\n";
    person.write(".aws/credentials", `${credentials}[temp]\n${keysOf("mallory")}\n${token}`);
    const { exitCode, stderr, calls } = await made(env("temp"));
    expect({ exitCode, calls }).toEqual({ exitCode: 1, calls: [] });
    expect(stderr).toContain("has temporary keys");
  });

  test("credential_process", async () => {
    person.addProfile("[profile process]\nsource_profile = prod\ncredential_process = false\n");
    const { exitCode, stderr, calls } = await made(env("process"));
    expect({ exitCode, calls }).toEqual({ exitCode: 1, calls: [] });
    expect(stderr).toContain(ignored("process", "prod"));
    expect(stderr).toContain('credential_process of profile "process"');
  });

  test("without keys and role, it takes the identity of its source", async () => {
    person.addProfile("[profile alias]\nsource_profile = prod\n");
    const { exitCode, calls } = await made(env("alias"));
    expect(exitCode).toBe(0);
    expect(calls.at(-1)).toEqual(["AssumeRole", role("kops-admin")]);
  });
});

describe("a profile on the command line wins over the exported role", () => {
  const exported = {
    KOPS_MFA_ROLE_ARN: role("kops-admin"),
    KOPS_MFA_ARN: "arn:aws:iam::111111111111:mfa/mallory",
    KOPS_MFA_EXTERNAL_ID: "of-the-other-role",
    KOPS_MFA_ROLE_SESSION_NAME: "of-the-other-role",
    KOPS_MFA_REGION: "us-west-2",
  };
  const all =
    "KOPS_MFA_ROLE_ARN, KOPS_MFA_ARN, KOPS_MFA_EXTERNAL_ID, KOPS_MFA_ROLE_SESSION_NAME, and KOPS_MFA_REGION";
  const note = `kops-mfa: ${all} are ignored, because profile "staging" is named on the command line\n`;

  test.for([["staging"], ["-p", "staging"], ["--profile", "staging"]])("%j", async (named) => {
    const { exitCode, stdout, stderr, calls } = await made(env(...named), exported);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: note });
    expect(calls.at(-1)).toEqual(["AssumeRole", role("kops-short")]);
    expect(JSON.parse(stdout)).toMatchObject({ AWS_REGION: "eu-central-1" });
  });

  test("with every command that uses the session, cached or not", async () => {
    await made(["login", "staging"], exported);
    for (const args of [
      ["env", "staging", "--format", "json"],
      ["login", "staging"],
      ["credential-process", "staging"],
      ["exec", "staging", "--", "true"],
      ["-p", "staging", "get", "clusters"],
    ]) {
      const { exitCode, stderr } = await person.run(args, { env: exported });
      expect({ args, exitCode, stderr: stderr.slice(0, note.length) }).toEqual({
        ...{ args, exitCode: 0, stderr: note },
      });
    }
  });

  test("in the shell after it, too, until the session is left", async () => {
    await made(["login", "staging"], exported);
    const script = `
      eval "$(kops-mfa env staging --shell sh)"
      kops-mfa status | grep ^role
      kops-mfa env --format json | grep -c KOPS_MFA_PROFILE
      echo "set: \${KOPS_MFA_ROLE_ARN-no}"
      eval "$(kops-mfa env --unset --shell sh)"
      echo "set: $KOPS_MFA_ROLE_ARN"`;
    const { stdout } = await runProgram("sh", ["-c", script], { ...person.env, ...exported });
    expect(stdout).toBe(
      `role        ${role("kops-short")}\n1\nset: no\nset: ${role("kops-admin")}\n`,
    );
  });

  test("options win over everything", async () => {
    const args = [...env("staging"), "--role-arn", role("kops-admin")];
    const { exitCode, calls } = await made(args, { KOPS_MFA_ROLE_ARN: role("kops-chained") });
    expect(exitCode).toBe(0);
    expect(calls.at(-1)).toEqual(["AssumeRole", role("kops-admin")]);
  });

  test("with no profile named, they mean what the kops documentation says", async () => {
    const { exitCode, stderr, calls } = await made(env(), {
      KOPS_MFA_ROLE_ARN: role("kops-short"),
      KOPS_MFA_ARN: person.serial,
    });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(calls.at(-1)).toEqual(["AssumeRole", role("kops-short")]);
  });
});

describe("option before variable before settings, for kops too", () => {
  const settings = (text: string) => person.write(".config/kops-mfa/config.ini", text);
  const one = "[prod]\ncluster = one.example.com\nstate_store = s3://one\n";

  /** The KOPS_* variables that kops got. */
  async function kopsSees(args: readonly string[], variables: Record<string, string> = {}) {
    await person.run(args, { env: variables });
    const start = kops.starts().at(-1);
    return [start?.env["KOPS_CLUSTER_NAME"], start?.env["KOPS_STATE_STORE"]];
  }

  test("what was exported reaches kops, and stays in the shell", async () => {
    settings(one);
    await made(["login", "prod"]);
    const mine = { KOPS_CLUSTER_NAME: "four.example.com", KOPS_STATE_STORE: "s3://four" };
    expect(await kopsSees(["-p", "prod", "delete", "cluster"])).toEqual([
      "one.example.com",
      "s3://one",
    ]);
    expect(await kopsSees(["-p", "prod", "delete", "cluster"], mine)).toEqual([
      "four.example.com",
      "s3://four",
    ]);
    const { stdout } = await person.run(["env", "prod", "--shell", "sh"], { env: mine });
    expect(stdout).not.toContain("KOPS_CLUSTER_NAME");
    const explained = await person.run(["explain", "prod"], { env: mine });
    expect(explained.stdout).toMatch(/^cluster +four\.example\.com +KOPS_CLUSTER_NAME$/m);
    expect(explained.stdout).toMatch(/^overridden +cluster = one\.example\.com/m);
    expect(explained.stdout).toMatch(/^overridden +state_store = s3:\/\/one/m);
  });

  test("what is exported after the session is the person's", async () => {
    settings(one);
    await made(["login", "prod"]);
    const script = `
      eval "$(kops-mfa env prod --shell sh)"
      KOPS_CLUSTER_NAME=four.example.com kops-mfa delete cluster
      export KOPS_CLUSTER_NAME=five.example.com
      eval "$(kops-mfa env prod --shell sh)"
      eval "$(kops-mfa env --unset --shell sh)"
      echo "$KOPS_CLUSTER_NAME \${KOPS_STATE_STORE-none}"`;
    const { stdout } = await runProgram("sh", ["-c", script], person.env);
    expect(kops.starts().at(-1)?.env).toMatchObject({
      KOPS_CLUSTER_NAME: "four.example.com",
      KOPS_STATE_STORE: "s3://one",
    });
    expect(stdout).toBe("five.example.com none\n");
  });

  test("a cluster that is named as an argument is not beside one of the settings", async () => {
    settings(one);
    await made(["login", "prod"]);
    for (const line of ["validate cluster", "export kubeconfig", "delete cluster", "get cluster"]) {
      const args = ["-p", "prod", ...line.split(" ")];
      expect(await kopsSees([...args, "two.example.com"])).toEqual([undefined, "s3://one"]);
      expect(await kopsSees(args)).toEqual(["one.example.com", "s3://one"]);
    }
    const inside = `eval "$(kops-mfa env prod --shell sh)"; kops-mfa validate cluster two.example.com`;
    await runProgram("sh", ["-c", inside], person.env);
    expect(kops.starts().at(-1)?.env["KOPS_CLUSTER_NAME"]).toBeUndefined();
  });
});
