import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { addRole } from "../sandbox/build.ts";
import type { PolicyDocument } from "../sandbox/policy/document.ts";
import type { Role } from "../sandbox/directory.ts";
import { describeShell, findShell, shellArguments } from "../support/shells.ts";
import { awsProgram, skipWithoutAws } from "./aws-cli.ts";
import { IamAccount } from "./iam-account.ts";
import { Person, runProgram } from "./person.ts";

let person: Person;
beforeAll(async () => {
  person = await Person.arrive();
});
afterAll(() => person.leave());
beforeEach(() => person.forget());

const store = ["--state-store", "s3://clusters.example.com"];
const policy = (...args: readonly string[]) => person.run(["policy", ...store, ...args]);

/** Of what `policy` prints, what is put in force here. */
interface Printed {
  readonly role_arn: string;
  readonly trust_policy: PolicyDocument;
}

describe("the command", () => {
  test("needs no access keys, no profile, no network", async () => {
    const { exitCode, stdout, stderr } = await person.run(
      ["policy", ...store, "--account", "222222222222", "--user", "jon"],
      { env: { HOME: person.path("nobody"), AWS_ENDPOINT_URL_STS: "http://127.0.0.1:9" } },
    );
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(JSON.parse(stdout)).toHaveProperty(
      "role_arn",
      "arn:aws:iam::222222222222:role/kops-admin",
    );
  });

  test("takes over from the profile what is not said, and says so", async () => {
    const { exitCode, stdout, stderr } = await policy("prod", "--user", "jon");
    expect(exitCode).toBe(0);
    expect(stderr).toBe(
      "kops-mfa: the role is that of account 222222222222 in ~/.aws/config:5 (role_arn)\n" +
        "kops-mfa: the users are those of account 111111111111, whose device ~/.aws/config:7 (mfa_serial) names\n",
    );
    expect(stdout).toContain("arn:aws:iam::111111111111:user/jon");
  });

  test.for<[args: readonly string[], exitCode: number, stderr: string]>([
    [
      ["--account", "12"],
      2,
      'kops-mfa: --account: "12" is not the number of an AWS account\n          It has 12 digits, without hyphens: aws sts get-caller-identity shows yours.\n',
    ],
    [
      ["prodd"],
      1,
      'kops-mfa: there is no profile "prodd" in ~/.aws/config or ~/.aws/credentials\n          Did you mean "prod"?\n',
    ],
    [
      ["prod", "-p", "staging"],
      2,
      'kops-mfa: "prod" and --profile staging are two profiles\n          Name one.\n',
    ],
    [
      ["--account", "222222222222", "--user"],
      2,
      "kops-mfa: --user needs a value\n          kops-mfa policy --help shows what it takes.\n",
    ],
    [
      ["--account", "222222222222", "--mfaage", "1h"],
      2,
      "kops-mfa: kops-mfa policy has no option --mfaage\n          Did you mean --mfa-age?\n",
    ],
  ])("refuses %o and prints nothing to use", async ([args, exitCode, stderr]) => {
    expect(await policy(...args)).toEqual({ exitCode, stdout: "", stderr });
  });
});

