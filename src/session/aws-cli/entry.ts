import type { StsSession } from "../../context/sts.ts";
import type { AwsCliSession } from "./key.ts";
import { decodeCredentials, parseRecord } from "../cache-entry.ts";
import { parseIsoInstant } from "../iso-instant.ts";

/**
 * A session as the AWS CLI keeps it: the members of AssumeRole's answer that it or a newer one reads, the time in its own form.
 * Null for a session whose ARN is not known, since nobody could tell whose it is.
 * Source: github.com/boto/botocore, credentials.py, CachedCredentialFetcher, and utils.py, JSONFileCache
 */
export function encodeAwsCliEntry({ credentials, expiresAt, arn }: StsSession): string | null {
  const account = arn === null ? null : parseSessionArn(arn)?.account;
  if (!account) return null;
  const expiration = new Date(expiresAt).toISOString().replace(/\.\d+Z$/, "UTC");
  return JSON.stringify({
    Credentials: {
      AccessKeyId: credentials.accessKeyId,
      SecretAccessKey: credentials.secretAccessKey,
      SessionToken: credentials.sessionToken,
      Expiration: expiration,
      AccountId: account,
    },
    AssumedRoleUser: { Arn: arn },
  });
}

/** The reverse; null for a text that holds no session of a role. */
export function decodeAwsCliEntry(text: string): (StsSession & { readonly arn: string }) | null {
  const answer = parseRecord(text);
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = record(
    answer?.["Credentials"],
  );
  const credentials = decodeCredentials({
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
  });
  const expiresAt = typeof Expiration === "string" ? parseIsoInstant(Expiration) : null;
  const arn = record(answer?.["AssumedRoleUser"])["Arn"];
  if (!credentials || expiresAt === null || typeof arn !== "string") return null;
  return { credentials, expiresAt, arn };
}

/** Whether a session is that of the role, in its account, and under its name where one is configured. */
export function isSessionOf(arn: string, { roleArn, roleSessionName }: AwsCliSession): boolean {
  const session = parseSessionArn(arn);
  const role = /^arn:([\w-]+):iam::(\d+):role\/(?:.*\/)?([^/]+)$/.exec(roleArn);
  if (!session || !role) return false;
  const [, partition, account, name] = role;
  const isRole =
    session.partition === partition && session.account === account && session.role === name;
  return isRole && (roleSessionName === null || session.name === roleSessionName);
}

function parseSessionArn(arn: string) {
  const [, partition, account, role, name] =
    /^arn:([\w-]+):sts::(\d{12}):assumed-role\/([^/]+)\/([^/]+)$/.exec(arn) ?? [];
  return account === undefined ? null : { partition, account, role, name };
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
