import type { SourceCredentials } from "../../context/sts.ts";
import { parseIsoInstant } from "../../session/iso-instant.ts";

/** How a document names the session token: `SessionToken` in what a process prints, `Token` in what a container's endpoint sends. */
type TokenField = "SessionToken" | "Token";

/**
 * Reads the JSON of a credential_process or of a container's endpoint; what is wrong with it, as words that can follow
 * "what it printed", where it cannot be used. Nothing of the text itself gets into the words: it may be a secret.
 * Forms: docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html and feature-container-credentials.html
 */
export function readDocument(text: string, tokenField: TokenField): SourceCredentials | string {
  const document = parseObject(text);
  if (document === null) return "is not a JSON object";
  if (tokenField === "SessionToken" && document["Version"] !== 1) return 'has no "Version": 1';
  const field = (name: string) => {
    const value = document[name];
    return typeof value === "string" && value !== "" ? value : null;
  };
  const [accessKeyId, secretAccessKey] = [field("AccessKeyId"), field("SecretAccessKey")];
  if (accessKeyId === null) return "has no AccessKeyId";
  if (secretAccessKey === null) return "has no SecretAccessKey";
  const expiresAt = readExpiration(document["Expiration"]);
  if (Number.isNaN(expiresAt)) return "has an Expiration that is no time with its zone";
  return { accessKeyId, secretAccessKey, sessionToken: field(tokenField), expiresAt };
}

function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    // trim() takes off a byte order mark too, which PowerShell writes.
    const parsed: unknown = JSON.parse(text.trim());
    return typeof parsed === "object" && parsed !== null
      ? (parsed as Readonly<Record<string, unknown>>)
      : null;
  } catch {
    return null;
  }
}

/** ISO 8601 with its zone, as the Go SDK wants it; null where there is none, NaN for anything else. */
function readExpiration(value: unknown): number | null {
  if (value === undefined || value === null || value === "") return null;
  return (typeof value === "string" ? parseIsoInstant(value) : null) ?? NaN;
}
