import type { RequestListener } from "node:http";
import { expect, test } from "vitest";
import type { S3Target } from "../../../../src/context/s3-ec2.ts";
import { listUrl, openS3 } from "../../../../src/platform/aws/s3.ts";
import { serve } from "../../../sandbox/serve.ts";
import { launchWithRole } from "../providers/open-role.ts";

const target: S3Target = {
  region: "eu-west-1",
  endpoint: null,
  pathStyle: false,
  useFips: false,
  useDualstack: false,
  caBundle: null,
  timeoutMs: 2000,
};
const place = { bucket: "clusters-example-com", prefix: "" };

async function launch() {
  const launched = await launchWithRole();
  return { ...launched, here: { ...target, endpoint: launched.sandbox.url } };
}

test("a session lists what it may, signed for S3", async () => {
  const { sandbox, caller, here } = await launch();
  expect(await openS3(here).list(caller, place)).toEqual({ kind: "listed" });
  expect(await openS3(here).list(caller, { ...place, prefix: "a b/ü&c=d" })).toEqual({
    kind: "listed",
  });
  expect(sandbox.requests.slice(1)).toMatchObject([
    { action: "ListObjectsV2", region: "eu-west-1", outcome: "OK" },
    { action: "ListObjectsV2", region: "eu-west-1", outcome: "OK" },
  ]);
});

test("it goes where the bucket is", async () => {
  const { sandbox, caller, here } = await launch();
  const there = { ...here, region: "us-east-1" };
  expect(await openS3(there).list(caller, place)).toEqual({ kind: "listed" });
  expect(sandbox.requests.slice(1).map(({ region, outcome }) => `${region} ${outcome}`)).toEqual([
    "us-east-1 PermanentRedirect",
    "eu-west-1 OK",
  ]);
});

test("refusals come with S3's own words", async () => {
  const { world, sandbox, caller, here } = await launch();
  const s3 = openS3(here);
  expect(await s3.list(caller, { ...place, bucket: "other" })).toEqual({
    kind: "refused",
    code: "NoSuchBucket",
    text: "The specified bucket does not exist",
  });
  const keys = { ...world.jon.accessKeys[0]!, sessionToken: null };
  expect(await s3.list(keys, place)).toMatchObject({ code: "AccessDenied", text: "Access Denied" });
  const wrong = { ...caller, secretAccessKey: "test" };
  expect(await s3.list(wrong, place)).toMatchObject({ code: "SignatureDoesNotMatch" });
  sandbox.expireSessions();
  expect(await s3.list(caller, place)).toMatchObject({ code: "ExpiredToken" });
  sandbox.reset();
  expect(await s3.list(caller, place)).toMatchObject({ code: "InvalidAccessKeyId" });
});

/** A server that is no S3. */
const servedBy = async (listener: RequestListener): Promise<S3Target> => ({
  ...target,
  timeoutMs: 300,
  endpoint: await serve(listener),
});

const moved = { "x-amz-bucket-region": "eu-central-1" };

test.for<readonly [title: string, listener: RequestListener]>([
  ["a proxy's page", (_, response) => void response.end("<html><body>Log in<br></body></html>")],
  ["no XML", (_, response) => void response.end("{}")],
  ["a broken connection", (_, response) => void response.destroy()],
  ["no answer in time", () => undefined],
])("%s is no S3", async ([, listener]) => {
  const here = await servedBy(listener);
  const { host } = new URL(here.endpoint ?? "");
  const keys = { accessKeyId: "AKIATEST", secretAccessKey: "test", sessionToken: null };
  expect(await openS3(here).list(keys, place)).toEqual({ kind: "unreachable", host });
});

test("who is sent in a circle goes round once", async () => {
  let count = 0;
  const here = await servedBy((_, response) => {
    count++;
    response.writeHead(301, count % 2 === 1 ? moved : { "x-amz-bucket-region": "eu-west-1" });
    response.end("<Error><Code>PermanentRedirect</Code><Message>there</Message></Error>");
  });
  const keys = { accessKeyId: "AKIATEST", secretAccessKey: "test", sessionToken: null };
  expect(await openS3(here).list(keys, place)).toMatchObject({ code: "PermanentRedirect" });
  expect(count).toBe(2);
});

test.for<readonly [target: Partial<S3Target>, bucket: string, url: string]>([
  [{}, "plain", "https://plain.s3.eu-west-1.amazonaws.com/"],
  [{}, "with.dots", "https://s3.eu-west-1.amazonaws.com/with.dots"],
  [{}, "Old_Name", "https://s3.eu-west-1.amazonaws.com/Old_Name"],
  [{ region: "cn-north-1" }, "plain", "https://plain.s3.cn-north-1.amazonaws.com.cn/"],
  [{ region: "us-iso-east-1" }, "plain", "https://plain.s3.us-iso-east-1.c2s.ic.gov/"],
  [
    { region: "us-gov-west-1", useFips: true },
    "plain",
    "https://plain.s3-fips.us-gov-west-1.amazonaws.com/",
  ],
  [{ useDualstack: true }, "with.dots", "https://s3.dualstack.eu-west-1.amazonaws.com/with.dots"],
  [{ endpoint: "http://127.0.0.1:9000" }, "plain", "http://127.0.0.1:9000/plain"],
  [{ endpoint: "http://minio.local:9000/" }, "plain", "http://plain.minio.local:9000/"],
  [
    { endpoint: "https://minio.local/s3/", pathStyle: true },
    "plain",
    "https://minio.local/s3/plain",
  ],
])("%j %s", ([change, bucket, url]) => {
  const query = "?list-type=2&max-keys=1&prefix=one%2F";
  expect(listUrl({ ...target, ...change }, { bucket, prefix: "one" }).href).toBe(url + query);
});
