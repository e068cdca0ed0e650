import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadSharedConfigFiles, loadSsoSessionData } from "@smithy/shared-ini-file-loader";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  clientConfig,
  fromIdentity,
  loadSources,
  standInFiles,
} from "../../../../src/platform/providers/sdk-providers.ts";

const home = mkdtempSync(join(tmpdir(), "kops-mfa-sdk-"));
mkdirSync(join(home, ".aws"));
for (const name of [".aws/config", ".aws/credentials", "elsewhere"]) {
  writeFileSync(join(home, name), "[default]\nendpoint_url = http://192.0.2.1\n");
}
afterAll(() => rmSync(home, { recursive: true, force: true }));
beforeEach(() => void vi.stubEnv("HOME", home));
afterEach(() => void vi.unstubAllEnvs());

test.each([
  ["where the AWS files are", undefined],
  ["where AWS_CONFIG_FILE names another", join(home, "elsewhere")],
  ["where it names one by ~", "~/elsewhere"],
])("%s, the SDK sees only what it is given", async (_, file) => {
  vi.stubEnv("AWS_CONFIG_FILE", file);
  const config = "[profile kops-mfa]\nsso_session = a.b\n[sso-session a.b]\nsso_region = x\n";
  const files = standInFiles(await loadSources(), config);
  expect(await loadSharedConfigFiles()).toEqual({
    configFile: { "kops-mfa": { sso_session: "a.b" }, "sso-session.a.b": { sso_region: "x" } },
    credentialsFile: {},
  });
  expect(await loadSsoSessionData(files)).toEqual({ "a.b": { sso_region: "x" } });
});

const target = {
  region: "eu-west-1",
  endpoint: null,
  iamEndpoint: null,
  useFips: true,
  useDualstack: false,
  caBundle: null,
  timeoutMs: 1234,
};

test("the clients are bounded in time, and told what the target says", () => {
  expect(clientConfig(target)).toMatchObject({
    useFipsEndpoint: true,
    useDualstackEndpoint: false,
    requestHandler: { requestTimeout: 1234, throwOnRequestTimeout: true },
  });
});

test("a bundle of authorities that cannot be read", () => {
  expect(() => clientConfig({ ...target, caBundle: "/nowhere" })).toThrow(
    "AWS_CA_BUNDLE: /nowhere cannot be read",
  );
});

test("the SDK's credentials, with and without their optional parts", () => {
  const keys = { accessKeyId: "AKIATEST", secretAccessKey: "secret" };
  expect(fromIdentity(keys)).toEqual({ ...keys, sessionToken: null, expiresAt: null });
  const temporary = { ...keys, sessionToken: "token", expiration: new Date(5) };
  expect(fromIdentity(temporary)).toEqual({ ...keys, sessionToken: "token", expiresAt: 5 });
});