describe("the printed trust policy, in force", () => {
  const arn = "arn:aws:iam::222222222222:role/kops-printed";
  let role: Role;

  beforeAll(() => {
    const nobody: PolicyDocument = { Version: "2012-10-17", Statement: [] };
    role = addRole(person.world.clusters, "kops-printed", nobody);
    person.world.mallory.mayAssume = [arn];
    person.write(
      "policy-config",
      `[profile printed]\nrole_arn = ${arn}\nsource_profile = default\nmfa_serial = ${person.serial}\n` +
        `[profile without]\nrole_arn = ${arn}\nsource_profile = default\n` +
        `[profile mallory]\nrole_arn = ${arn}\nsource_profile = mallory\nmfa_serial = arn:aws:iam::111111111111:mfa/mallory\n`,
    );
  });

  /** Prints a policy for the role of the profile, and puts it in force. */
  async function enforce(...args: readonly string[]): Promise<void> {
    const env = { AWS_CONFIG_FILE: person.path("policy-config") };
    const { exitCode, stdout, stderr } = await person.run(
      ["policy", "printed", ...store, ...args],
      { env },
    );
    expect(exitCode, stderr).toBe(0);
    const json = JSON.parse(stdout) as Printed;
    expect(json.role_arn).toBe(arn);
    role.trustPolicy = json.trust_policy;
  }

  const login = (profile: string, ...args: readonly string[]) =>
    person.run(["login", profile, "--no-prompt", ...args], {
      env: { AWS_CONFIG_FILE: person.path("policy-config") },
    });
  const outcomes = () =>
    person.sandbox.requests
      .filter(({ action }) => action === "AssumeRole" || action === "GetSessionToken")
      .map(({ action, outcome }) => `${action ?? ""} ${outcome ?? ""}`);

  test("lets nobody in without a code", async () => {
    await enforce("--user", "jon");
    const { exitCode, stderr } = await login("without");
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`may not assume ${arn}`);
    expect(outcomes()).toEqual(["AssumeRole AccessDenied"]);
  });

  test.for(["", "--no-session"])("lets the user in with one %s", async (way) => {
    await enforce("--user", "jon");
    const words = way === "" ? [] : [way];
    const { exitCode, stderr } = await login("printed", ...words, "--token-code", person.code());
    expect(exitCode).toBe(0);
    expect(stderr).toContain(":assumed-role/kops-printed/jon");
    expect(outcomes().at(-1)).toBe("AssumeRole OK");
  });

  test("lets no other user in, who has a code and may assume it", async () => {
    await enforce("--user", "jon");
    const code = person.sandbox.code("arn:aws:iam::111111111111:mfa/mallory");
    const { exitCode } = await login("mallory", "--token-code", code);
    expect(exitCode).toBe(1);
    expect(outcomes()).toContain("AssumeRole AccessDenied");
    expect(outcomes()).not.toContain("AssumeRole OK");
  });

  test("without users, whoever the account lets: with a code", async () => {
    await enforce();
    const code = person.sandbox.code("arn:aws:iam::111111111111:mfa/mallory");
    expect((await login("mallory", "--token-code", code)).exitCode).toBe(0);
    expect((await login("without")).exitCode).toBe(1);
  });

  test("--mfa-age: an MFA session that is older is refused, and a new code goes with the role", async () => {
    await enforce("--user", "jon", "--mfa-age", "1h");
    await login("printed", "--token-code", person.code());
    expect(outcomes()).toEqual(["GetSessionToken OK", "AssumeRole OK"]);
    person.sandbox.advance(61 * 60_000);
    person.shortenSessions("AssumeRole", -1);
    const stale = await login("printed");
    expect(stale.exitCode).toBe(1);
    expect(outcomes().at(-1)).toBe("AssumeRole AccessDenied");
    const { exitCode, stderr } = await login("printed", "--token-code", person.code());
    expect(exitCode, stderr).toBe(0);
    expect(outcomes().at(-1)).toBe("AssumeRole OK");
  });

  describe("--session-name-rule", () => {
    test("takes the name that kops-mfa gives by default", async () => {
      await enforce("--user", "jon", "--session-name-rule");
      expect((await login("printed", "--token-code", person.code())).exitCode).toBe(0);
    });

    test("refuses another, and takes ${user} of a device that is not named like the user", async () => {
      await enforce("--user", "jon", "--session-name-rule");
      const other = await login(
        "printed",
        "--role-session-name",
        "mallory",
        "--token-code",
        person.code(),
      );
      expect(other.exitCode).toBe(1);
      person.sandbox.forgetCodes();
      person.forget();
      const named = await login(
        "printed",
        "--role-session-name",
        "${user}",
        "--token-code",
        person.code(),
      );
      expect(named.exitCode, named.stderr).toBe(0);
    });
  });
});

describe.skipIf(skipWithoutAws)("the printed bucket policy, in force", { timeout: 120_000 }, () => {
  beforeAll(async () => {
    const { stdout } = await person.run([
      ...["policy", "prod", "--bucket-policy", "--cluster", "one.example.com"],
      ...["--state-store", `s3://${person.world.stateStore.name}`],
    ]);
    const { bucket_policy } = JSON.parse(stdout) as { bucket_policy: PolicyDocument };
    person.world.stateStore.policy = bucket_policy;
  });
  afterAll(() => {
    person.world.stateStore.policy = null;
  });

  /** Lists the state store with the session of a profile. */
  async function list(profile: string) {
    const session = await person.run([
      ...["env", profile, "--format", "json", "--token-code", person.code()],
    ]);
    const bucket = ["s3api", "list-objects-v2", "--bucket", person.world.stateStore.name];
    return runProgram(awsProgram, ["--endpoint-url", person.sandbox.url, ...bucket], {
      ...person.env,
      ...(JSON.parse(session.stdout) as Record<string, string>),
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_DEFAULT_REGION: person.world.stateStore.region,
    });
  }

  test("lets the role's sessions in", async () => {
    const { exitCode, stdout, stderr } = await list("prod");
    expect(exitCode, stderr).toBe(0);
    expect(stdout).toContain("one.example.com/config");
  });

  test("and no other role's, whatever that may do", async () => {
    const { exitCode, stderr } = await list("staging");
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain("with an explicit deny in a resource-based policy");
  });
});

