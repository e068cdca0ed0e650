import { lookup, lookupOwn } from "../config/lookup.ts";
import { valueOf } from "../config/origin.ts";
import type { SharedFiles } from "../config/profiles.ts";
import { requestVariables } from "../config/request.ts";
import type { Settings } from "../config/settings.ts";
import { fromVariables } from "../config/variables.ts";
import type { Environment } from "../environment/environment.ts";
import type { Known } from "./draft.ts";

interface Place {
  readonly files: SharedFiles;
  readonly settings: Settings;
  readonly env: Environment;
  /** kops's own configuration file; null where there is none. */
  readonly kopsConfig: string | null;
}

/**
 * What is known about a profile, be it there or not: what its sections say, then the variables of this shell, among them those
 * of the script in the kops documentation, then kops's own configuration.
 */
export function knownAbout(profile: string, place: Place): Known {
  const { files, settings, env, kopsConfig } = place;
  const variable = (names: readonly string[]) => fromVariables(env, names);
  const either = (key: string, names: readonly string[]) =>
    valueOf(lookupOwn(files, profile, key) ?? variable(names));
  const section = settings.sections.get(profile);
  const store = section?.get("state_store") ?? variable(["KOPS_STATE_STORE"]);
  const cluster = section?.get("cluster") ?? variable(["KOPS_CLUSTER_NAME"]);
  const serial = lookup(files, profile, "mfa_serial") ?? variable(requestVariables.serialNumber);
  return given({
    sourceProfile: either("source_profile", requestVariables.profile),
    serialNumber: valueOf(serial),
    roleArn: either("role_arn", requestVariables.roleArn),
    externalId: either("external_id", requestVariables.externalId),
    region: valueOf(lookupOwn(files, profile, "region")),
    stateStore: valueOf(store) ?? kopsStateStore(kopsConfig ?? ""),
    cluster: valueOf(cluster),
  });
}

/** Nothing said is not the same as nothing wanted. */
function given(known: Known): Known {
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== null));
}

/** Its own YAML is a line or two: github.com/kubernetes/kops, cmd/kops/root.go (initConfig). */
function kopsStateStore(text: string): string | null {
  return /^KOPS_STATE_STORE:[ \t]*["']?([^"'\s#]+)/im.exec(text)?.[1] ?? null;
}
