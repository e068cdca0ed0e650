import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { describe, expect, test } from "vitest";
import { sendRaw, signedByTheSdk } from "../../sandbox/raw-request.ts";
import {
  type Launched,
  assume,
  kopsRole,
  launch,
  mfaOfJon,
  refusalOf,
} from "../../sandbox/support.ts";

const call = ({ client, world }: Launched) =>
  client(world.jon.accessKeys[0]).send(new GetCallerIdentityCommand({}));

const outcomes = ({ sandbox }: Launched) => sandbox.requests.map(({ outcome }) => outcome);

test("a delay holds the answer back", async () => {
  const launched = await launch();
  launched.sandbox.fault({ kind: "delay", ms: 200 });
  const start = performance.now();
  await call(launched);
  expect(performance.now() - start).toBeGreaterThan(190);
  expect(outcomes(launched)).toEqual(["OK"]);
});

test("a reset breaks the connection before anything is done", async () => {
  const launched = await launch();
  launched.sandbox.fault({ kind: "reset" });
  await expect(call(launched)).rejects.toThrow("ECONNRESET");
  await call(launched);
  expect(outcomes(launched)).toEqual([null, "OK"]);
});

test("a lost answer has used the code up", async () => {
  const launched = await launch();
  const { sandbox, client, world } = launched;
  const assumeAdmin = () => client(world.jon.accessKeys[0]).send(assume(mfaOfJon(launched)));
  sandbox.fault({ kind: "lost-answer" });
  await expect(assumeAdmin()).rejects.toThrow("ECONNRESET");
  expect((await refusalOf(assumeAdmin())).message).toContain("one time pass code");
});

test("a hang lasts until the client gives up or the sandbox closes", async () => {
  const launched = await launch();
  launched.sandbox.fault({ kind: "hang" }, { kind: "hang" });
  const { client, world } = launched;
  const sts = client(world.jon.accessKeys[0]);
  const abortSignal = AbortSignal.timeout(200);
  await expect(sts.send(new GetCallerIdentityCommand({}), { abortSignal })).rejects.toThrow(
    "aborted",
  );
  const hanging = expect(call(launched)).rejects.toThrow(/socket hang up|ECONNRESET/);
  await expect.poll(() => launched.sandbox.requests.length).toBe(2);
  await launched.sandbox.close();
  await hanging;
});

describe("a status", () => {
  test.for([
    [500, "InternalFailure"],
    [503, "ServiceUnavailable"],
    [429, "Throttling"],
  ] as const)("%i is %s", async ([status, code]) => {
    const launched = await launch();
    launched.sandbox.fault({ kind: "status", status });
    expect(await refusalOf(call(launched))).toMatchObject({ status, code });
  });

  test("may say when to come back", async () => {
    const launched = await launch();
    launched.sandbox.fault({ kind: "status", status: 503, retryAfterSeconds: 7 });
    const signed = await signedByTheSdk(launched);
    const { status, headers } = await sendRaw(launched.sandbox.url, signed);
    expect([status, headers["retry-after"]]).toEqual([503, "7"]);
  });

  test("is over when the SDK tries again", async () => {
    const launched = await launch();
    const { sandbox, client, world } = launched;
    sandbox.fault({ kind: "status", status: 503 }, { kind: "reset" });
    const sts = client(world.jon.accessKeys[0], { maxAttempts: 3 });
    await sts.send(new GetCallerIdentityCommand({}));
    expect(outcomes(launched)).toEqual([null, null, "OK"]);
  });
});

describe("a body", () => {
  test.for([
    ["a proxy's page", { body: "<html>Sign in</html>", contentType: "text/html" }],
    ["nothing", { body: "" }],
    ["half an element", { body: "<GetCallerIdentityResponse><Get", status: 403 }],
  ] as const)("%s", async ([, { body, ...rest }]) => {
    const launched = await launch();
    launched.sandbox.fault({ kind: "body", body, ...rest });
    const answer = await sendRaw(launched.sandbox.url, await signedByTheSdk(launched));
    expect(answer.body).toBe(body);
    expect(answer.status).toBe("status" in rest ? rest.status : 200);
    const type = "contentType" in rest ? rest.contentType : "text/xml";
    expect(answer.headers["content-type"]).toBe(type);
  });

  test("that ends too early", async () => {
    const launched = await launch();
    launched.sandbox.fault({ kind: "body", body: "<GetCallerIdentityResponse>", truncated: true });
    await expect(call(launched)).rejects.toThrow("aborted");
    await call(launched);
  });
});

test("a fault for one action waits for it", async () => {
  const launched = await launch();
  launched.sandbox.fault({ kind: "status", status: 500, action: "AssumeRole" });
  await call(launched);
  const { client, world } = launched;
  const open = assume({ RoleArn: kopsRole("kops-open") });
  const jon = client(world.jon.accessKeys[0]);
  expect(await refusalOf(jon.send(open))).toMatchObject({ status: 500 });
  await jon.send(open);
});
