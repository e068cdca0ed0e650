import { describe, expect, it } from "vitest";
import { isOnPath } from "./programs.ts";

/**
 * A `describe` for what needs a program: skipped, and shown as skipped, where there is none; a failure there when
 * `KOPS_MFA_REQUIRE_ALL` is 1.
 */
export function describeProgram(program: string, body: () => void): void {
  const isMissing = !isOnPath(program);
  if (isMissing && process.env["KOPS_MFA_REQUIRE_ALL"] === "1") {
    it(`${program} is installed`, () => expect.fail(`${program} is missing`));
    return;
  }
  describe.skipIf(isMissing)(isMissing ? `${program} (not installed)` : program, body);
}
