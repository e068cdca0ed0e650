import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { addUser } from "../../../sandbox/build.ts";
import type { PolicyDocument, Statement } from "../../../sandbox/policy/document.ts";
import { errorIn, sendRaw } from "../../../sandbox/raw-request.ts";
import {
  assume,
  JON,
  kopsRole,
  launch,
  type Launched,
  type AnyCredentials,
} from "../../../sandbox/support.ts";

const AWS = "/usr/bin/aws";
const bucket = "clusters-example-com";

interface CliEnd {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function identity(credentials: AnyCredentials): Record<string, string> {
  if (credentials === undefined) throw new Error("no credentials");
  if ("accessKeyId" in credentials) {
    const { accessKeyId, secretAccessKey } = credentials;
    return { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
  }
  return {
    AWS_ACCESS_KEY_ID: credentials.AccessKeyId ?? "",
    AWS_SECRET_ACCESS_KEY: credentials.SecretAccessKey ?? "",
    AWS_SESSION_TOKEN: credentials.SessionToken ?? "",
  };
}

/** The AWS CLI as the client: `aws s3api …`. */
function s3api(
  { sandbox }: Launched,
  credentials: AnyCredentials,
  args: readonly string[],
  region = "eu-west-1",
): Promise<CliEnd> {
  const env = {
    PATH: "/usr/bin:/bin",
    AWS_PAGER: "",
    AWS_DEFAULT_REGION: region,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: "/dev/null",
    ...identity(credentials),
  };
  const all = ["s3api", ...args, "--endpoint-url", sandbox.url, "--output", "json"];
  return new Promise((resolve) => {
    execFile(AWS, all, { env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

const list = (launched: Launched, credentials: AnyCredentials, name = bucket) =>
  s3api(launched, credentials, ["list-objects-v2", "--bucket", name, "--prefix", "one."]);

async function roleSession({ client, world }: Launched, name = "kops-open") {
  const command = assume({ RoleArn: kopsRole(name) });
  return (await client(world.jon.accessKeys[0]).send(command)).Credentials;
}

function policy(statement: Partial<Statement> & Pick<Statement, "Effect">): PolicyDocument {
  const whole = { Principal: "*", Action: "s3:*", ...statement } as const;
  return { Version: "2012-10-17", Statement: [whole] };
}

const withoutMfa = { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } };

describe.skipIf(!existsSync(AWS))(`the AWS CLI (${AWS})`, () => {
  const start = () => launch({ clock: Date.now });

  test("a role that may read lists, heads and locates", async () => {
    const launched = await start();
    const session = await roleSession(launched);
    const { stdout } = await list(launched, session);
    expect((JSON.parse(stdout) as { Contents: object[] }).Contents).toMatchObject([
      { Key: "one.example.com/config" },
      { Key: "one.example.com/cluster-completed.spec" },
    ]);
    const head = await s3api(launched, session, ["head-bucket", "--bucket", bucket]);
    expect(head.code).toBe(0);
    const args = ["get-bucket-location", "--bucket", bucket];
    const located = await s3api(launched, session, args, "us-east-1");
    expect(JSON.parse(located.stdout)).toEqual({ LocationConstraint: "eu-west-1" });
    expect(launched.sandbox.requests.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      "AssumeRole OK",
      "ListObjectsV2 OK",
      "HeadBucket OK",
      "GetBucketLocation OK",
    ]);
  });

  test("who is not permitted, and by whom", async () => {
    const launched = await start();
    const { world } = launched;
    const session = await roleSession(launched);
    const [jon] = world.jon.accessKeys;
    expect((await list(launched, jon)).stderr).toContain(
      "An error occurred (AccessDenied) when calling the ListObjectsV2 operation: Access Denied",
    );
    world.clusters.roles.find(({ name }) => name === "kops-open")!.mayRead.length = 0;
    const denied = `(AccessDenied) when calling the ListObjectsV2 operation: User: arn:aws:sts::222222222222:assumed-role/kops-open/jon is not authorized to perform: s3:ListBucket on resource: "arn:aws:s3:::${bucket}"`;
    expect((await list(launched, session)).stderr).toContain(
      `${denied} because no identity-based policy allows the s3:ListBucket action`,
    );
    world.stateStore.policy = policy({ Effect: "Allow" });
    expect((await list(launched, session)).code).toBe(0);
    world.stateStore.policy = policy({ Effect: "Deny", Condition: withoutMfa });
    expect((await list(launched, session)).stderr).toContain(
      `${denied} with an explicit deny in a resource-based policy`,
    );
  });

  test("a policy that wants MFA: the user's own session has it, and no role", async () => {
    const launched = await start();
    const { world, client, sandbox } = launched;
    const ops = addUser(world.clusters, "ops", "OPS0", { mayRead: [bucket] });
    world.stateStore.policy = policy({ Effect: "Deny", Condition: withoutMfa });
    expect((await list(launched, ops.accessKeys[0])).stderr).toContain("explicit deny");
    const { GetSessionTokenCommand } = await import("@aws-sdk/client-sts");
    const sessionOf = async (mfa: object) =>
      (await client(ops.accessKeys[0]).send(new GetSessionTokenCommand(mfa))).Credentials;
    expect((await list(launched, await sessionOf({}))).stderr).toContain("explicit deny");
    const serial = ops.mfaDevices[0]!.serial;
    const mfa = { SerialNumber: serial, TokenCode: sandbox.code(serial) };
    expect((await list(launched, await sessionOf(mfa))).code).toBe(0);
    const mine = { SerialNumber: JON, TokenCode: sandbox.code(JON) };
    const command = assume({ RoleArn: kopsRole("kops-admin"), ...mine });
    const { Credentials } = await client(world.jon.accessKeys[0]).send(command);
    expect((await list(launched, Credentials)).stderr).toContain("explicit deny");
  });

  test.for<readonly [title: string, says: string, change: (launched: Launched) => void]>([
    ["no such bucket", "(NoSuchBucket)", ({ world }) => void (world.clusters.buckets.length = 0)],
    ["an expired session", "(ExpiredToken)", ({ sandbox }) => sandbox.expireSessions()],
    ["an unknown session", "(InvalidAccessKeyId)", ({ sandbox }) => sandbox.reset()],
  ])("%s", async ([, says, change]) => {
    const launched = await start();
    const session = await roleSession(launched);
    change(launched);
    expect((await list(launched, session)).stderr).toContain(says);
  });

  test("the bucket's region is told", async () => {
    const launched = await start();
    const session = await roleSession(launched);
    const args = ["head-bucket", "--bucket", bucket];
    // The CLI is told 301 with the region, and asks there.
    expect((await s3api(launched, session, args, "eu-central-1")).code).toBe(0);
    expect(launched.sandbox.requests.map(({ region, outcome }) => `${region} ${outcome}`)).toEqual([
      "eu-central-1 OK",
      "eu-central-1 PermanentRedirect",
      "eu-west-1 OK",
    ]);
  });
});

test("a request without the hash of its body is refused, and one that is not S3's", async () => {
  const { sandbox } = await launch();
  const headers = { "x-amz-date": "20260115T120000Z" };
  const get = { method: "GET", path: `/${bucket}?list-type=2`, headers, body: "" };
  expect(errorIn(await sendRaw(sandbox.url, get))).toBe(
    "400 InvalidRequest: Missing required header for this request: x-amz-content-sha256",
  );
  const wrong = { ...headers, "x-amz-content-sha256": "0".repeat(64) };
  expect(errorIn(await sendRaw(sandbox.url, { ...get, headers: wrong }))).toContain(
    "400 XAmzContentSHA256Mismatch",
  );
  expect(errorIn(await sendRaw(sandbox.url, { ...get, path: `/${bucket}/key` }))).toContain(
    "501 NotImplemented",
  );
});
