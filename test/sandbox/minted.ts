import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import type { AccessKey } from "./directory.ts";
import type { Sandbox } from "./sandbox.ts";

/** Temporary credentials that the sandbox knows. */
export interface Minted {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

/** A session of a role, from a real AssumeRole call: what AWS's other services hand out. */
export async function mintRole(
  sandbox: Sandbox,
  { accessKeyId, secretAccessKey }: AccessKey,
  roleArn: string,
): Promise<Minted> {
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
  const client = new STSClient({
    endpoint: sandbox.url,
    region: "eu-central-1",
    credentials: { accessKeyId, secretAccessKey },
  });
  const command = new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: "minted" });
  const { Credentials } = await client.send(command).finally(() => client.destroy());
  if (!Credentials?.AccessKeyId || !Credentials.SecretAccessKey || !Credentials.SessionToken) {
    throw new Error("the sandbox minted nothing");
  }
  return {
    accessKeyId: Credentials.AccessKeyId,
    secretAccessKey: Credentials.SecretAccessKey,
    sessionToken: Credentials.SessionToken,
    expiration: Credentials.Expiration ?? new Date(NaN),
  };
}

/** As the endpoints of instances and containers write them. */
export function asDocument({ accessKeyId, secretAccessKey, sessionToken, expiration }: Minted) {
  return {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    Token: sessionToken,
    Expiration: expiration.toISOString(),
  };
}
