import type { SessionTags } from "../config/session-tags.ts";
import type { Refusals } from "./refusals.ts";
import type { Terminal } from "./terminal.ts";

/** Around the calls to STS. */
export interface StsCalling {
  /** Shows an answer that takes long. */
  readonly terminal: Pick<Terminal, "waitFor">;
  /** Ends the calls. */
  readonly signal?: AbortSignal | undefined;
}

/** Where STS is, and IAM beside it. */
export interface StsTarget {
  readonly region: string;
  /** Replaces the endpoint that follows from the region; null for AWS's own. */
  readonly endpoint: string | null;
  /** The same for IAM. */
  readonly iamEndpoint: string | null;
  /** Absent where no endpoint is refused. */
  readonly refused?: Refusals;
  readonly useFips: boolean;
  readonly useDualstack: boolean;
  /** Path of a PEM file with the certificate authorities to trust instead of Node's. */
  readonly caBundle: string | null;
  /** Longest wait for one answer. */
  readonly timeoutMs: number;
}

/** Keys to sign with. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Null for long-lived keys. */
  readonly sessionToken: string | null;
}

/** What a provider of credentials gives. */
export interface SourceCredentials extends AwsCredentials {
  /** Milliseconds since the epoch; null where the provider does not tell, or the keys are long-lived. */
  readonly expiresAt: number | null;
}

/** What STS hands out. */
export interface StsSession {
  readonly credentials: AwsCredentials & { readonly sessionToken: string };
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  /** ARN of the assumed-role session; null for GetSessionToken, whose answer does not tell. */
  readonly arn: string | null;
}

export interface MfaParams {
  readonly serialNumber: string;
  /** Six digits. */
  readonly tokenCode: string;
}

export interface AssumeRoleParams {
  readonly roleArn: string;
  readonly roleSessionName: string;
  readonly durationSeconds: number;
  readonly externalId: string | null;
  readonly tags: SessionTags;
  readonly mfa: MfaParams | null;
}

/** The three calls; each throws an `StsFailure` (session/sts-failure.ts) for whatever goes wrong. */
export interface Sts {
  /** Loads what a call of this caller needs, and connects, in the background; call it while a person types. */
  prepare(caller: AwsCredentials): void;
  assumeRole(caller: AwsCredentials, params: AssumeRoleParams): Promise<StsSession>;
  getSessionToken(
    caller: AwsCredentials,
    params: { readonly durationSeconds: number; readonly mfa: MfaParams | null },
  ): Promise<StsSession>;
  /** The serial numbers of the caller's MFA devices (IAM's ListMFADevices); null where the caller may not ask, or IAM does not answer. */
  listMfaDevices(caller: AwsCredentials): Promise<readonly string[] | null>;
  /** The ARN that the keys belong to. */
  getCallerIdentity(caller: AwsCredentials): Promise<CallerIdentity>;
}

export interface CallerIdentity {
  readonly arn: string;
  /** STS's clock minus ours, in milliseconds, where its answer tells. */
  readonly clockOffsetMs: number | null;
}
