import type { Environment } from "../environment/environment.ts";
import { CredentialsError } from "../errors.ts";

/**
 * The sources whose credential_process is running, outermost first, one a line. The AWS CLI guards itself in the same way,
 * with `_AWS_CLI_PROFILE_CHAIN`: github.com/aws/aws-cli, awscli/customizations/configure/exportcreds.py.
 */
const variable = "KOPS_MFA_PROCESS_CHAIN";

/**
 * Refuses a source whose own credential_process has started this process: before anything else, since the process outside
 * holds the lock that this one would wait for. Throws {@link CredentialsError}.
 */
export function refuseRecursion(where: string, env: Environment): void {
  if (!chainOf(env).includes(where)) return;
  throw new CredentialsError(
    `${where}: it runs kops-mfa for the same profile again, round in a circle`,
    {
      hint: "Let kops-mfa in credential_process name a profile that has its credentials from elsewhere.",
    },
  );
}

/** The environment of that source's credential_process. */
export function processEnvironment(where: string, env: Environment): Environment {
  const { AWS_ACCESS_KEY_ID: id, ...others } = env;
  // Of keys that a session of ours replaced only the id is left, and half a key makes the AWS CLI fail.
  const key = id !== undefined && env["AWS_SECRET_ACCESS_KEY"] ? { AWS_ACCESS_KEY_ID: id } : {};
  return { ...others, ...key, [variable]: [...chainOf(env), where].join("\n") };
}

function chainOf(env: Environment): readonly string[] {
  return env[variable]?.split("\n") ?? [];
}
