import { ConfigError } from "../../errors.ts";
import { readNamedFile } from "../files/named-file.ts";

/** The certificate authorities in a PEM file. Throws {@link ConfigError}: Node would take any file, and then trust nobody. */
export function readBundle(path: string): string {
  const text = read(path);
  if (/^-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----/m.test(text)) return text;
  throw new ConfigError(`AWS_CA_BUNDLE: ${path} has no certificate in it`, { hint: wanted });
}

const wanted =
  "Name a PEM file with the certificate authorities to trust (also as ca_bundle in the profile).";

function read(path: string): string {
  try {
    return readNamedFile(path);
  } catch (cause) {
    throw new ConfigError(`AWS_CA_BUNDLE: ${path} cannot be read`, {
      hint: wanted,
      cause,
    });
  }
}
