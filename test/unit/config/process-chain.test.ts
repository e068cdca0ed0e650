import { expect, test } from "vitest";
import { processEnvironment, refuseRecursion } from "../../../src/config/process-chain.ts";
import { linesOf, source } from "../../support/credential-source.ts";

const other = { ...source, where: 'credential_process of profile "other" (~/.aws/config:9)' };

test("a source inside of itself is refused, however deep; another is not", async () => {
  refuseRecursion(source.where, {});
  const inner = processEnvironment(source.where, {});
  refuseRecursion(other.where, inner);
  const innermost = processEnvironment(other.where, inner);
  for (const env of [inner, innermost]) {
    const [message] = await linesOf(() => refuseRecursion(source.where, env));
    expect(message).toBe(
      `${source.where}: it runs kops-mfa for the same profile again, round in a circle`,
    );
  }
});

test("a command gets the environment as it is, but no half of a key", () => {
  const keys = { AWS_ACCESS_KEY_ID: "AKIATEST", AWS_SECRET_ACCESS_KEY: "secret" };
  expect(processEnvironment(source.where, { PATH: "/bin", ...keys })).toMatchObject(keys);
  const half = processEnvironment(source.where, { PATH: "/bin", AWS_ACCESS_KEY_ID: "AKIATEST" });
  expect(half).toMatchObject({ PATH: "/bin" });
  expect(half).not.toHaveProperty("AWS_ACCESS_KEY_ID");
});
