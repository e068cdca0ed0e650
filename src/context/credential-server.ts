import type { StsSession } from "./sts.ts";

/** What an endpoint for credentials says: the session, or why there is none now, which SDKs show to the person. */
export type CredentialAnswer = StsSession | { readonly refusal: string };

/** An endpoint for credentials, as containers have one. */
export interface CredentialServer {
  /** For AWS_CONTAINER_CREDENTIALS_FULL_URI. */
  readonly uri: string;
  /** For AWS_CONTAINER_AUTHORIZATION_TOKEN. */
  readonly authorizationToken: string;
  /** Cuts all connections, and frees the port. */
  close(): Promise<void>;
}
