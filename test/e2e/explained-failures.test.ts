import { existsSync, rmSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { PolicyDocument, Statement } from "../sandbox/policy/document.ts";
import { Person } from "./person.ts";

let person: Person;
let env: Record<string, string>;
beforeAll(async () => {
  person = await Person.arrive();
  person.write("bin/kops", kops, 0o755);
  person.write("later.cjs", laterClock);
});
afterAll(() => person.leave());
beforeEach(async () => {
  person.forget();
  rmSync(person.path("later"), { force: true });
  const { stateStore, jon, clusters } = person.world;
  stateStore.policy = null;
  jon.mayRead.length = 0;
  for (const role of clusters.roles) role.mayRead.splice(0, Infinity, stateStore.name);
  env = {
    AWS_PROFILE: "prod",
    AWS_ENDPOINT_URL_S3: person.sandbox.url,
    KOPS_STATE_STORE: "s3://clusters-example-com",
  };
  const login = await person.run(["login", "--token-code", person.code()], { env });
  expect(login.exitCode, login.stderr).toBe(0);
  logins = person.sandbox.requests.length;
});

/** Says of its failures what kops says of most. */
const kops = `#!/bin/sh
[ -z "$LATER" ] || touch "$HOME/later"
[ -z "$SIGNAL" ] || kill -s "$SIGNAL" $$
[ "\${STATUS:-1}" = 0 ] || echo "Error: error reading state store: api error Forbidden: Forbidden" >&2
exit "\${STATUS:-1}"
`;
const kopsSays = "Error: error reading state store: api error Forbidden: Forbidden\n";

/** A clock that is two hours on once there is a file of that name. */
const laterClock = `const { existsSync } = require("node:fs");
const now = Date.now;
Date.now = () => now() + (existsSync(process.env.HOME + "/later") ? 7_200_000 : 0);
`;

const admin = "arn:aws:iam::222222222222:role/kops-admin";
let logins = 0;

function fail(more: Record<string, string> = {}, words = ["get", "clusters"]) {
  return person.run(words, { env: { ...env, ...more } });
}

const calls = () =>
  person.sandbox.requests.slice(logins).map(({ action, outcome }) => `${action} ${outcome}`);

function explained(message: string, hint: string) {
  return {
    exitCode: 1,
    stdout: "",
    stderr: `${kopsSays}kops-mfa: ${message}\n          ${hint}\n`,
  };
}

function policy(statement: Partial<Statement> & Pick<Statement, "Effect">): PolicyDocument {
  const whole = { Principal: "*", Action: "s3:*", ...statement } as const;
  return { Version: "2012-10-17", Statement: [whole] };
}

const mfa =
  "If a policy there asks for MFA, no session of a role can meet it: use a profile without role_arn, or ask for MFA in the role's trust policy instead.";

test("where all is well with the session, kops alone has said what is wrong", async () => {
  expect(await fail()).toEqual({ exitCode: 1, stdout: "", stderr: kopsSays });
  expect(calls()).toEqual(["ListObjectsV2 PermanentRedirect", "ListObjectsV2 OK"]);
});

test("kops's exit code is kept; where it is 0, or a signal's, nobody asks", async () => {
  expect((await fail({ STATUS: "7" })).exitCode).toBe(7);
  const before = calls().length;
  expect(await fail({ STATUS: "130" })).toMatchObject({ exitCode: 130, stderr: kopsSays });
  expect(await fail({ STATUS: "0" })).toEqual({ exitCode: 0, stdout: "", stderr: "" });
  expect(calls()).toHaveLength(before);
});

test("a kops that was ended by a signal is not explained", async () => {
  person.world.stateStore.policy = policy({ Effect: "Deny" });
  const { stderr } = await fail({ SIGNAL: "TERM" });
  expect([stderr, calls()]).toEqual(["", []]);
});

test("a role that may not read the state store", async () => {
  for (const role of person.world.clusters.roles) role.mayRead.length = 0;
  expect(await fail()).toEqual(
    explained(
      `${admin} may not read the state store s3://clusters-example-com (KOPS_STATE_STORE)`,
      `The role needs s3:ListBucket, s3:GetBucketLocation and s3:GetObject there. ${mfa}`,
    ),
  );
});

test("a bucket policy that wants MFA: no role can meet it, and the cure that is named works", async () => {
  const { world } = person;
  const people = { AWS: "arn:aws:iam::111111111111:root" };
  const [deny, allow] = [
    policy({
      Effect: "Deny",
      Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
    }),
    policy({ Effect: "Allow", Principal: people }),
  ];
  world.stateStore.policy = { ...deny, Statement: [...deny.Statement, ...allow.Statement] };
  world.jon.mayRead.push("*");
  expect(await fail()).toEqual(
    explained(
      `the policy of bucket "clusters-example-com" denies ${admin} the state store s3://clusters-example-com`,
      mfa,
    ),
  );
  const user = await fail({ AWS_PROFILE: "me" });
  expect(user).toEqual({ exitCode: 1, stdout: "", stderr: kopsSays });
  expect(calls().at(-1)).toBe("ListObjectsV2 OK");
});

test("the session was over before kops was: told without a call", async () => {
  expect(existsSync(person.path("later"))).toBe(false);
  const NODE_OPTIONS = `--require ${person.path("later.cjs")}`;
  const { stderr } = await fail({ LATER: "1", NODE_OPTIONS });
  expect(stderr).toMatch(
    /^Error: [^\n]+\nkops-mfa: the session expired 1 h(?: \d+ min)? before kops ended, which kops shows as BadRequest, Forbidden or a time-out\n {10}Run it again, with a new session; `kops-mfa --server` renews it meanwhile\.\n$/,
  );
  expect(calls()).toEqual([]);
});

test.skipIf("execve" in process)(
  "the same of a command of exec, where kops-mfa is still there",
  async () => {
    const NODE_OPTIONS = `--require ${person.path("later.cjs")}`;
    const { stderr } = await fail({ LATER: "1", NODE_OPTIONS }, ["exec", "--", "kops", "get"]);
    expect(stderr).toMatch(/\nkops-mfa: the session expired 1 h(?: \d+ min)? before kops ended/);
    expect(calls()).toEqual([]);
  },
);

test.for([
  ["over", "ExpiredToken", "ExpiredToken"],
  ["unknown", "InvalidAccessKeyId", "InvalidClientTokenId"],
] as const)("a session that is %s for AWS", async ([how, toS3, toSts]) => {
  if (how === "over") person.sandbox.expireSessions();
  else person.sandbox.reset();
  expect((await fail()).stderr).toContain(
    `kops-mfa: AWS does not accept this session any more (${toS3}), which kops shows as BadRequest or Forbidden\n`,
  );
  // Without a state store STS is asked.
  expect((await fail({ KOPS_STATE_STORE: "" })).stderr).toContain(`any more (${toSts}), which`);
  expect((await fail({ KOPS_STATE_STORE: "gs://b" })).stderr).toContain(`any more (${toSts})`);
});

test("a state store that is not there, by each way to name one", async () => {
  const missing = (from: string) =>
    explained(
      `there is no bucket "gone" where AWS_ENDPOINT_URL_S3 sends kops (${from})`,
      "Correct the name of the state store, or make the bucket first: kops makes none.",
    );
  expect(await fail({}, ["--state=s3://gone", "get", "clusters"])).toEqual(missing("--state"));
  expect(await fail({ KOPS_STATE_STORE: "s3://gone/x/" })).toEqual(missing("KOPS_STATE_STORE"));
  person.write(".kops.yaml", "KOPS_STATE_STORE: s3://gone\n");
  expect(await fail({ KOPS_STATE_STORE: "" })).toEqual(missing("~/.kops.yaml"));
  rmSync(person.path(".kops.yaml"));
  const settings = person.write("s.ini", "[prod]\nstate_store = s3://gone\n");
  const own = await fail({ KOPS_MFA_CONFIG: settings, KOPS_STATE_STORE: "" });
  expect(own).toEqual(missing("KOPS_STATE_STORE"));
});

test("variables that send kops elsewhere", async () => {
  const nowhere = "http://127.0.0.1:1";
  expect(await fail({ AWS_ENDPOINT_URL_S3: nowhere })).toEqual(
    explained(
      "AWS_ENDPOINT_URL_S3 sends kops to 127.0.0.1:1 for the state store, and no S3 answers there",
      "Correct it, or take it out if the state store is in AWS.",
    ),
  );
  const hint =
    "If the state store is in AWS: unset S3_ENDPOINT S3_REGION S3_ACCESS_KEY_ID S3_SECRET_ACCESS_KEY";
  const custom = { S3_ENDPOINT: nowhere, S3_ACCESS_KEY_ID: "minio" };
  expect(await fail(custom)).toEqual(
    explained(
      "S3_ENDPOINT sends kops to 127.0.0.1:1 for the state store, with S3_ACCESS_KEY_ID and not with this session; that fails",
      hint,
    ),
  );
  expect((await fail({ ...custom, S3_SECRET_ACCESS_KEY: "test" })).stderr).toContain(hint);
});

test("an S3 that does not answer holds nobody up for long", async () => {
  person.sandbox.fault({ kind: "hang", action: "ListObjectsV2" });
  const start = Date.now();
  const { AWS_ENDPOINT_URL_S3, ...rest } = env;
  const config = person.write(
    "hanging",
    `[default]\nregion = eu-west-1\nendpoint_url = ${AWS_ENDPOINT_URL_S3}\n[profile prod]\nrole_arn = ${admin}\nsource_profile = default\nmfa_serial = ${person.serial}\n`,
  );
  const { exitCode, stderr } = await person.run(["get", "clusters"], {
    env: { ...rest, AWS_CONFIG_FILE: config },
  });
  expect([exitCode, stderr]).toEqual([
    1,
    `${kopsSays}kops-mfa: ~/hanging:3 (endpoint_url) sends kops to ${new URL(AWS_ENDPOINT_URL_S3!).host} for the state store, and no S3 answers there\n          Correct it, or take it out if the state store is in AWS.\n`,
  ]);
  expect(Date.now() - start).toBeLessThan(15_000);
});
