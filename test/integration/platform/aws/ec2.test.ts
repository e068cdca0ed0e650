import { expect, test } from "vitest";
import type { Ec2Target } from "../../../../src/context/s3-ec2.ts";
import { openEc2, regionalHost } from "../../../../src/platform/aws/ec2.ts";
import { serve } from "../../../sandbox/serve.ts";
import { launchWithRole } from "../providers/open-role.ts";

const target: Ec2Target = {
  region: "eu-west-1",
  endpoint: null,
  useFips: false,
  useDualstack: false,
  caBundle: null,
  timeoutMs: 2000,
};

async function launch() {
  const launched = await launchWithRole();
  return { ...launched, ec2: openEc2({ ...target, endpoint: launched.sandbox.url }) };
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
  const endpoint = await serve((_, response) => response.end("<html><body>Log in</body></html>"));
  expect(await openEc2({ ...target, endpoint }).describeRegions(caller)).toEqual({
    kind: "unreachable",
    host: new URL(endpoint).host,
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
