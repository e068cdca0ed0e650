import { describe, expect, it } from "vitest";
import { isExecutable, isOnPath } from "./programs.ts";

/**
 * A `describe` for what needs a program (a name, or a path): skipped, and shown as skipped, when it is not installed; a failure when
 * `KOPS_MFA_REQUIRE_ALL` is 1, so that CI never passes by having no program.
 */
export function describeProgram(program: string, body: () => void, title = program): void {
  const isInstalled = program.includes("/") ? isExecutable(program) : isOnPath(program);
  describeInstalled(title, isInstalled, `${program} is missing`, body);
}

/** {@link describeProgram} for a caller that has looked for the program. */
export function describeInstalled(
  title: string,
  isInstalled: boolean,
  missing: string,
  body: () => void,
): void {
  if (!isInstalled && process.env["KOPS_MFA_REQUIRE_ALL"] === "1") {
    it(`${title} is installed`, () => expect.fail(missing));
    return;
  }
  describe.skipIf(!isInstalled)(isInstalled ? title : `${title} (not installed)`, body);
}
