/**
 * The one table of the variables that a session touches. Why each conflicting one must go: the SDKs and
 * kops prefer or add it to the session's keys, or fail because of it.
 */

/** Carry the session's secrets; removed with it and never remembered. */
export const credentialVariables = [
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_CREDENTIAL_EXPIRATION",
  "AWS_SESSION_EXPIRATION",
] as const;

/** Our own words about the session that this shell carries. */
export const markerVariables = [
  "KOPS_MFA_PROFILE",
  "KOPS_MFA_EXPIRES_AT",
  "KOPS_MFA_ACCESS_KEY_ID",
  "KOPS_MFA_SESSION_ID",
  "KOPS_MFA_SET",
  "KOPS_MFA_PREVIOUS",
] as const;

/**
 * Carry a session that is served: the endpoint and what opens it, and the same address once more, by which it is known as ours.
 * Removed with it and never remembered.
 */
export const servedVariables = [
  "AWS_CONTAINER_CREDENTIALS_FULL_URI",
  "AWS_CONTAINER_AUTHORIZATION_TOKEN",
  "KOPS_MFA_SERVER",
] as const;

/** Name the files with the person's keys, which the SDKs prefer to any endpoint; another file is named while a session is served. */
export const fileVariables = ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"] as const;

/** Set beside the credentials where they are known; what was there before is given back. */
export const settingVariables = [
  "AWS_REGION",
  "AWS_DEFAULT_REGION",
  "KOPS_STATE_STORE",
  "KOPS_CLUSTER_NAME",
] as const;

/**
 * Unset while a session is active that was made without them, for a profile that was named on the command line: they would turn the
 * next run of kops-mfa in this shell into another session.
 */
export const roleVariables = [
  "KOPS_MFA_ROLE_ARN",
  "KOPS_MFA_ARN",
  "KOPS_MFA_EXTERNAL_ID",
  "KOPS_MFA_ROLE_SESSION_NAME",
  "KOPS_MFA_REGION",
] as const;

interface ConflictingVariable {
  readonly name: string;
  /** Whether `env --unset` may give the value back; a secret is never kept. */
  readonly secret: boolean;
}

/** Unset while a session is in the shell. */
export const conflictingVariables: readonly ConflictingVariable[] = [
  // The Go SDK and botocore fail on a profile that does not exist, even with keys in the environment.
  { name: "AWS_PROFILE", secret: false },
  { name: "AWS_DEFAULT_PROFILE", secret: false },
  // botocore reads it before AWS_SESSION_TOKEN.
  { name: "AWS_SECURITY_TOKEN", secret: true },
  // The Go SDK accepts these old names.
  { name: "AWS_ACCESS_KEY", secret: true },
  { name: "AWS_SECRET_KEY", secret: true },
  { name: "AWS_ROLE_ARN", secret: false },
  { name: "AWS_ROLE_SESSION_NAME", secret: false },
  { name: "AWS_WEB_IDENTITY_TOKEN_FILE", secret: false },
  { name: "AWS_CONTAINER_CREDENTIALS_FULL_URI", secret: false },
  { name: "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", secret: false },
  { name: "AWS_CONTAINER_AUTHORIZATION_TOKEN", secret: true },
  { name: "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", secret: false },
  // kops assumes this role on top of the session, for EC2 and IAM but not for the state store.
  { name: "KOPS_AWS_ROLE_ARN", secret: false },
];
