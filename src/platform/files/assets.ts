import { readFileSync } from "node:fs";
import { join } from "node:path";
import { KopsMfaError } from "../../errors.ts";
import { describeErrno } from "./errno.ts";

/** A file of the installed package, by its path in it; the program itself lies in its `dist/`, whatever link it was started by. */
export function readAsset(path: string): string {
  const file = join(__dirname, "..", path);
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new KopsMfaError(`${file}: cannot be read (${describeErrno(cause)})`, {
      hint: "The installation is damaged: install kops-mfa again.",
      cause,
    });
  }
}
