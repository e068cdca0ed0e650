import assert from "node:assert/strict";
import type { S3Target } from "../../src/context/s3-ec2.ts";
import type { StsTarget } from "../../src/context/sts.ts";
import { openEc2 } from "../../src/platform/aws/ec2.ts";
import { openS3 } from "../../src/platform/aws/s3.ts";
import { createClient, loadSdk, openSts } from "../../src/platform/aws/sts.ts";
import { explainFailure } from "../../src/session/explain-failure.ts";
import { StsFailure } from "../../src/session/sts-failure.ts";

/** An answer as it comes from the network. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const caller = { accessKeyId: "AKIATESTTESTTESTJON0", secretAccessKey: "s", sessionToken: null };
const target: StsTarget = {
  ...{ region: "eu-west-1", endpoint: null, iamEndpoint: "https://iam.example.com" },
  ...{ useFips: false, useDualstack: false, caBundle: null, timeoutMs: 20_000 },
};
const s3Target: S3Target = { ...target, pathStyle: false };
const situation = {
  ...{ serialNumber: null, roleArn: null, unusedSerialNumber: null, source: "x", callerArn: null },
  ...{ region: "eu-west-1", durationSeconds: null },
};
const step = { durationSeconds: 3600, mfa: { serialNumber: "X", tokenCode: "123456" } };
const role = {
  ...{ ...step, roleArn: "arn:aws:iam::222222222222:role/x", roleSessionName: "jon" },
  ...{ externalId: null, tags: { tags: [], transitiveKeys: [] } },
};

let answer: Answer = { status: 500, body: "" };

/** The SDK with its network taken away: every request is answered with `answer`. */
async function answerAll(): Promise<void> {
  const { config } = createClient(await loadSdk(), target, caller);
  const prototype = Object.getPrototypeOf(config.requestHandler) as { handle: unknown };
  prototype.handle = () =>
    Promise.resolve({
      response: {
        statusCode: answer.status,
        headers: { "content-type": "text/xml", ...answer.headers },
        body: new TextEncoder().encode(answer.body),
      },
    });
}

let isReady: Promise<void> | null = null;

/**
 * What holds of whatever answers in the place of STS, IAM, S3 or EC2: a session is whole, a failure is one that can be explained,
 * and nothing else comes out of it.
 */
export async function checkAnswer(given: Answer): Promise<void> {
  await (isReady ??= answerAll());
  answer = given;
  const sts = openSts(target, (_, work) => work);
  const calls = [sts.assumeRole(caller, role), sts.getSessionToken(caller, step)];
  for (const session of await Promise.all(calls.map((call) => call.catch(checkFailure)))) {
    if (!session) continue;
    assert.ok(Object.values(session.credentials).every((text) => text !== ""));
    assert.ok(!Number.isNaN(new Date(session.expiresAt).getTime()));
  }
  const identity = await sts.getCallerIdentity(caller).catch(checkFailure);
  if (identity) assert.equal(typeof identity.arn, "string");
  const serials = await sts.listMfaDevices(caller);
  for (const serial of serials ?? []) assert.equal(typeof serial, "string");
  const listed = await openS3(s3Target).list(caller, { bucket: "clusters", prefix: "" });
  assert.ok(["listed", "refused", "unreachable"].includes(listed.kind));
  const regions = await openEc2(target).describeRegions(caller);
  assert.ok(["regions", "refused", "unreachable"].includes(regions.kind));
}

function checkFailure(error: unknown): null {
  if (!(error instanceof StsFailure)) throw error;
  assert.match(explainFailure(error.details, situation).message, /\S/);
  return null;
}
