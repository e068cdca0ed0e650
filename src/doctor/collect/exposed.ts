import { describeAllowed, isExposed, refusalOf } from "../../config/encryption.ts";
import { describeOrigin, type Setting } from "../../config/origin.ts";
import { awsProfile, type Resolution } from "../../config/resolve.ts";
import type { Inputs } from "../../config/inputs.ts";
import { exposedSource } from "../../config/source-endpoints.ts";
import { configuredEndpoint } from "../../config/sts-target.ts";
import { fromVariables } from "../../config/variables.ts";
import type { ExposedEndpoint } from "../facts.ts";
import { customS3 } from "../../kops/store-access.ts";

/** Each endpoint of the session, and of kops with it, to which requests would go unencrypted. */
export function exposedEndpoints(
  inputs: Inputs,
  { source }: Resolution,
): readonly ExposedEndpoint[] {
  const { files, env } = inputs;
  const query = { files, env, region: null, arn: null };
  const own = { ...query, profile: awsProfile(inputs) };
  // kops names no profile.
  const ofKops = { ...query, profile: "default" };
  const services = [
    configuredEndpoint(own, "sts"),
    configuredEndpoint(own, "iam"),
    fromVariables(env, [customS3]) ?? configuredEndpoint(ofKops, "s3"),
    configuredEndpoint(ofKops, "ec2"),
  ].filter((endpoint): endpoint is Setting => endpoint !== null && isExposed(endpoint));
  const all = [...services, ...(source.kind === "provider" ? exposedSource(source, env) : [])];
  const places = all.map(({ origin }) => describeOrigin(origin));
  return all
    .filter((_, index) => places.indexOf(places[index] ?? "") === index)
    .map((endpoint) => {
      const refusal = refusalOf(endpoint, env);
      return refusal === null
        ? { ...describeAllowed(endpoint), isAllowed: true }
        : { ...refusal, isAllowed: false };
    });
}
