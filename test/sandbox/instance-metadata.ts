import { json, startLoopback, type Loopback } from "./loopback.ts";
import { asDocument, type Minted } from "./minted.ts";

const roles = "/latest/meta-data/iam/security-credentials/";
const session = "test-imds-token";

/**
 * The metadata service of an instance (IMDSv2), which a client finds by AWS_EC2_METADATA_SERVICE_ENDPOINT:
 * docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html. With no role, it has no credentials.
 */
export function startInstanceMetadata(
  role: string | null,
  mint: () => Promise<Minted>,
): Promise<Loopback> {
  return startLoopback(async ({ method, target, headers }) => {
    if (method === "PUT" && target === "/latest/api/token") return { status: 200, body: session };
    if (headers["x-aws-ec2-metadata-token"] !== session) return { status: 401, body: "" };
    if (role !== null && target === roles) return { status: 200, body: role };
    if (role === null || target !== `${roles}${role}`) return { status: 404, body: "" };
    return json(200, { Code: "Success", Type: "AWS-HMAC", ...asDocument(await mint()) });
  });
}
