import { STSClient } from "@aws-sdk/client-sts";
import { describe, expect, test } from "vitest";
import { type RawRequest, errorIn, sendRaw, signedByTheSdk } from "../../sandbox/raw-request.ts";
import { startSandbox } from "../../sandbox/server.ts";
import {
  accessDenied,
  JON,
  NOON,
  assume,
  kopsRole,
  launch,
  mfaOfJon,
  refusalOf,
  whoAmI,
} from "../../sandbox/support.ts";
import { kopsWorld } from "../../sandbox/world.ts";

describe("the request log", () => {
  test("has who asked for what, and how it went, and no secret", async () => {
    const { sandbox, world, client } = await launch();
    const jon = client(world.jon.accessKeys[0], { region: "us-west-2", customUserAgent: "kops" });
    const code = sandbox.code(JON);
    const { Credentials } = await jon.send(assume({ SerialNumber: JON, TokenCode: code }));
    await refusalOf(client(Credentials, { region: "mars" }).send(whoAmI()));
    expect(sandbox.requests).toEqual([
      {
        action: "AssumeRole",
        params: {
          Action: "AssumeRole",
          Version: "2011-06-15",
          RoleArn: kopsRole("kops-admin"),
          RoleSessionName: "jon",
          SerialNumber: JON,
          TokenCode: code,
        },
        accessKeyId: "AKIATESTTESTTESTJON0",
        region: "us-west-2",
        userAgent: expect.stringContaining("kops") as string,
        receivedAt: NOON,
        outcome: "OK",
      },
      {
        action: "GetCallerIdentity",
        params: { Action: "GetCallerIdentity", Version: "2011-06-15" },
        accessKeyId: Credentials!.AccessKeyId,
        region: "mars",
        userAgent: expect.any(String) as string,
        receivedAt: NOON,
        outcome: "SignatureDoesNotMatch",
      },
    ]);
    const log = JSON.stringify(sandbox.requests);
    expect(log).not.toContain(Credentials!.SessionToken);
    expect(log).not.toContain(world.jon.accessKeys[0]!.secretAccessKey);
  });
});

describe("endpoint", () => {
  test.for<[string, (request: RawRequest) => RawRequest, string]>([
    ["GET", (request) => ({ ...request, method: "GET" }), "405 MethodNotAllowed"],
    ["PUT", (request) => ({ ...request, method: "PUT" }), "405 MethodNotAllowed"],
    ["another path", (request) => ({ ...request, path: "/sts" }), "404 NotFound"],
    ["two slashes", (request) => ({ ...request, path: "//" }), "404 NotFound"],
    ["no action", (request) => ({ ...request, body: "" }), "400 MissingAction: Missing Action"],
    [
      "JSON",
      (request) => ({
        ...request,
        headers: { ...request.headers, "content-type": "application/x-amz-json-1.1" },
      }),
      "400 MissingAction: Missing Action",
    ],
    [
      "unknown action",
      (request) => ({ ...request, body: "Action=DeleteRole&Version=2011-06-15" }),
      "400 InvalidAction: Could not find operation DeleteRole for version 2011-06-15",
    ],
    [
      "no version",
      (request) => ({ ...request, body: "Action=GetCallerIdentity" }),
      "400 InvalidAction: Could not find operation GetCallerIdentity for version NO_VERSION_SPECIFIED",
    ],
    [
      "a body without end",
      (request) => ({ ...request, body: "x".repeat(1_000_000) }),
      "413 RequestEntityTooLarge",
    ],
  ])("%s", async ([, edit, error]) => {
    const launched = await launch();
    const signed = edit(await signedByTheSdk(launched));
    const answer = await sendRaw(launched.sandbox.url, signed);
    expect(errorIn(answer)).toContain(error);
    expect(answer.headers["content-type"]).toBe("text/xml");
    await launched.whoIs(launched.world.jon.accessKeys[0]);
  });
});

describe("control", () => {
  test("a code that no device has is the test's own mistake", async () => {
    const { sandbox } = await launch();
    expect(() => sandbox.code("arn:aws:iam::111111111111:mfa/nobody")).toThrow(
      "the sandbox's world has no MFA device arn:aws:iam::111111111111:mfa/nobody",
    );
  });

  test("advance moves the codes with the clock", async () => {
    const { sandbox } = await launch();
    const next = sandbox.code(JON, 1);
    sandbox.advance(30_000);
    expect(sandbox.code(JON)).toBe(next);
    expect(sandbox.now()).toBe(NOON + 30_000);
  });

  test("forgetCodes lets a test use one code twice", async () => {
    const launched = await launch();
    const { sandbox, world, client } = launched;
    const jon = client(world.jon.accessKeys[0]);
    await jon.send(assume(mfaOfJon(launched)));
    expect(await refusalOf(jon.send(assume(mfaOfJon(launched))))).toEqual(
      accessDenied("MultiFactorAuthentication failed with invalid MFA one time pass code."),
    );
    sandbox.forgetCodes();
    await jon.send(assume(mfaOfJon(launched)));
    expect(sandbox.requests.map(({ outcome }) => outcome)).toEqual(["OK", "AccessDenied", "OK"]);
  });

  test("reset forgets everything but the world", async () => {
    const { sandbox, world, client } = await launch();
    const open = assume({ RoleArn: kopsRole("kops-open") });
    const { Credentials } = await client(world.jon.accessKeys[0]).send(open);
    sandbox.fault({ kind: "reset" });
    sandbox.advance(3600_000);
    sandbox.reset();
    expect(sandbox.requests).toEqual([]);
    expect(sandbox.now()).toBe(NOON);
    const { code } = await refusalOf(client(Credentials).send(whoAmI()));
    expect(code).toBe("InvalidClientTokenId");
  });

  test("runs on the machine's clock, on a port that may be chosen, until it is closed", async () => {
    const world = kopsWorld();
    const first = await startSandbox({ world });
    expect(Math.abs(first.now() - Date.now())).toBeLessThan(1000);
    const port = Number(new URL(first.url).port);
    await expect(startSandbox({ world, port })).rejects.toThrow("EADDRINUSE");
    const sts = new STSClient({
      endpoint: first.url,
      region: "us-east-1",
      maxAttempts: 1,
      credentials: world.jon.accessKeys[0]!,
    });
    await sts.send(whoAmI());
    await first.close();
    await expect(sts.send(whoAmI())).rejects.toThrow(/ECONNREFUSED|socket hang up/);
    const second = await startSandbox({ world, port });
    expect(second.url).toBe(first.url);
    await sts.send(whoAmI());
    await second.close();
    sts.destroy();
  });
});

test("sessions last as long as a test wants, and no longer", async () => {
  const { sandbox, world, client } = await launch();
  const open = () =>
    client(world.jon.accessKeys[0]).send(assume({ RoleArn: kopsRole("kops-open") }));
  sandbox.limitLife("assumed-role", 20);
  const { Credentials: short } = await open();
  expect(short?.Expiration).toEqual(new Date(NOON + 20_000));
  sandbox.advance(21_000);
  expect(await refusalOf(client(short).send(whoAmI()))).toMatchObject({ code: "ExpiredToken" });
  sandbox.reset();
  const { Credentials: whole } = await open();
  expect(whole?.Expiration).toEqual(new Date(NOON + 3_600_000));
});
