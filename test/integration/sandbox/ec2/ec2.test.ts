import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { errorIn, sendRaw } from "../../../sandbox/raw-request.ts";
import { assume, kopsRole, launch, type Launched } from "../../../sandbox/support.ts";

const AWS = "/usr/bin/aws";

/** The AWS CLI as the client, with a session of a role. */
async function describeRegions({ sandbox, client, world }: Launched) {
  const command = assume({ RoleArn: kopsRole("kops-open") });
  const { Credentials } = await client(world.jon.accessKeys[0]).send(command);
  return (args: readonly string[] = []) => {
    const env = {
      PATH: "/usr/bin:/bin",
      AWS_PAGER: "",
      AWS_DEFAULT_REGION: "eu-west-1",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_CONFIG_FILE: "/dev/null",
      AWS_ACCESS_KEY_ID: Credentials?.AccessKeyId ?? "",
      AWS_SECRET_ACCESS_KEY: Credentials?.SecretAccessKey ?? "",
      AWS_SESSION_TOKEN: Credentials?.SessionToken ?? "",
    };
    const all = ["ec2", "describe-regions", "--endpoint-url", sandbox.url, "--output", "json"];
    return new Promise<{ stdout: string; stderr: string }>((resolve) => {
      execFile(AWS, [...all, ...args], { env }, (_, stdout, stderr) => resolve({ stdout, stderr }));
    });
  };
}

describe.skipIf(!existsSync(AWS))(`the AWS CLI (${AWS})`, () => {
  test("reads the regions", async () => {
    const ask = await describeRegions(await launch({ clock: Date.now }));
    const { Regions } = JSON.parse((await ask()).stdout) as { Regions: object[] };
    expect(Regions).toContainEqual({
      RegionName: "eu-west-1",
      Endpoint: "ec2.eu-west-1.amazonaws.com",
      OptInStatus: "opt-in-not-required",
    });
  });

  test.for<readonly [title: string, says: string, change: (launched: Launched) => void]>([
    [
      "not permitted",
      "(UnauthorizedOperation) when calling the DescribeRegions operation: You are not authorized",
      ({ world }) => world.clusters.roles.forEach((role) => (role.denyDescribeRegions = true)),
    ],
    ["an expired session", "(RequestExpired)", ({ sandbox }) => sandbox.expireSessions()],
    ["an unknown session", "(AuthFailure)", ({ sandbox }) => sandbox.reset()],
    ["a wrong clock", "(AuthFailure)", ({ sandbox }) => sandbox.advance(600_000)],
  ])("%s", async ([, says, change]) => {
    const launched = await launch({ clock: Date.now });
    const ask = await describeRegions(launched);
    change(launched);
    expect((await ask()).stderr).toContain(says);
  });
});

test("unsigned requests and other actions are refused", async () => {
  const { sandbox } = await launch();
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const ask = async (action: string) =>
    errorIn(
      await sendRaw(sandbox.url, {
        ...{ method: "POST", path: "/", headers },
        body: `Action=${action}&Version=2016-11-15`,
      }),
    );
  expect(await ask("DescribeRegions")).toContain("403 MissingAuthenticationToken");
  expect(await ask("RunInstances")).toContain("400 InvalidAction");
});
