import { describe, expect, test } from "vitest";
import {
  connectionError,
  exceptionName,
  logInHint,
} from "../../../../src/platform/providers/provider-error.ts";
import { source } from "../../../support/credential-source.ts";

const nodeError = (code: string, message = "") => Object.assign(new Error(message), { code });
const named = (name: string, message = "") => Object.assign(new Error(message), { name });

describe("a connection that failed", () => {
  test.each([
    [nodeError("ECONNREFUSED"), "nothing answers there"],
    [new Error("Error: connect ECONNREFUSED 127.0.0.1:9"), "nothing answers there"],
    [new Error("AggregateError"), "nothing answers there"],
    [nodeError("ECONNRESET"), "the connection broke"],
    [new Error("socket hang up"), "the connection broke"],
    [nodeError("ENOTFOUND"), "the name is not known"],
    [nodeError("EAI_AGAIN"), "the name server does not answer"],
    [nodeError("ENETUNREACH"), "there is no network"],
    [nodeError("EHOSTUNREACH"), "there is no way to that host"],
    [named("TimeoutError"), "no answer in time"],
    [new Error("TimeoutError from instance metadata service"), "no answer in time"],
    [nodeError("SELF_SIGNED_CERT_IN_CHAIN"), "its certificate is not trusted here"],
    [
      new Error("Error: unable to verify the first certificate"),
      "its certificate is not trusted here",
    ],
  ])("%s", (error, meaning) => {
    expect(connectionError(source, "STS", error)?.message).toBe(
      `${source.where}: STS cannot be reached: ${meaning}`,
    );
  });

  test("names the cure for a certificate, whatever the caller's", () => {
    const error = new Error("self-signed certificate in certificate chain");
    expect(connectionError(source, "STS", error, "Do that.")?.hint).toContain("AWS_CA_BUNDLE");
    expect(connectionError(source, "STS", nodeError("EPIPE"), "Do that.")?.hint).toBe("Do that.");
  });

  test.each([[new Error("AccessDenied")], ["a text"], [null], [undefined], [{}]])(
    "is not %s",
    (error) => {
      expect(connectionError(source, "STS", error)).toBeNull();
    },
  );
});

test.each([
  [named("InvalidRequestException", "secret"), "InvalidRequestException"],
  [new Error("ResourceNotFoundException: secret"), "ResourceNotFoundException"],
  [named("SyntaxError", "Unexpected token s, secret"), "SyntaxError"],
  ["secret", "an error"],
  [null, "an error"],
])("of an error nothing but its name is shown", (error, name) => {
  expect(exceptionName(error)).toBe(name);
});

test.each([
  ["prod", "Run `aws login --profile prod`, then try again."],
  ["my.team/prod@eu", "Run `aws login --profile my.team/prod@eu`, then try again."],
  ["my team", 'Run `aws login --profile "my team"`, then try again.'],
  [null, "Run `aws login`, then try again."],
])("the log-in of profile %s", (profile, hint) => {
  expect(logInHint("aws login", { ...source, profile })).toBe(hint);
});
