import { mkdirSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Person, runProgram } from "./person.ts";

let person: Person;
beforeAll(async () => {
  person = await Person.arrive();
  mkdirSync(person.path(".config/kops-mfa"), { recursive: true });
});
afterAll(() => person.leave());
beforeEach(() => person.forget());

const settings = (text: string) => person.write(".config/kops-mfa/config.ini", text);
const json = async (...args: string[]) => {
  const { stdout, stderr, exitCode } = await person.run([
    ...["env", "--format", "json", "--token-code", person.code()],
    ...args,
  ]);
  expect(exitCode, stderr).toBe(0);
  return JSON.parse(stdout) as Record<string, string>;
};

test("a profile may live in the settings alone", async () => {
  settings(
    `[ops]
role_arn = arn:aws:iam::222222222222:role/kops-admin
mfa_serial = ${person.serial}
region = eu-west-3
state_store = s3://clusters.example/state
cluster = one.example
`,
  );
  expect(await json("ops")).toMatchObject({
    KOPS_MFA_PROFILE: "ops",
    AWS_REGION: "eu-west-3",
    KOPS_STATE_STORE: "s3://clusters.example/state",
    KOPS_CLUSTER_NAME: "one.example",
  });
});

test("a section says more about a profile of the AWS files, and may rename it", async () => {
  settings("[p]\nprofile = prod\nregion = ca-central-1\n[defaults]\nprofile = p\n");
  expect(await json()).toMatchObject({ KOPS_MFA_PROFILE: "p", AWS_REGION: "ca-central-1" });
  expect(person.sandbox.requests.at(-1)?.params["RoleArn"]).toBe(
    "arn:aws:iam::222222222222:role/kops-admin",
  );
});

test("${user} in a serial is the IAM user's name, so that a team shares the file", async () => {
  settings("[defaults]\nmfa_serial = arn:aws:iam::111111111111:mfa/${user}\n");
  const config = person.write(
    "shared-config",
    "[profile team]\nrole_arn = arn:aws:iam::222222222222:role/kops-admin\nsource_profile = default\n",
  );
  const env = { AWS_CONFIG_FILE: config };
  const { exitCode } = await person.run(["login", "team", "--token-code", person.code()], { env });
  expect(exitCode).toBe(0);
  const status = await person.run(["status", "team", "--json"], { env });
  expect(JSON.parse(status.stdout)).toMatchObject({
    identity: "arn:aws:sts::222222222222:assumed-role/kops-admin/jon",
  });
});

test("a setting of kops goes with the session, and goes with its end", async () => {
  settings("[prod]\nstate_store = s3://prod.example\n");
  await person.run(["login", "prod", "--token-code", person.code()]);
  const script = `eval "$(kops-mfa env prod --shell sh)"; echo "$KOPS_STATE_STORE"
    eval "$(kops-mfa env --unset --shell sh)"; echo "\${KOPS_STATE_STORE-none}"`;
  const { stdout } = await runProgram("sh", ["-c", script], person.env);
  expect(stdout).toBe("s3://prod.example\nnone\n");
});

test("a store that was exported wins over the setting, and is there afterwards", async () => {
  settings("[prod]\nstate_store = s3://prod.example\n");
  await person.run(["login", "prod", "--token-code", person.code()]);
  const script = `eval "$(kops-mfa env prod --shell sh)"; echo "$KOPS_STATE_STORE"
    eval "$(kops-mfa env --unset --shell sh)"; echo "$KOPS_STATE_STORE"`;
  const env = { ...person.env, KOPS_STATE_STORE: "s3://mine" };
  const { stdout } = await runProgram("sh", ["-c", script], env);
  expect(stdout).toBe("s3://mine\ns3://mine\n");
});

test("session = direct is --no-session, cache = none keeps nothing", async () => {
  settings("[prod]\nsession = direct\ncache = none\n");
  await person.run(["login", "prod", "--token-code", person.code()]);
  expect(person.sandbox.requests.map(({ action }) => action)).toEqual(["AssumeRole"]);
  expect((await person.run(["status", "prod"])).exitCode).toBe(1);
});

