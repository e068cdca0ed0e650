import { mintRole } from "../../../sandbox/minted.ts";
import { launch } from "../../../sandbox/support.ts";

/** A sandbox on the machine's clock, and a session of a role that needs no MFA. */
export async function launchWithRole() {
  const { world, sandbox } = await launch({ clock: Date.now });
  const role = "arn:aws:iam::222222222222:role/kops-open";
  const caller = await mintRole(sandbox, world.jon.accessKeys[0]!, role);
  return { world, sandbox, caller };
}
