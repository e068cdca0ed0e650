import { readFileSync } from "node:fs";
import type { Environment } from "../../environment/environment.ts";
import { expandHome } from "../../paths.ts";
import { homeDirectory } from "./home.ts";

/**
 * The text of a file that a variable or a profile names for the SDKs. Both botocore and the Go SDK take a tilde for a name in the working
 * directory here (botocore: httpsession.py, get_cert_path, and utils.py, FileWebIdentityTokenLoader); that is what nobody means.
 * Throws the system's error; one without a home directory is as if it did not exist.
 */
export function readNamedFile(path: string, env: Environment = process.env): string {
  const file = expandHome(path, homeDirectory(env));
  if (file === null) throw Object.assign(new Error("no home directory"), { code: "ENOENT" });
  return readFileSync(file, "utf8");
}