describe("what is wrong is named with its line and its cure", () => {
  test.each([
    [
      "[prod]\nrole_ran = x\n",
      '~/.config/kops-mfa/config.ini:2: there is no setting "role_ran"',
      "Did you mean role_arn?",
    ],
    [
      "[prod]\nnonsense\n",
      "~/.config/kops-mfa/config.ini:2: this is no [section], no key = value and no comment",
      "Correct the line, or put a # in front of it.",
    ],
    [
      "[defaults]\nrole_arn = x\n",
      "~/.config/kops-mfa/config.ini:2: role_arn cannot stand in [defaults]",
      "Write it into the section of the profile that it is for.",
    ],
    [
      "[prod]\n\nduration = long\n",
      '~/.config/kops-mfa/config.ini:3 (duration): "long" is not a duration',
      "Give seconds (3600) or a time like 1h, 90m, 1h30m.",
    ],
    [
      "[prod]\ncache = memory\n",
      '~/.config/kops-mfa/config.ini:2 (cache): "memory" is none of files, keyring, aws-cli, none',
      "Write one of these, or leave it out for files.",
    ],
    [
      "[prod]\nprofile = prodd\n",
      '~/.config/kops-mfa/config.ini:2 (profile): there is no profile "prodd" in ~/.aws/config or ~/.aws/credentials',
      'Did you mean "prod"?',
    ],
  ])("%j", async (text, what, cure) => {
    settings(text);
    const { exitCode, stdout, stderr } = await person.run(["env", "prod", "--shell", "sh"]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "false;\n" });
    expect(stderr).toBe(`kops-mfa: ${what}\n          ${cure}\n`);
  });
});

describe("explain", () => {
  test("names the place of every value, what lost, the calls and what is kept, and calls nothing", async () => {
    settings("[prod]\nregion = eu-west-3\n");
    await person.run(["login", "prod", "--token-code", person.code()]);
    const before = person.sandbox.requests.length;
    const { exitCode, stdout, stderr } = await person.run(
      ["explain", "prod", "--region", "us-west-2"],
      {
        env: { KOPS_MFA_ARN: person.serial },
      },
    );
    expect([exitCode, stderr, person.sandbox.requests.length]).toEqual([0, "", before]);
    const text = stdout.replaceAll(/ +/g, " ").split("\n");
    expect(text).toContain("profile prod --profile");
    expect(text).toContain(
      'starts with AKIATESTTESTTESTJON0 profile "default" (~/.aws/credentials:2)',
    );
    expect(text).toContain(`MFA device ${person.serial} ~/.aws/config:7 (mfa_serial)`);
    expect(text).toContain(
      "role arn:aws:iam::222222222222:role/kops-admin ~/.aws/config:5 (role_arn)",
    );
    expect(text).toContain("region us-west-2 --region");
    expect(text).toContain(`overridden mfa_serial = ${person.serial} KOPS_MFA_ARN`);
    expect(text).toContain(
      "overridden region = eu-west-3 ~/.config/kops-mfa/config.ini:2 (region)",
    );
    expect(text.find((line) => line.startsWith("call 1"))).toMatch(
      /^call 1 GetSessionToken with a code, for 12h kept, 11 h 59 min left$/,
    );
    expect(text).toContain("because one code opens every role of this user");
    expect(stdout).not.toContain(person.world.jon.accessKeys[0]?.secretAccessKey);
  });

  test("--json has the same", async () => {
    settings("");
    const { stdout } = await person.run(["explain", "me", "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({
      profile: { value: "me", from: "--profile" },
      roles: [],
      plan: { way: "user", calls: ["GetSessionToken with a code, for 12h"] },
      cache: [{ expires_at: null, seconds_left: 0 }],
    });
  });
});
