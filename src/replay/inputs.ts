import type { Environment } from "../environment/environment.ts";

/** The variables that decide what is printed. */
export const plainInputs = [
  ...["HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "APPDATA", "LOCALAPPDATA"],
  ...["SHELL", "MSYSTEM", "npm_execpath", "GITHUB_ACTIONS"],
  ...["AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"],
  ...["AWS_ACCESS_KEY_ID", "AWS_CREDENTIAL_EXPIRATION", "AWS_SESSION_EXPIRATION"],
  ...["AWS_REGION", "AWS_DEFAULT_REGION", "AWS_MFA_SERIAL", "AWS_CA_BUNDLE"],
  ...["AWS_SESSION_TAGS", "AWS_TRANSITIVE_TAGS", "AWS_STS_REGIONAL_ENDPOINTS"],
  ...["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_STS", "AWS_ENDPOINT_URL_IAM"],
  ...["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT"],
  ...["AWS_ROLE_ARN", "AWS_ROLE_SESSION_NAME", "AWS_WEB_IDENTITY_TOKEN_FILE"],
  ...["AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"],
  ...["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "KOPS_AWS_ROLE_ARN"],
  ...["AWS_EC2_METADATA_SERVICE_ENDPOINT", "KOPS_MFA_ALLOW_HTTP"],
  ...["KOPS_STATE_STORE", "KOPS_CLUSTER_NAME", "KOPS_MFA_SHELL", "KOPS_MFA_CONFIG"],
  ...["KOPS_MFA_PROFILE", "KOPS_MFA_REGION", "KOPS_MFA_ROLE_ARN", "KOPS_MFA_ARN"],
  ...["KOPS_MFA_ROLE_SESSION_NAME", "KOPS_MFA_EXTERNAL_ID", "KOPS_MFA_TIMEOUT"],
  ...["KOPS_MFA_DURATION", "KOPS_MFA_DURATION_SECONDS", "KOPS_MFA_MIN_TTL", "KOPS_MFA_CACHE"],
  ...["KOPS_MFA_NO_SESSION", "KOPS_MFA_NO_PROMPT", "KOPS_MFA_PROCESS_TIMEOUT"],
  ...[
    "KOPS_MFA_ACCESS_KEY_ID",
    "KOPS_MFA_SESSION_ID",
    "KOPS_MFA_SET",
    "KOPS_MFA_EXPIRES_AT",
    "KOPS_MFA_PREVIOUS",
  ],
] as const;

/** Those of which only whether they say something counts, and whose values are never kept. */
export const secretInputs = [
  ...["AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN"],
  ...["AWS_ACCESS_KEY", "AWS_SECRET_KEY", "AWS_CONTAINER_AUTHORIZATION_TOKEN"],
] as const;

/** With one of these nothing is remembered. */
export const unusualInputs = [
  "KOPS_MFA_TOKEN_CODE",
  "KOPS_MFA_SERVER",
  "KOPS_MFA_PROCESS_CHAIN",
] as const;

/** What decides an answer besides files, as one text to compare; null where an answer is not to be remembered. */
export function inputsOf(argv: readonly string[], env: Environment): string | null {
  if (unusualInputs.some((name) => env[name] !== undefined)) return null;
  let text = argv.join("\0");
  for (const name of plainInputs) {
    const value = env[name];
    if (value !== undefined) text += `\0${name}=${value}`;
  }
  for (const name of secretInputs) {
    const value = env[name];
    if (value !== undefined) text += `\0${name}${value === "" ? "=" : "=…"}`;
  }
  return text;
}
