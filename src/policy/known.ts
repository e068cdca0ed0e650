import { checkRoleArn } from "../config/arn.ts";
import { lookup, missingProfile } from "../config/lookup.ts";
import { describeOrigin, type Setting } from "../config/origin.ts";
import type { Inputs } from "../config/inputs.ts";
import { fromVariables } from "../config/variables.ts";

/** What the configuration says about what a policy is for; null where it says nothing. */
export interface Known {
  readonly roleArn: Setting | null;
  readonly serialNumber: Setting | null;
  readonly stateStore: Setting | null;
  readonly region: Setting | null;
}

/**
 * Reads it off the profile that is meant. Unlike a session, a policy needs no access keys.
 * Throws {@link ConfigError} for a profile that there is not, and for a role ARN that is none.
 */
export function readKnown(inputs: Inputs): Known {
  const { files, request, env } = inputs;
  const profile = findProfile(inputs);
  const role = request.roleArn ?? lookup(files, profile, "role_arn");
  const serial = request.serialNumber ?? lookup(files, profile, "mfa_serial");
  return {
    roleArn: role && checkRoleArn(role),
    serialNumber: serial ?? request.defaults.get("mfa_serial") ?? null,
    stateStore: request.stateStore ?? fromVariables(env, ["KOPS_STATE_STORE"]),
    region: request.region ?? lookup(files, profile, "region"),
  };
}

/** The name of the AWS profile; a section of the settings that names none may do without. */
function findProfile({ files, request }: Inputs): string {
  const named = request.awsProfile ?? (request.hasSection ? null : request.profile);
  if (named && !files.profiles.has(named.value)) {
    const { origin } = named;
    const where = origin.kind === "option" ? "" : `${describeOrigin(origin)}: `;
    throw missingProfile(files, named.value, where);
  }
  return (request.awsProfile ?? request.profile)?.value ?? "default";
}
