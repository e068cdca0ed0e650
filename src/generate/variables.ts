import { optionName, requestVariables } from "../config/request.ts";

type Rows = readonly (readonly [name: string, words: string])[];

/** What says as a variable what an option says too: the option's name, and its variables, the first of which wins. */
export const optionVariables: readonly (readonly [option: string, names: readonly string[]])[] =
  Object.entries(requestVariables).map(([key, names]) => [optionName(key), names]);

/** What has no option. */
export const ownVariables: Rows = [
  [
    "KOPS_MFA_ALLOW_HTTP",
    "1 lets requests go to http:// endpoints of other machines, where MFA codes and sessions can be read on the way",
  ],
  [
    "KOPS_MFA_CACHE",
    "where sessions are kept, as cache in the settings: files, keyring, aws-cli or none",
  ],
  ["KOPS_MFA_CONFIG", "the file of your own settings"],
  ["KOPS_MFA_DEBUG", "anything: an internal error shows where it happened"],
  ["KOPS_MFA_PROCESS_TIMEOUT", "how many seconds mfa_process has: 60, and 600 at most"],
  ["KOPS_MFA_SHELL", "the shell to print for, where --shell does not say it"],
  ["KOPS_MFA_TIMEOUT", "how many seconds an answer of AWS is waited for: 20, and 600 at most"],
];

/** What is read as the AWS CLI and the SDKs read it. */
export const awsVariables: readonly string[] = [
  ...["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "AWS_ACCESS_KEY_ID"],
  ...["AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_CA_BUNDLE", "AWS_ENDPOINT_URL"],
  ...["AWS_ENDPOINT_URL_STS", "AWS_ENDPOINT_URL_IAM", "AWS_USE_FIPS_ENDPOINT"],
  ...["AWS_USE_DUALSTACK_ENDPOINT", "HTTPS_PROXY", "NO_PROXY"],
];

/** What the program itself puts into the environment of a shell or command, and finds there again. */
export const carriedVariables: Rows = [
  ["KOPS_MFA_EXPIRES_AT", "when the session ends, in seconds since the epoch"],
  ["KOPS_MFA_ACCESS_KEY_ID", "by which kops-mfa knows its own session again"],
  ["KOPS_MFA_SESSION_ID", "a hash of whose session it is, which a renewal must not change"],
  ["KOPS_MFA_SET", "the values of the regions and of KOPS_… variables that are the session's"],
  ["KOPS_MFA_PREVIOUS", "what env --unset gives back"],
  ["KOPS_MFA_SERVER", "the endpoint of a session that is renewed (exec --server)"],
];
