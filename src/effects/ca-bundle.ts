import { readFileSync } from "node:fs";
import { ConfigError } from "../errors.ts";

/** The certificate authorities in a PEM file. Throws {@link ConfigError}. */
export function readBundle(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new ConfigError(`AWS_CA_BUNDLE: ${path} cannot be read`, {
      hint: "Name a PEM file with the certificate authorities to trust.",
      cause,
    });
  }
}
