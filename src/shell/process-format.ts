/** Credentials as `credential_process` gives them. */
export interface ProcessCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** ISO 8601, UTC. */
  readonly expiration: string;
}

/** The JSON that AWS SDKs read: docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html */
export function renderProcess(credentials: ProcessCredentials): string {
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = credentials;
  const document = {
    Version: 1,
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: sessionToken,
    Expiration: expiration,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
