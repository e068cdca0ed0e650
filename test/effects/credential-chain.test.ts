import { expect, test } from "vitest";
import { processEnvironment, refuseRecursion } from "../../src/effects/credential-chain.ts";
import { linesOf, source } from "./credential-source.ts";

const other = { ...source, where: 'credential_process of profile "other" (~/.aws/config:9)' };

test("a source inside of itself is refused, however deep; another is not", async () => {
  refuseRecursion(source, {});
  const inner = processEnvironment(source, {});
  refuseRecursion(other, inner);
  const innermost = processEnvironment(other, inner);
  for (const env of [inner, innermost]) {
    const [message] = await linesOf(() => refuseRecursion(source, env));
    expect(message).toBe(
      `${source.where}: it runs kops-mfa for the same profile again, round in a circle`,
    );
  }
});

test("a command gets the environment as it is, but no half of a key", () => {
  const keys = { AWS_ACCESS_KEY_ID: "AKIATEST", AWS_SECRET_ACCESS_KEY: "secret" };
  expect(processEnvironment(source, { PATH: "/bin", ...keys })).toMatchObject(keys);
  const half = processEnvironment(source, { PATH: "/bin", AWS_ACCESS_KEY_ID: "AKIATEST" });
  expect(half).toMatchObject({ PATH: "/bin" });
  expect(half).not.toHaveProperty("AWS_ACCESS_KEY_ID");
});
