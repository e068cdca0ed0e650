import type { Environment } from "./environment.ts";

type ChildEnvironment = Readonly<Record<string, string>>;

/** For this process alone: a code works once, and no other program has a use for it. */
const ownVariables = /^KOPS_MFA_TOKEN_CODE$/;

/** Ours, and everything that could sign a request: the SDKs read `AWS_…`, kops `S3_…` too. */
const credentialVariables = /^(?:KOPS_MFA_TOKEN_CODE$|AWS_|S3_)/;

/**
 * The environment of any program that is started: `env` without what is for this process alone. The user's settings stay, and so do
 * KOPS_MFA_DEPTH, KOPS_MFA_PROCESS_CHAIN and KOPS_MFA_SERVER, by which a kops-mfa further down knows where it runs.
 */
export function childEnvironment(env: Environment, platform: string): ChildEnvironment {
  return without(ownVariables, env, platform);
}

/** The environment of a program that needs nothing of AWS: without any credentials. */
export function helperEnvironment(env: Environment, platform: string): ChildEnvironment {
  return without(credentialVariables, env, platform);
}

/** Windows compares names of variables without regard to case: learn.microsoft.com/windows/win32/procthread/environment-variables */
function without(names: RegExp, env: Environment, platform: string): ChildEnvironment {
  const pattern = platform === "win32" ? new RegExp(names, "i") : names;
  return Object.fromEntries(
    Object.entries(env).filter(
      (pair): pair is [string, string] => pair[1] !== undefined && !pattern.test(pair[0]),
    ),
  );
}
