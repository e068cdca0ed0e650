import { createHash } from "node:crypto";
import type { HttpRequest } from "./request.ts";

/**
 * The request in the form that both sides sign.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function canonicalRequest(request: HttpRequest, signedHeaders: readonly string[]): string {
  const { pathname, searchParams } = new URL(request.target, "http://sandbox");
  const names = [...signedHeaders].sort();
  return [
    request.method,
    pathname.split("/").map(encode).join("/"),
    canonicalQuery(searchParams),
    ...names.map((name) => `${name}:${canonicalValue(request.headers[name])}`),
    "",
    names.join(";"),
    createHash("sha256").update(request.body).digest("hex"),
  ].join("\n");
}

function canonicalQuery(query: URLSearchParams): string {
  const pairs = [...query].map(([name, value]) => `${encode(name)}=${encode(value)}`);
  return pairs.sort().join("&");
}

function canonicalValue(values: readonly string[] | undefined): string {
  return (values ?? []).map((value) => value.trim().replace(/ +/g, " ")).join(",");
}

/** encodeURIComponent leaves `!'()*` alone, SigV4 does not. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
