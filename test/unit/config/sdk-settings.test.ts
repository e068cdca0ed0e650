import { expect, test } from "vitest";
import { mergeSharedFiles } from "../../../src/config/profiles.ts";
import { sdkSettings } from "../../../src/config/sdk-settings.ts";
import type { Environment } from "../../../src/environment/environment.ts";

const config = `[default]
max_attempts = 2
ca_bundle = /etc/company.pem
aws_access_key_id = AKIATESTTESTTESTJON0
region = eu-west-1

[profile prod]
max_attempts = 7
retry_mode = adaptive
endpoint_url = http://127.0.0.1:1
services = own
role_arn = arn:aws:iam::222222222222:role/kops-admin
credential_process = /bin/give
s3 =
  addressing_style = path

[profile plain]

[services own]
s3 =
  endpoint_url = http://127.0.0.1:2
elastic_load_balancing_v2 =
  endpoint_url = http://127.0.0.1:3
sts =
`;

function settings(profile: string | null, env: Environment = {}) {
  const files = mergeSharedFiles({ path: "~/.aws/config", text: config }, null);
  return Object.fromEntries(sdkSettings(files, profile, env));
}

test("what the profile says, else [default], and no credentials", () => {
  expect(settings("prod")).toEqual({
    AWS_MAX_ATTEMPTS: "7",
    AWS_RETRY_MODE: "adaptive",
    AWS_CA_BUNDLE: "/etc/company.pem",
    AWS_ENDPOINT_URL: "http://127.0.0.1:1",
    AWS_ENDPOINT_URL_S3: "http://127.0.0.1:2",
    AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2: "http://127.0.0.1:3",
  });
});

test.for([["plain"], [null]])(
  "without settings of its own, those of [default]: %j",
  ([profile]) => {
    expect(settings(profile ?? null)).toEqual({
      AWS_MAX_ATTEMPTS: "2",
      AWS_CA_BUNDLE: "/etc/company.pem",
    });
  },
);

test("a variable that is there wins, as it does over a profile", () => {
  const env = { AWS_MAX_ATTEMPTS: "1", AWS_ENDPOINT_URL_S3: "http://127.0.0.1:4" };
  expect(Object.keys(settings("prod", env))).not.toContain("AWS_MAX_ATTEMPTS");
  expect(Object.keys(settings("prod", env))).not.toContain("AWS_ENDPOINT_URL_S3");
});

test("AWS_ENDPOINT_URL wins over the endpoints of single services in a file", () => {
  const names = Object.keys(settings("prod", { AWS_ENDPOINT_URL: "http://127.0.0.1:5" }));
  expect(names.filter((name) => name.startsWith("AWS_ENDPOINT_URL"))).toEqual([]);
});
