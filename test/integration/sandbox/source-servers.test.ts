import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, onTestFinished, test } from "vitest";
import { rootArn } from "../../sandbox/arn.ts";
import { addRole, trust } from "../../sandbox/build.ts";
import { startContainerEndpoint } from "../../sandbox/container-endpoint.ts";
import { startInstanceMetadata } from "../../sandbox/instance-metadata.ts";
import type { Loopback } from "../../sandbox/loopback.ts";
import { mintRole, type Minted } from "../../sandbox/minted.ts";
import { kopsRole, launch } from "../../sandbox/support.ts";

const AWS = "/usr/bin/aws";

/** Who the AWS CLI is, with no credentials but those that this server gives it. */
async function whoIs(
  start: (mint: () => Promise<Minted>) => Promise<Loopback>,
  envOf: (server: Loopback) => Readonly<Record<string, string>>,
): Promise<string> {
  const { sandbox, world } = await launch({ clock: Date.now });
  addRole(world.clusters, "kops-node", trust(rootArn(world.people)));
  const [key] = world.jon.accessKeys;
  const server = await start(() => mintRole(sandbox, key!, kopsRole("kops-node")));
  const home = await mkdtemp(join(tmpdir(), "sandbox-aws-"));
  onTestFinished(() => server.close());
  onTestFinished(() => rm(home, { recursive: true }));
  const env = { HOME: home, PATH: "/usr/bin:/bin", AWS_PAGER: "", AWS_DEFAULT_REGION: "eu-west-1" };
  const args = ["sts", "get-caller-identity", "--endpoint-url", sandbox.url];
  const { stdout } = await promisify(execFile)(
    AWS,
    [...args, "--query", "Arn", "--output", "text"],
    {
      env: { ...env, ...envOf(server) },
    },
  );
  return stdout.trim();
}

describe.skipIf(!existsSync(AWS))(`the AWS CLI (${AWS}) takes its credentials from`, () => {
  const node = "arn:aws:sts::222222222222:assumed-role/kops-node/minted";

  test("the container's endpoint", async () => {
    const arn = await whoIs(
      (mint) => startContainerEndpoint("guard", mint),
      ({ url }) => ({
        AWS_CONTAINER_CREDENTIALS_FULL_URI: `${url}/creds`,
        AWS_CONTAINER_AUTHORIZATION_TOKEN: "guard",
      }),
    );
    expect(arn).toBe(node);
  });

  test("the instance's metadata service", async () => {
    const arn = await whoIs(
      (mint) => startInstanceMetadata("node", mint),
      ({ url }) => ({ AWS_EC2_METADATA_SERVICE_ENDPOINT: `${url}/` }),
    );
    expect(arn).toBe(node);
  });
});
