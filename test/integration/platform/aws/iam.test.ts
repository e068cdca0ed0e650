import type { RequestListener } from "node:http";
import { expect, test } from "vitest";
import type { AwsCredentials, StsTarget } from "../../../../src/context/sts.ts";
import { openSts } from "../../../../src/platform/aws/sts.ts";
import type { AccessKey } from "../../../sandbox/directory.ts";
import { serve } from "../../../sandbox/serve.ts";
import { launch } from "../../../sandbox/support.ts";

const target: StsTarget = {
  region: "eu-west-1",
  endpoint: null,
  iamEndpoint: null,
  useFips: false,
  useDualstack: false,
  caBundle: null,
  timeoutMs: 2000,
};

const serial = "arn:aws:iam::111111111111:mfa/jon";

async function launchHere() {
  const { world, sandbox } = await launch({ clock: Date.now });
  const here = { ...target, endpoint: sandbox.url, iamEndpoint: sandbox.url };
  return { world, sandbox, here };
}

function credentials(key: AccessKey | undefined): AwsCredentials {
  return {
    accessKeyId: key?.accessKeyId ?? "",
    secretAccessKey: key?.secretAccessKey ?? "",
    sessionToken: null,
  };
}

const list = (where: StsTarget, key: AccessKey | undefined) =>
  openSts(where, (_, work) => work).listMfaDevices(credentials(key));

test("the devices of the keys' user", async () => {
  const { world, sandbox, here } = await launchHere();
  world.jon.mfaDevices.push({ serial: `${serial}-2`, secret: "" });
  expect(await list(here, world.jon.accessKeys[0])).toEqual([serial, `${serial}-2`]);
  expect(sandbox.requests).toMatchObject([
    { action: "ListMFADevices", region: "us-east-1", outcome: "OK" },
  ]);
});

test("one, and none", async () => {
  const { world, here } = await launchHere();
  expect(await list(here, world.jon.accessKeys[0])).toEqual([serial]);
  world.jon.mfaDevices.length = 0;
  expect(await list(here, world.jon.accessKeys[0])).toEqual([]);
});

test.for(["cn-northwest-1", "us-gov-east-1"])("in the partition of %s", async (region) => {
  const { world, here } = await launchHere();
  const [user] = world.accounts[region.startsWith("cn") ? 2 : 3]!.users;
  const [found] = (await list({ ...here, region }, user?.accessKeys[0])) ?? [];
  expect(found).toBe(user?.mfaDevices[0]?.serial);
});

test("with a session that carries MFA", async () => {
  const { world, sandbox, here } = await launchHere();
  const sts = openSts(here, (_, work) => work);
  const mfa = { serialNumber: serial, tokenCode: sandbox.code(serial) };
  const session = await sts.getSessionToken(credentials(world.jon.accessKeys[0]), {
    durationSeconds: 900,
    mfa,
  });
  expect(await sts.listMfaDevices(session.credentials)).toEqual([serial]);
});

test("on a machine whose clock is wrong, after STS has told", async () => {
  const { world, sandbox, here } = await launchHere();
  sandbox.advance(20 * 60_000);
  const sts = openSts(here, (_, work) => work);
  const caller = credentials(world.jon.accessKeys[0]);
  await sts.getCallerIdentity(caller);
  expect(await sts.listMfaDevices(caller)).toEqual([serial]);
});

test("not permitted", async () => {
  const { world, here } = await launchHere();
  world.jon.denyListMfaDevices = true;
  expect(await list(here, world.jon.accessKeys[0])).toBe(null);
});

test("nobody answers there", async () => {
  const { world, sandbox, here } = await launchHere();
  await sandbox.close();
  expect(await list(here, world.jon.accessKeys[0])).toBe(null);
});

test("who has an STS of their own and no IAM is not sent to AWS's", async () => {
  const { world, here } = await launchHere();
  expect(await list({ ...here, iamEndpoint: null }, world.jon.accessKeys[0])).toBe(null);
});

test("a partition without a known IAM has none", async () => {
  const { world } = await launchHere();
  const start = Date.now();
  expect(await list({ ...target, region: "us-iso-east-1" }, world.jon.accessKeys[0])).toBe(null);
  expect(await list({ ...target, region: "cn-north-1", useFips: true }, undefined)).toBe(null);
  expect(Date.now() - start).toBeLessThan(1500);
});

/** A server that is no IAM. */
const servedBy = async (listener: RequestListener): Promise<StsTarget> => ({
  ...target,
  timeoutMs: 300,
  iamEndpoint: await serve(listener),
});

test.for<readonly [title: string, listener: RequestListener]>([
  ["a proxy's page", (_, response) => void response.end("<html><body>Log in<br></body></html>")],
  ["no XML", (_, response) => void response.end("{}")],
  ["nothing", (_, response) => void response.end()],
  ["other XML", (_, response) => void response.end("<a><b>c</b></a>")],
  ["an error", (_, response) => void response.writeHead(503).end("<a/>")],
  ["a broken connection", (_, response) => void response.destroy()],
  [
    "an answer that breaks off",
    (_, response) => {
      response.writeHead(200, { "content-length": 100 }).write("<ListMFADevicesResponse>");
      setTimeout(() => response.destroy(), 20);
    },
  ],
  ["no answer in time", () => undefined],
  ["an answer that does not end", (_, response) => void response.write("<ListMFADevicesResponse>")],
])("%s is no list", async ([, listener]) => {
  const { world } = await launchHere();
  const start = Date.now();
  expect(await list(await servedBy(listener), world.jon.accessKeys[0])).toBe(null);
  expect(Date.now() - start).toBeLessThan(2000);
});
