import type { Inputs } from "../config/inputs.ts";
import { renderCloudformation } from "./cloudformation.ts";
import { readFormat, type PolicyFormat } from "./formats.ts";
import { renderJson } from "./json.ts";
import { readKnown } from "./known.ts";
import { checkSizes } from "./limits.ts";
import { accessNotes } from "./notes.ts";
import { policiesOf, type Policies } from "./policies.ts";
import { readAccess, type AccessOptions } from "./read-access.ts";
import { renderScript } from "./script.ts";
import { renderTerraform } from "./terraform.ts";
import type { Access } from "./access.ts";

export interface PolicyOptions extends AccessOptions {
  readonly format: string | undefined;
}

interface Made {
  readonly text: string;
  /** What the person should know. */
  readonly notes: readonly string[];
}

const renderers: Readonly<Record<PolicyFormat, (access: Access, policies: Policies) => string>> = {
  json: renderJson,
  script: renderScript,
  cloudformation: renderCloudformation,
  terraform: renderTerraform,
};

/** The whole text of `policy`. Throws {@link UsageError} and {@link ConfigError}. */
export function makePolicies(options: PolicyOptions, inputs: Inputs): Made {
  const render = renderers[readFormat(options.format)];
  const { access, notes } = readAccess(options, readKnown(inputs));
  const policies = checkSizes(policiesOf(access));
  return { text: render(access, policies), notes: [...notes, ...accessNotes(access)] };
}
