import { loadSettings } from "../config/load.ts";
import { resolve } from "../config/resolve.ts";
import type { Settings } from "../config/settings.ts";
import type { Context } from "../context.ts";
import { originalEnvironment } from "../environment/carried.ts";
import { orNull } from "../errors.ts";
import { awsCliSession, type AwsCliSession } from "../session/aws-cli/key.ts";
import { planSession } from "../session/plan.ts";
import { readInputs } from "./read-inputs.ts";

/** Whether any settings of this person say `cache = keyring`; what cannot be read says nothing, with a word. */
export function usesKeyring(context: Context): boolean {
  const env = originalEnvironment(context.env);
  if (env["KOPS_MFA_CACHE"] === "keyring") return true;
  const settings = orNull(
    () => loadSettings({ ...context, env }),
    (why) => context.terminal.note(`${why}; a keyring, if it is used, is left as it is`),
  );
  return (
    settings !== null && sections(settings).some((one) => one.get("cache")?.value === "keyring")
  );
}

/** The session that a profile shares with the AWS CLI; null where it shares none, or its configuration is broken. */
export function sharedByProfile(context: Context, profile: string): AwsCliSession | null {
  const env = originalEnvironment(context.env);
  return orNull(() => {
    const resolution = resolve(readInputs(context, env, { profile }));
    const isShared = resolution.cache?.value === "aws-cli";
    return isShared ? awsCliSession(resolution, planSession(resolution)) : null;
  });
}

function sections({ sections: own, defaults }: Settings) {
  return [...own.values(), defaults];
}
