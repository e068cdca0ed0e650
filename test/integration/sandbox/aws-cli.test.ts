import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, onTestFinished, test } from "vitest";
import { JON, JON_ARN, type Launched, kopsRole, launch } from "../../sandbox/support.ts";

const AWS = "/usr/bin/aws";

interface CliCredentials {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly SessionToken?: string;
}

interface CliOutput {
  readonly Arn: string;
  readonly Credentials: CliCredentials & { readonly Expiration: string };
  readonly AssumedRoleUser: { readonly Arn: string };
  readonly MFADevices: readonly { readonly SerialNumber: string }[];
}

/** `aws sts …` with these credentials and nothing of this machine's configuration. */
function aws(launched: Launched, args: readonly string[], credentials?: CliCredentials) {
  return awsOf("sts", launched, args, credentials);
}

async function awsOf(
  service: string,
  launched: Launched,
  args: readonly string[],
  credentials?: CliCredentials,
) {
  const home = await mkdtemp(join(tmpdir(), "sandbox-aws-"));
  onTestFinished(() => rm(home, { recursive: true }));
  const { accessKeyId, secretAccessKey } = launched.world.jon.accessKeys[0]!;
  const env = {
    HOME: home,
    PATH: "/usr/bin:/bin",
    AWS_PAGER: "",
    // With an endpoint of its own, the CLI signs for this region also where the service has but one.
    AWS_DEFAULT_REGION: service === "iam" ? "us-east-1" : "eu-central-1",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_ACCESS_KEY_ID: credentials?.AccessKeyId ?? accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials?.SecretAccessKey ?? secretAccessKey,
    ...(credentials?.SessionToken && { AWS_SESSION_TOKEN: credentials.SessionToken }),
  };
  const all = [service, ...args, "--endpoint-url", launched.sandbox.url, "--output", "json"];
  const { stdout } = await promisify(execFile)(AWS, all, { env });
  return JSON.parse(stdout) as CliOutput;
}

describe.skipIf(!existsSync(AWS))(`the AWS CLI (${AWS})`, () => {
  test("get-caller-identity", async () => {
    const launched = await launch({ clock: Date.now });
    expect(await aws(launched, ["get-caller-identity"])).toMatchObject({ Arn: JON_ARN });
  });

  test("assume-role with a code, then a role from there", async () => {
    const launched = await launch({ clock: Date.now });
    const role = ["--role-arn", kopsRole("kops-admin"), "--role-session-name", "kops-access"];
    const mfa = ["--serial-number", JON, "--token-code", launched.sandbox.code(JON)];
    const admin = await aws(launched, ["assume-role", ...role, ...mfa]);
    const arn = "arn:aws:sts::222222222222:assumed-role/kops-admin/kops-access";
    expect(admin.AssumedRoleUser.Arn).toBe(arn);
    const identity = await aws(launched, ["get-caller-identity"], admin.Credentials);
    expect(identity.Arn).toBe(arn);
    const next = ["--role-arn", kopsRole("kops-chained"), "--role-session-name", "kops-access"];
    const chained = await aws(launched, ["assume-role", ...next], admin.Credentials);
    expect(chained.AssumedRoleUser.Arn).toContain("assumed-role/kops-chained/kops-access");
  });

  test("get-session-token with a code", async () => {
    const launched = await launch({ clock: Date.now });
    const mfa = ["--serial-number", JON, "--token-code", launched.sandbox.code(JON)];
    const { Credentials } = await aws(launched, ["get-session-token", ...mfa]);
    const seconds = (Date.parse(Credentials.Expiration) - launched.sandbox.now()) / 1000;
    expect(Math.abs(seconds - 43_200)).toBeLessThan(60);
    const identity = await aws(launched, ["get-caller-identity"], Credentials);
    expect(identity.Arn).toBe(JON_ARN);
  });

  test("iam list-mfa-devices, permitted and not", async () => {
    const launched = await launch({ clock: Date.now });
    const { MFADevices } = await awsOf("iam", launched, ["list-mfa-devices"]);
    expect(MFADevices.map(({ SerialNumber }) => SerialNumber)).toEqual([JON]);
    launched.world.jon.denyListMfaDevices = true;
    await expect(awsOf("iam", launched, ["list-mfa-devices"])).rejects.toThrow(
      `An error occurred (AccessDenied) when calling the ListMFADevices operation: User: ${JON_ARN} is not authorized to perform: iam:ListMFADevices on resource: user jon`,
    );
  });

  test("a refusal, as people see it", async () => {
    const launched = await launch({ clock: Date.now });
    const role = ["--role-arn", kopsRole("kops-admin"), "--role-session-name", "jon"];
    await expect(aws(launched, ["assume-role", ...role])).rejects.toThrow(
      `An error occurred (AccessDenied) when calling the AssumeRole operation: User: ${JON_ARN} is not authorized to perform: sts:AssumeRole on resource: ${kopsRole("kops-admin")}`,
    );
  });
});
