import { json, startLoopback, type Loopback } from "./loopback.ts";
import { asDocument, type Minted } from "./minted.ts";

/**
 * A container's endpoint, which a client finds by AWS_CONTAINER_CREDENTIALS_FULL_URI:
 * docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html. The refusal is that of aws-vault's server
 * (github.com/ByteNess/aws-vault, server/ecsserver.go).
 */
export function startContainerEndpoint(
  token: string | null,
  mint: () => Promise<Minted>,
): Promise<Loopback> {
  return startLoopback(async ({ headers, target }) => {
    if (target !== "/creds") return json(404, { Message: "not found" });
    if (token !== null && headers.authorization !== token) {
      return json(403, { Message: "invalid Authorization token" });
    }
    return json(200, asDocument(await mint()));
  });
}
