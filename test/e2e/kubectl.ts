import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Person } from "./person.ts";

/** A `describe` for what needs kubectl: skipped, visibly, where there is none; a failure there in CI. */
export function describeKubectl(body: () => void): void {
  const isMissing = spawnSync("kubectl", ["version", "--client"]).status !== 0;
  if (isMissing && process.env["KOPS_MFA_REQUIRE_ALL"] === "1") {
    it("kubectl is installed", () => expect.fail("kubectl is missing"));
    return;
  }
  describe.skipIf(isMissing)(isMissing ? "kubectl (not installed)" : "kubectl", body);
}

/**
 * Puts a kops on the person's PATH that says who it is to STS, notes that in `kops.log`, and prints a credential for kubectl, as
 * `kops helpers kubectl-auth` does. Its `export` writes the file `exported`.
 */
export function installKops(person: Person): void {
  const file = person.write(
    "bin/kops",
    `#!/bin/sh
if [ "$1" = export ]; then cp "$HOME/exported" "$HOME/.kube/config"; exit; fi
echo "$* key=$AWS_ACCESS_KEY_ID token=\${AWS_SESSION_TOKEN:+yes}" >> "$HOME/kops.log"
echo '{"apiVersion":"client.authentication.k8s.io/v1beta1","kind":"ExecCredential","status":{"token":"of-kops"}}'
`,
  );
  chmodSync(file, 0o755);
}

/** A Kubernetes API server that says of every request who sent it; its certificate is of its own making. */
export async function startApiServer() {
  const directory = mkdtempSync(join(tmpdir(), "kops-mfa-api-"));
  const [key, certificate] = ["key", "cert"].map((name) => join(directory, name));
  execFileSync(
    "openssl",
    [
      ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"],
      ...["-subj", "/CN=127.0.0.1", "-days", "2", "-keyout", key!, "-out", certificate!],
    ],
    { stdio: "ignore" },
  );
  const tls = { key: readFileSync(key!), cert: readFileSync(certificate!) };
  rmSync(directory, { recursive: true });
  const server = createServer(tls, ({ url, headers }, response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ url, who: headers.authorization ?? null }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
