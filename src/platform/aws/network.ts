import type { Context } from "../../context.ts";
import type { Environment } from "../../environment/environment.ts";
import { callGate, gatedSts } from "./call-gate.ts";
import { lazySts } from "./lazy-sts.ts";

/** What sends requests to AWS, behind the gate that every one of them passes; loaded when first called. */
export function realNetwork(
  env: Environment,
  terminal: Pick<Context["terminal"], "error">,
): Pick<Context, "credentials" | "s3" | "sts" | "ec2"> {
  const gate = callGate(env, terminal);
  return {
    credentials: async (source, target) => {
      gate.source(source, target);
      const { providerCredentials } = await import("./remote-entry.ts");
      return providerCredentials(source, target, env);
    },
    s3: (target) => ({
      async list(caller, place) {
        gate.service(target, "s3");
        const { openS3 } = await import("./remote-entry.ts");
        return openS3(target).list(caller, place);
      },
    }),
    sts: (target, { terminal: { waitFor }, signal }) =>
      gatedSts(lazySts(target, waitFor, signal), target, gate),
    ec2: (target) => ({
      async describeRegions(caller) {
        gate.service(target, "ec2");
        const { openEc2 } = await import("./remote-entry.ts");
        return openEc2(target).describeRegions(caller);
      },
    }),
  };
}
