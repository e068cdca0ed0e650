import { valueOf } from "../config/origin.ts";
import { lookup } from "../config/lookup.ts";
import type { SharedFiles } from "../config/profiles.ts";
import { requestVariables } from "../config/request.ts";
import { checkRegion } from "../config/request-values.ts";
import { resolveStsTarget } from "../config/sts-target.ts";
import { fromVariables } from "../config/variables.ts";
import type { AwsCredentials, Sts, StsTarget } from "../context/sts.ts";
import type { Context } from "../context.ts";
import type { Environment } from "../environment/environment.ts";
import { CredentialsError, StsError } from "../errors.ts";
import { explainFailure } from "../session/explain-failure.ts";
import { sourceCredentials } from "../session/source-credentials.ts";
import { StsFailure } from "../session/sts-failure.ts";
import type { Caller, Keys } from "./draft.ts";
import { temporaryKeys } from "./keys.ts";

/** A user that AWS knows, and the way to ask it more. */
export interface Identity {
  readonly caller: Caller;
  /** The region that is configured for the keys. */
  readonly region: string | null;
  /** What IAM lists; null where the user may not ask, or IAM does not answer. */
  readonly devices: () => Promise<readonly string[] | null>;
}

interface Place {
  readonly app: Pick<Context, "sts" | "credentials" | "terminal">;
  readonly files: SharedFiles;
  readonly env: Environment;
}

/** Keys that AWS does not take, or with which it takes no code: others may do. */
export class WrongKeys extends CredentialsError {}

/** Whose the keys are. Throws {@link WrongKeys}, or {@link StsError} where STS cannot be asked. */
export async function identify({ app, files, env }: Place, keys: Keys): Promise<Identity> {
  const { profile } = keys;
  const { where } = keys.source;
  const region = configuredRegion(files, env, profile);
  const target = resolveStsTarget({ files, env, profile, region, arn: null });
  const sts = app.sts(target, { terminal: app.terminal });
  const credentials = await credentialsOf(app, keys, target);
  if (credentials.sessionToken !== null) throw wrong(temporaryKeys(where));
  const { arn } = await askSts(sts, credentials, where, target);
  return {
    caller: readCaller(arn, where),
    region: valueOf(region),
    devices: () => sts.listMfaDevices(credentials),
  };
}

function configuredRegion(files: SharedFiles, env: Environment, profile: string | null) {
  const names = profile === null ? ["default"] : [profile, "default"];
  const found = names.map((name) => lookup(files, name, "region")).find((one) => one !== null);
  return checkRegion(found ?? fromVariables(env, requestVariables.region));
}

async function credentialsOf(
  app: Pick<Context, "credentials" | "terminal">,
  { source }: Keys,
  target: StsTarget,
): Promise<AwsCredentials> {
  if (source.kind === "provider") return sourceCredentials(app, source, target);
  return { ...source, secretAccessKey: source.secretAccessKey ?? "" };
}

async function askSts(sts: Sts, keys: AwsCredentials, source: string, { region }: StsTarget) {
  try {
    return await sts.getCallerIdentity(keys);
  } catch (error) {
    if (!(error instanceof StsFailure)) throw error;
    const { message, hint } = explainFailure(error.details, {
      ...{ source, region },
      ...{ serialNumber: null, roleArn: null, unusedSerialNumber: null },
      ...{ callerArn: null, durationSeconds: null },
    });
    const details = { hint, cause: error };
    throw error.details.kind === "refused"
      ? new WrongKeys(message, details)
      : new StsError(message, details);
  }
}

function readCaller(arn: string, where: string): Caller {
  const [, partition, account, user] =
    /^arn:([a-z-]+):iam::(\d{12}):user\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  if (partition !== undefined && account !== undefined && user !== undefined) {
    return { partition, account, user };
  }
  if (!arn.endsWith(":root")) throw wrong(temporaryKeys(`${where} (${arn})`));
  throw new WrongKeys(
    `${where} has the keys of the account's root user, who can assume no role and should have no keys`,
    {
      hint: "Make an IAM user for yourself (IAM console: Users, Create user), give its access key to `aws configure`, and delete the root user's.",
    },
  );
}

function wrong({ message, hint }: CredentialsError): WrongKeys {
  return new WrongKeys(message, { hint });
}