describe("the script", () => {
  /** Both accounts, with users in one and the role in the other. */
  const clusters = new IamAccount("222222222222");
  const people = new IamAccount("111111111111");
  const both = [clusters, people];
  beforeAll(() => Promise.all(both.map((account) => account.start())));
  afterAll(() => Promise.all(both.map((account) => account.stop())));

  const userPolicy = "arn:aws:iam::111111111111:policy/assume-kops-admin";
  const args = [
    ...["--account", "222222222222", "--user-account", "111111111111", "--format", "script"],
    ...["--user", "team/jon", "--group", "operators", "--manage-clusters", "--bucket-policy"],
  ];

  /** Runs the script in a shell, with an `aws` that is the real one and calls this account. */
  async function run(shell: "bash" | "dash", script: string, account: IamAccount) {
    const file = findShell(shell);
    if (file === null) throw new Error(`${shell} is not installed`);
    person.write(
      "bin/aws",
      `#!/bin/sh\nexec ${awsProgram} --endpoint-url ${account.url} "$@"\n`,
      0o700,
    );
    return runProgram(file, shellArguments(shell, script), {
      ...person.env,
      AWS_ACCESS_KEY_ID: "AKIATESTTESTTESTADM0",
      AWS_SECRET_ACCESS_KEY: "test/secret+admin/not/a/real/key/0000000",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_REGION: "eu-west-1",
      AWS_DEFAULT_REGION: "eu-west-1",
    });
  }

  // Each call of the AWS CLI takes a second or more.
  describe.skipIf(skipWithoutAws)("with the AWS CLI", { timeout: 240_000 }, () => {
    describeShell("dash", () => {
      test("makes the role in one account and the users' policy in the other", async () => {
        const { stdout: script } = await policy(...args);
        expect(await run("dash", script, clusters)).toEqual({
          exitCode: 0,
          stdout: "arn:aws:iam::222222222222:role/kops-admin\n",
          stderr: "",
        });
        expect(await run("dash", script, people)).toEqual({
          exitCode: 0,
          stdout: `${userPolicy}\n`,
          stderr: "",
        });
        const { stdout } = await policy(
          ...args.filter((word) => word !== "--format" && word !== "script"),
        );
        const json = JSON.parse(stdout) as Record<string, unknown>;
        const role = clusters.roles.get("kops-admin");
        expect(JSON.parse(role?.trustPolicy ?? "")).toEqual(json["trust_policy"]);
        expect(JSON.parse(role?.policies.get("kops-state-store") ?? "")).toEqual(
          json["permissions_policy"],
        );
        expect(JSON.parse(clusters.bucketPolicies.get("clusters.example.com") ?? "")).toEqual(
          json["bucket_policy"],
        );
        expect(JSON.parse(people.policies.get(userPolicy)?.[0]?.document ?? "")).toEqual(
          json["user_policy"],
        );
        expect([...people.attachments]).toEqual([
          `group operators ${userPolicy}`,
          `user jon ${userPolicy}`,
        ]);
        expect(clusters.attachments.size).toBe(6);
        expect([people.roles.size, clusters.policies.size]).toEqual([0, 0]);
      });

      test("again: changes what differs, and keeps to five versions", async () => {
        const { stdout: script } = await policy(
          ...args,
          "--mfa-age",
          "1h",
          "--max-session-duration",
          "8h",
        );
        const { exitCode, stderr } = await run("dash", script, clusters);
        expect([exitCode, stderr]).toEqual([0, ""]);
        const role = clusters.roles.get("kops-admin");
        expect(role?.trustPolicy).toContain('"NumericLessThan":{"aws:MultiFactorAuthAge":"3600"}');
        expect(role?.maxSessionDuration).toBe("28800");
        // Now the users' policy is as often changed as IAM remembers.
        people.keepVersions(userPolicy, ["v1", "v2", "v3", "v4", "v5"]);
        expect((await run("dash", script, people)).stderr).toBe("");
        expect(people.policies.get(userPolicy)?.map(({ id }) => id)).toEqual([
          ...["v2", "v3", "v4", "v5", "v6"],
        ]);
      });
    });

    test("leaves another role of that name alone, and other accounts", async () => {
      const { stdout: elsewhere } = await policy(...args, "--role-name", "team/kops-admin");
      clusters.calls.length = 0;
      const other = await run("bash", elsewhere, clusters);
      expect(other).toEqual({
        exitCode: 1,
        stdout: "",
        stderr: "there is another role of that name: arn:aws:iam::222222222222:role/kops-admin\n",
      });
      expect(clusters.calls).toEqual(["GetCallerIdentity", "GetRole"]);
      const { stdout: alone } = await policy("--account", "333333333333", "--format", "script");
      const wrong = await run("bash", alone, clusters);
      expect([wrong.exitCode, wrong.stdout]).toEqual([1, ""]);
    });
  });

  test("asks before it acts, and stops at the first failure", async () => {
    const { stdout: script } = await policy("--account", "222222222222", "--format", "script");
    person.write(
      "bin/aws",
      `#!/bin/sh\necho "$*" >> "$HOME/aws-calls"\ncase $2 in get-caller-identity) echo 222222222222 ;; get-role) exit 254 ;; create-role) exit 253 ;; esac\n`,
      0o700,
    );
    const { exitCode } = await runProgram("bash", ["-c", script], person.env);
    expect(exitCode).toBe(253);
    const { stdout } = await runProgram("cat", [person.path("aws-calls")], person.env);
    expect(stdout.split("\n").map((line) => line.split(" ").slice(0, 2).join(" "))).toEqual([
      "sts get-caller-identity",
      "iam get-role",
      "iam create-role",
      "",
    ]);
  });
});
