import { readRequest, type RequestOptions } from "../../config/request.ts";
import { resolve, type Resolution } from "../../config/resolve.ts";
import type { Inputs } from "../../config/inputs.ts";
import type { Setting } from "../../config/origin.ts";
import type { Children } from "../../context/processes.ts";
import type { Environment } from "../../environment/environment.ts";
import type { ProfileFacts } from "../facts.ts";
import type { Problem } from "../../errors.ts";
import { planSession, type Plan } from "../../session/plan.ts";
import { attempt } from "./attempt.ts";
import { exposedEndpoints } from "./exposed.ts";
import type { ReadFiles } from "./files.ts";

export interface ReadProfile {
  readonly facts: ProfileFacts;
  /** What a session can be made from; null where anything of it is broken. */
  readonly intent: (Inputs & { readonly resolution: Resolution; readonly plan: Plan }) | null;
  /** The same, also where no session can be made. */
  readonly inputs: Inputs | null;
}

interface Surroundings {
  /** The environment before any session of ours. */
  readonly env: Environment;
  readonly options: RequestOptions;
  readonly children: Pick<Children, "find">;
}

/** Resolves and plans, as far as it goes. */
export function examineProfile(read: ReadFiles, around: Surroundings): ReadProfile {
  const { env, options } = around;
  const { shared, settings } = read;
  const unknown = { ...unresolved, names: [...(shared?.profiles.keys() ?? [])] };
  const nothing = { intent: null, inputs: null };
  if (shared === null || settings === null) {
    return { ...nothing, facts: { ...unknown, brokenFile: brokenFile(read) } };
  }
  const request = attempt(() => readRequest(options, env, settings));
  if (request.value === null) {
    return { ...nothing, facts: { ...unknown, trouble: request.trouble } };
  }
  const inputs = { files: shared, request: request.value, env };
  const resolved = resolveAround(inputs);
  if (resolved.resolution === null) {
    return { ...nothing, inputs, facts: { ...unknown, ...resolved } };
  }
  const { facts, intent } = examinePlan(inputs, resolved, resolved.resolution);
  const program = codeProgram(resolved.resolution, around.children);
  const exposed = exposedEndpoints(inputs, resolved.resolution);
  const own = { codeProgram: program, exposed };
  return { inputs, intent, facts: { ...unknown, ...resolved, ...facts, ...own } };
}

/** There is no plan for a role or a device that was only thought of. */
function examinePlan(
  inputs: Inputs,
  { roleTrouble, serialTrouble }: Resolved,
  resolution: Resolution,
) {
  if (roleTrouble ?? serialTrouble)
    return { facts: { plan: null, planTrouble: null }, intent: null };
  const { value: plan, trouble: planTrouble } = attempt(() => planSession(resolution));
  return { facts: { plan, planTrouble }, intent: plan && { ...inputs, resolution, plan } };
}

const unresolved = {
  brokenFile: null,
  trouble: null,
  resolution: null,
  roleTrouble: null,
  serialTrouble: null,
  plan: null,
  planTrouble: null,
  codeProgram: null,
  exposed: [],
} as const;

function brokenFile({ facts: { config, credentials } }: ReadFiles): string {
  if (config.trouble) return "config-file";
  return credentials.trouble ? "credentials-file" : "settings";
}

interface Resolved {
  readonly trouble: Problem | null;
  readonly resolution: Resolution | null;
  readonly roleTrouble: Problem | null;
  readonly serialTrouble: Problem | null;
}

/** A role and a serial of the right form, to see what is wrong beside one of a wrong form. */
const roleArn = standIn("arn:aws:iam::000000000000:role/none");
const serialNumber = standIn("arn:aws:iam::000000000000:mfa/none");

function standIn(value: string): Setting {
  return { value, origin: { kind: "default", why: "thought of" } };
}

/** Where a role or a serial is of a wrong form, the rest is resolved without it. */
function resolveAround(inputs: Inputs): Resolved {
  const given = (request: Partial<Inputs["request"]>) =>
    attempt(() => resolve({ ...inputs, request: { ...inputs.request, ...request } }));
  const whole = given({});
  const fine = { trouble: null, roleTrouble: null, serialTrouble: null };
  if (whole.value) return { ...fine, resolution: whole.value };
  const withSerial = given({ serialNumber });
  if (withSerial.value) {
    const resolution = { ...withSerial.value, serialNumber: null };
    return { ...fine, resolution, serialTrouble: whole.trouble };
  }
  const withRole = given({ roleArn });
  if (withRole.value) {
    return { ...fine, resolution: withRole.value, roleTrouble: whole.trouble };
  }
  const withBoth = given({ roleArn, serialNumber });
  if (!withBoth.value) return { ...fine, resolution: null, trouble: whole.trouble };
  const resolution = { ...withBoth.value, serialNumber: null };
  return { ...fine, resolution, roleTrouble: whole.trouble, serialTrouble: withRole.trouble };
}

/** Only of a command that begins with a plain word is it known which program that is. */
function codeProgram({ mfaProcess }: Resolution, children: Pick<Children, "find">) {
  const [name] = /^[\w./-]+(?=\s|$)/.exec(mfaProcess?.value.trim() ?? "") ?? [];
  return name === undefined ? null : { name, isFound: children.find(name).how === "found" };
}
