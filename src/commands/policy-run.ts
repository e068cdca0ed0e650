import { readInputs } from "../operations/read-inputs.ts";
import type { Context } from "../context.ts";
import { originalEnvironment } from "../environment/carried.ts";
import { ExitCode } from "../errors.ts";
import { makePolicies, type PolicyOptions } from "../policy/make-policies.ts";

/** What the command line says; what it does not say is absent. */
export type PolicyRunOptions = {
  readonly [Name in keyof PolicyOptions]?: PolicyOptions[Name] | undefined;
};

/** `policy`: prints a role that wants MFA, and its policies. Calls nothing. Throws {@link UsageError} and {@link ConfigError}. */
export function runPolicy(
  app: Context,
  profile: string | undefined,
  options: PolicyRunOptions,
): ExitCode {
  const { region } = options;
  const inputs = readInputs(app, originalEnvironment(app.env), { profile, region });
  const { text, notes } = makePolicies(whole(options), inputs);
  app.stdout.write(text);
  for (const note of notes) app.terminal.note(note);
  return ExitCode.Ok;
}

function whole(options: PolicyRunOptions): PolicyOptions {
  const { format, stateStore, account, roleName, maxSessionDuration, userAccount } = options;
  const { mfaAge, partition, region, users = [], groups = [] } = options;
  const { clusters = [], allowed = [], bucketPolicy = false } = options;
  const { sessionNameRule = false, manageMfa = false, manageClusters = false } = options;
  return {
    ...{ format, stateStore, account, roleName, maxSessionDuration, userAccount },
    ...{ mfaAge, partition, region, users, groups },
    ...{ clusters, allowed, bucketPolicy },
    ...{ sessionNameRule, manageMfa, manageClusters },
  };
}
