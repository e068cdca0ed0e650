import type { Resolution } from "../../config/resolve.ts";
import type { AwsCredentials, StsTarget } from "../../context/sts.ts";
import type { Context } from "../../context.ts";
import type { AwsFacts, CallerAnswer, Unasked } from "../facts.ts";
import type { Problem } from "../../errors.ts";
import { KopsMfaError } from "../../errors.ts";
import { sourceCredentials } from "../../session/source-credentials.ts";
import { StsFailure } from "../../session/sts-failure.ts";
import { troubleOf } from "./attempt.ts";

/** Somebody waits for the answer. */
const longestWaitMs = 5000;

/** What may be done to find out. */
export interface Licence {
  /** Neither a request nor a program. */
  readonly isOffline: boolean;
  /** Whether a person may be asked, and programs of theirs run. */
  readonly mayAsk: boolean;
}

type Keys =
  | { readonly kind: "keys"; readonly keys: AwsCredentials }
  | { readonly kind: "trouble"; readonly trouble: Problem }
  | Unasked;

/** The keys that everything starts with, and what AWS says of them. */
export async function examineAws(
  context: Context,
  resolution: Resolution | null,
  licence: Licence,
): Promise<AwsFacts> {
  const found = resolution ? await findKeys(context, resolution, licence) : unasked("profile");
  if (found.kind !== "keys" || resolution === null || licence.isOffline) {
    const caller =
      found.kind === "unasked" ? found : unasked(found.kind === "keys" ? "offline" : "keys");
    const keysTrouble = found.kind === "trouble" ? found.trouble : null;
    return { keysTrouble, caller, devices: null };
  }
  const { keys } = found;
  const target = hurried(resolution.sts);
  const [caller, devices] = await Promise.all([
    askIdentity(context, target, keys),
    askDevices(context, target, keys),
  ]);
  return { keysTrouble: null, caller, devices };
}

export function unasked(why: string): Unasked {
  return { kind: "unasked", why };
}

function hurried(target: StsTarget): StsTarget {
  return { ...target, timeoutMs: Math.min(target.timeoutMs, longestWaitMs) };
}

/** A `credential_process` is a program of the person's own, and may ask them for something. */
async function findKeys(
  context: Context,
  { source, sts }: Resolution,
  { isOffline, mayAsk }: Licence,
): Promise<Keys> {
  if (source.kind === "static") {
    const { accessKeyId, secretAccessKey, sessionToken } = source;
    if (secretAccessKey === null) return { kind: "trouble", trouble: withoutSecret };
    return { kind: "keys", keys: { accessKeyId, secretAccessKey, sessionToken } };
  }
  if (isOffline) return unasked("offline");
  if (source.provider.type === "process" && !mayAsk) return unasked("--login");
  try {
    return { kind: "keys", keys: await sourceCredentials(context, source, hurried(sts)) };
  } catch (error) {
    return { kind: "trouble", trouble: troubleOf(error) };
  }
}

const withoutSecret: Problem = {
  message: "the environment has AWS_ACCESS_KEY_ID without AWS_SECRET_ACCESS_KEY",
  hint: "Set both. (A session in this shell replaces the keys that were there: open a new shell, or keep them in ~/.aws/credentials.)",
};

/** Asks STS whose keys these are, which needs no permission. */
export async function askIdentity(
  { sts, terminal }: Pick<Context, "sts" | "terminal">,
  target: StsTarget,
  keys: AwsCredentials,
): Promise<CallerAnswer> {
  try {
    return { kind: "known", ...(await sts(hurried(target), { terminal }).getCallerIdentity(keys)) };
  } catch (error) {
    if (error instanceof StsFailure) return { kind: "failed", failure: error.details };
    return { kind: "trouble", trouble: troubleOf(error) };
  }
}

/** With temporary keys the question is another one: a role has no devices. */
async function askDevices(
  { sts, terminal }: Context,
  target: StsTarget,
  keys: AwsCredentials,
): Promise<readonly string[] | null> {
  if (keys.sessionToken !== null) return null;
  try {
    return await sts(target, { terminal }).listMfaDevices(keys);
  } catch (error) {
    if (error instanceof KopsMfaError) return null;
    throw error;
  }
}
