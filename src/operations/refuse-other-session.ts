import type { Resolution } from "../config/resolve.ts";
import type { Environment } from "../environment/environment.ts";
import { carriedSession } from "../environment/carried.ts";
import { CredentialsError } from "../errors.ts";
import { sessionIdentity } from "../session/identity.ts";
import { profileArgument } from "../cli/profile-name.ts";

/** Throws {@link CredentialsError} if a renewal would change whose session is active in the shell with the environment `env`. */
export function refuseOtherSession(resolution: Resolution, env: Environment): void {
  const active = carriedSession(env);
  if (active === null) {
    throw new CredentialsError(
      "no session of kops-mfa is active in this shell, so there is none to renew",
      {
        hint: "Run kops-mfa use to get one.",
      },
    );
  }
  if (active.identity === sessionIdentity(resolution)) return;
  const was = active.profile === null ? "" : ` of profile "${active.profile}"`;
  throw new CredentialsError(
    `the session in this shell${was} was not renewed: the configuration now gives ${describe(resolution)}`,
    {
      hint: `To switch to it, run kops-mfa use${profileArgument(resolution.profile?.value ?? null)}.`,
    },
  );
}

function describe({ profile, roles }: Resolution): string {
  const last = roles.at(-1);
  const role = last && ` with role ${last.roleArn.value} as ${last.roleSessionName.value}`;
  const name = profile === null ? "another session" : `profile "${profile.value}"`;
  return `${name}${role ?? ""}`;
}
