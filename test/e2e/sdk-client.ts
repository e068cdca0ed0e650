import { resolve } from "node:path";
import type { Person } from "./person.ts";

/** What one request of the client came to: who it was and with which key, or what the SDK says. */
export interface Seen {
  readonly arn?: string;
  readonly key?: string;
  readonly error?: string;
}

const script = `#!/usr/bin/env node
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
const { STSClient, GetCallerIdentityCommand } = require("node:module")
  .createRequire(${JSON.stringify(resolve("package.json"))})("@aws-sdk/client-sts");
const endpoint = process.env.AWS_ENDPOINT_URL_STS;
const client = new STSClient({ endpoint, maxAttempts: 1 });
const ask = async () => {
  try {
    const { Arn: arn } = await client.send(new GetCallerIdentityCommand({}));
    return { arn, key: (await client.config.credentials()).accessKeyId };
  } catch (error) {
    return { error: String(error) };
  }
};
(async () => {
  const until = Date.now() + Number(process.argv[2]) * 1000;
  do {
    console.log(JSON.stringify(await ask()));
    await new Promise((resolve) => setTimeout(resolve, 200));
  } while (Date.now() < until);
})();
`;

/**
 * A program on the person's PATH, `client SECONDS`, that asks STS who it is for so many seconds, over and over, with the AWS SDK for
 * JavaScript as it comes: it finds its credentials by itself.
 */
export function installClient(person: Person): void {
  person.write("bin/client", script, 0o700);
}

/** What clients have printed. */
export function readClient(stdout: string): readonly Seen[] {
  return stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as Seen);
}
