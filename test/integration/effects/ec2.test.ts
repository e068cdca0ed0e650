import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import type { Ec2Target } from "../../../src/context.ts";
import { openEc2, regionalHost } from "../../../src/effects/ec2.ts";
import { mintRole } from "../../sandbox/minted.ts";
import { startSandbox } from "../../sandbox/server.ts";
import { kopsWorld } from "../../sandbox/world.ts";

const target: Ec2Target = {
  region: "eu-west-1",
  endpoint: null,
  useFips: false,
  useDualstack: false,
  caBundle: null,
  timeoutMs: 2000,
};

async function launch() {
  const world = kopsWorld();
  const sandbox = await startSandbox({ world });
  onTestFinished(() => sandbox.close());
  const role = "arn:aws:iam::222222222222:role/kops-open";
  const caller = await mintRole(sandbox, world.jon.accessKeys[0]!, role);
  return { world, sandbox, caller, ec2: openEc2({ ...target, endpoint: sandbox.url }) };
}

test("the regions, by a request signed for EC2", async () => {
  const { sandbox, caller, ec2 } = await launch();
  const answer = await ec2.describeRegions(caller);
  expect(answer).toMatchObject({ kind: "regions" });
  expect(answer.kind === "regions" && answer.regions).toContain("eu-west-1");
  expect(sandbox.requests.at(-1)).toMatchObject({
    ...{ action: "DescribeRegions", region: "eu-west-1", outcome: "OK" },
  });
});

test("refusals come with EC2's own codes", async () => {
  const { world, sandbox, caller, ec2 } = await launch();
  for (const role of world.clusters.roles) role.denyDescribeRegions = true;
  expect(await ec2.describeRegions(caller)).toEqual({
    kind: "refused",
    code: "UnauthorizedOperation",
  });
  sandbox.expireSessions();
  expect(await ec2.describeRegions(caller)).toEqual({ kind: "refused", code: "RequestExpired" });
  sandbox.reset();
  expect(await ec2.describeRegions(caller)).toEqual({ kind: "refused", code: "AuthFailure" });
});

test("no answer, or one that is not EC2's", async () => {
  const { sandbox, caller } = await launch();
  const host = new URL(sandbox.url).host;
  const hurried = openEc2({ ...target, endpoint: sandbox.url, timeoutMs: 200 });
  sandbox.fault({ kind: "hang" });
  expect(await hurried.describeRegions(caller)).toEqual({ kind: "unreachable", host });
  const page = createServer((_, response) => response.end("<html><body>Log in</body></html>"));
  await new Promise<void>((resolve) => page.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void page.close());
  const { port } = page.address() as AddressInfo;
  const endpoint = `http://127.0.0.1:${port}`;
  expect(await openEc2({ ...target, endpoint }).describeRegions(caller)).toEqual({
    kind: "unreachable",
    host: `127.0.0.1:${port}`,
  });
});

test.for([
  [{}, "ec2.eu-west-1.amazonaws.com"],
  [{ useDualstack: true }, "ec2.eu-west-1.api.aws"],
  [{ useFips: true, region: "us-east-1" }, "ec2-fips.us-east-1.amazonaws.com"],
  [{ region: "cn-north-1" }, "ec2.cn-north-1.amazonaws.com.cn"],
  [{ region: "cn-north-1", useDualstack: true }, "ec2.cn-north-1.api.amazonwebservices.com.cn"],
] as const)("%o is at %s", ([change, host]) => {
  expect(regionalHost({ ...target, ...change })).toBe(host);
});
