import { expect, test } from "vitest";
import { storeAccess } from "../../../src/kops/store-access.ts";
import { given, profile, section, sharedFiles } from "../../support/config/build.ts";

const credentials = { accessKeyId: "ASIATEST", secretAccessKey: "test", sessionToken: "test" };

function access(env: Readonly<Record<string, string>>, ...lines: readonly string[]) {
  const services = section("services own", "s3 =", "  endpoint_url = https://services.example.com");
  const files = sharedFiles([profile("default", ...lines), services]);
  return storeAccess({ files, env, credentials, region: given("eu-west-1"), arn: null });
}

const aws = {
  region: "eu-west-1",
  endpoint: null,
  pathStyle: false,
  useFips: false,
  useDualstack: false,
  caBundle: null,
  timeoutMs: 3000,
};

test("AWS's own S3, with the session", () => {
  expect(access({})).toEqual({ target: aws, caller: credentials, detour: null });
});

test.for<
  readonly [env: Record<string, string>, lines: readonly string[], endpoint: string, detour: string]
>([
  [
    { AWS_ENDPOINT_URL_S3: "http://localhost:9000" },
    [],
    "http://localhost:9000",
    "AWS_ENDPOINT_URL_S3",
  ],
  [{ AWS_ENDPOINT_URL: "http://localhost:4566" }, [], "http://localhost:4566", "AWS_ENDPOINT_URL"],
  [
    {},
    ["endpoint_url = https://own.example.com"],
    "https://own.example.com",
    "~/.aws/config:2 (endpoint_url)",
  ],
  [{}, ["services = own"], "https://services.example.com", "~/.aws/config:5 (endpoint_url)"],
])("%j, %j", ([env, lines, endpoint, detour]) => {
  expect(access(env, ...lines)).toEqual({
    target: { ...aws, endpoint },
    caller: credentials,
    detour,
  });
});

test("an STS of one's own says nothing about S3, so AWS's is left alone", () => {
  const env = { AWS_ENDPOINT_URL_STS: "http://localhost:4566" };
  expect(access(env)).toBe(null);
  expect(access({ ...env, AWS_ENDPOINT_URL_S3: "http://s3.local" })?.detour).toBe(
    "AWS_ENDPOINT_URL_S3",
  );
});

test("S3_ENDPOINT has keys of its own, and no session", () => {
  const env = { S3_ENDPOINT: "https://minio.example.com", AWS_ENDPOINT_URL_S3: "http://x.local" };
  const keys = { S3_ACCESS_KEY_ID: "minio", S3_SECRET_ACCESS_KEY: "test" };
  const target = { ...aws, region: "us-east-1", pathStyle: true, endpoint: env.S3_ENDPOINT };
  expect(access({ ...env, ...keys })).toEqual({
    target,
    caller: { accessKeyId: "minio", secretAccessKey: "test", sessionToken: null },
    detour: "S3_ENDPOINT",
  });
  expect(access({ ...env, ...keys, S3_REGION: "r1" })?.target.region).toBe("r1");
  expect(access({ ...env, S3_ACCESS_KEY_ID: "minio" })).toMatchObject({ caller: null });
  expect(access({ ...keys, S3_ENDPOINT: "minio" })).toMatchObject({ caller: null });
});

test("what the person waits for is bounded by both", () => {
  expect(access({ KOPS_MFA_TIMEOUT: "1" })?.target.timeoutMs).toBe(1000);
  expect(access({ KOPS_MFA_TIMEOUT: "60" })?.target.timeoutMs).toBe(3000);
});
