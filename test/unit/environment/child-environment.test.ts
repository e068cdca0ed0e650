import { expect, test } from "vitest";
import { childEnvironment, helperEnvironment } from "../../../src/environment/child-environment.ts";

const env = {
  KOPS_MFA_TOKEN_CODE: "123456",
  kops_mfa_token_code: "123456",
  KOPS_MFA_TOKEN_CODES: "mine",
  KOPS_MFA_DEPTH: "1",
  KOPS_MFA_SHELL: "fish",
  AWS_SECRET_ACCESS_KEY: "secret",
  aws_session_token: "token",
  S3_SECRET_ACCESS_KEY: "secret",
  EMPTY: "",
  GONE: undefined,
};
const settings = { KOPS_MFA_TOKEN_CODES: "mine", KOPS_MFA_DEPTH: "1", KOPS_MFA_SHELL: "fish" };

test("a child gets everything but the code", () => {
  expect(childEnvironment(env, "linux")).toEqual({
    ...settings,
    kops_mfa_token_code: "123456",
    AWS_SECRET_ACCESS_KEY: "secret",
    aws_session_token: "token",
    S3_SECRET_ACCESS_KEY: "secret",
    EMPTY: "",
  });
});

test("on Windows the code has the same name in any case", () => {
  expect(childEnvironment(env, "win32")).toEqual({
    ...settings,
    AWS_SECRET_ACCESS_KEY: "secret",
    aws_session_token: "token",
    S3_SECRET_ACCESS_KEY: "secret",
    EMPTY: "",
  });
});

test("a helper gets no credentials either", () => {
  const names = { kops_mfa_token_code: "123456", aws_session_token: "token" };
  expect(helperEnvironment(env, "linux")).toEqual({ ...settings, ...names, EMPTY: "" });
  expect(helperEnvironment(env, "win32")).toEqual({ ...settings, EMPTY: "" });
});
