import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isOnPath } from "../support/programs.ts";

/** Without openssl there is no authority: a visible skip, and in CI a failure. */
export const skipWithoutOpenssl =
  !isOnPath("openssl") && process.env["KOPS_MFA_REQUIRE_ALL"] !== "1";

/** A certificate authority of a test's own, and a server's certificate that it has signed. */
export interface Authority {
  /** Path of the authority's certificate. */
  readonly bundle: string;
  readonly key: Buffer;
  readonly cert: Buffer;
}

/** Made by openssl, in `directory`. */
export function makeAuthority(directory: string, hosts: readonly string[]): Authority {
  const at = (name: string) => join(directory, name);
  const openssl = (...args: readonly string[]) =>
    execFileSync("openssl", args, { stdio: ["ignore", "ignore", "pipe"] });
  const names = hosts.map((host) => (host.includes(":") ? `IP:${host}` : `DNS:${host}`)).join(",");
  writeFileSync(at("names"), `subjectAltName=${names}\n`);
  const fresh = ["req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  openssl(
    ...[...fresh, "-x509", "-days", "2", "-subj", "/CN=a test's authority"],
    ...["-keyout", at("ca.key"), "-out", at("ca.pem")],
  );
  openssl(
    ...[...fresh, "-subj", "/CN=a test's STS"],
    ...["-keyout", at("sts.key"), "-out", at("sts.csr")],
  );
  openssl(
    ...["x509", "-req", "-days", "2", "-in", at("sts.csr"), "-extfile", at("names")],
    ...["-CA", at("ca.pem"), "-CAkey", at("ca.key"), "-CAcreateserial", "-out", at("sts.pem")],
  );
  const [key, cert] = [readFileSync(at("sts.key")), readFileSync(at("sts.pem"))];
  return { bundle: at("ca.pem"), key, cert };
}
