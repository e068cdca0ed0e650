import { createHash } from "node:crypto";
import { incompleteSignature, missingAuthenticationToken } from "../errors.ts";
import { type HttpRequest, headerOf } from "./request.ts";

/** The parts of an Authorization header. */
export interface Authorization {
  readonly algorithm: string;
  readonly credential: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

/**
 * Takes the header apart. The texts of this folder, and the order of its checks, are those that
 * https://github.com/architect/dynalite (index.js) noted down from AWS's own answers.
 */
export function parseAuthorization(request: HttpRequest): Authorization {
  const header = headerOf(request, "authorization")?.trim();
  if (header?.startsWith("AWS4-") !== true) throw missingAuthenticationToken();
  const [algorithm = "", ...rest] = header.split(/[\s,]+/);
  const parts = new Map(rest.map((part) => splitAtEquals(part)));
  const missing = ["Credential", "Signature", "SignedHeaders"]
    .filter((name) => !parts.get(name))
    .map((name) => `Authorization header requires '${name}' parameter. `);
  if (headerOf(request, "x-amz-date") === undefined) {
    missing.push(
      "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ",
    );
  }
  if (missing.length > 0) throw incompleteSignature(`${missing.join("")}${fingerprint(header)}`);
  return {
    algorithm,
    credential: parts.get("Credential") ?? "",
    signedHeaders: (parts.get("SignedHeaders") ?? "").toLowerCase().split(";"),
    signature: parts.get("Signature") ?? "",
  };
}

function splitAtEquals(part: string): readonly [string, string] {
  const at = part.indexOf("=");
  return at < 0 ? [part, ""] : [part.slice(0, at), part.slice(at + 1)];
}

/** AWS repeats the header only hashed, so that no signature gets into a log. */
function fingerprint(header: string): string {
  const hash = createHash("sha256").update(header).digest("base64");
  return `(Hashed with SHA-256 and encoded with Base64) Authorization=${hash}`;
}
