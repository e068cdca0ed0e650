import type { Resolution } from "../config/resolve.ts";
import type { AwsCredentials, Clock, MfaParams, Sts, StsSession, Terminal } from "../context.ts";
import { CredentialsError, StsError } from "../errors.ts";
import type { SessionCache } from "./cache.ts";
import { cacheKey, type CacheKey } from "./cache-key.ts";
import { explainFailure, type Situation } from "./explain-failure.ts";
import type { Plan, Step } from "./plan.ts";
import { StsFailure, type StsFailureDetails } from "./sts-failure.ts";
import type { TokenCodes } from "./token-code.ts";

/** A session counts as over this long before it is, so that what starts with it does not die at once (the SDKs' own window). */
export const expiryMarginMs = 5 * 60_000;

/** What the walk along a plan needs from outside. */
export interface Obtaining {
  readonly sts: Sts;
  readonly cache: SessionCache;
  readonly codes: TokenCodes;
  readonly clock: Clock;
  readonly terminal: Terminal;
}

/** The keys of a plan's steps in the cache, in the steps' order. */
export function planKeys({ source, sts }: Resolution, { steps }: Plan): readonly CacheKey[] {
  const keys: CacheKey[] = [];
  for (const step of steps) keys.push(cacheKey(keys.at(-1) ?? source.accessKeyId, step, sts));
  return keys;
}

/** The session of a plan as the cache has it; null when it has none that lasts. */
export function cachedSession(
  cache: SessionCache,
  key: CacheKey | undefined,
  clock: Clock,
): StsSession | null {
  const session = key === undefined ? null : cache.get(key);
  return session && session.expiresAt - clock.now() > expiryMarginMs ? session : null;
}

/**
 * The session at the end of a plan: from the cache, or made with the sessions before it, each of which may be cached.
 * Throws {@link StsError}, {@link CredentialsError} or {@link InterruptedError}.
 */
export async function obtainSession(
  from: Obtaining,
  resolution: Resolution,
  plan: Plan,
): Promise<StsSession> {
  const keys = planKeys(resolution, plan);
  const reach = async (index: number): Promise<StsSession> => {
    const [step, key] = [plan.steps[index], keys[index]];
    if (!step || key === undefined) throw new RangeError(`no step ${index} in the plan`);
    const cached = cachedSession(from.cache, key, from.clock);
    if (cached) return cached;
    const caller = index === 0 ? sourceKeys(resolution) : (await reach(index - 1)).credentials;
    const session = await new StepRun(from, resolution, caller).run(step);
    from.cache.put({ key, profile: resolution.profile, session });
    return session;
  };
  return reach(plan.steps.length - 1);
}

function sourceKeys({ source }: Resolution): AwsCredentials {
  const { accessKeyId, secretAccessKey, sessionToken, where } = source;
  if (secretAccessKey !== null) return { accessKeyId, secretAccessKey, sessionToken };
  throw new CredentialsError(`${where} has AWS_ACCESS_KEY_ID without AWS_SECRET_ACCESS_KEY`, {
    hint: "Set both. (A session in this shell replaces the keys that were there: open a new shell, or keep them in ~/.aws/credentials.)",
  });
}

/** One step of a plan, with its code where it needs one. */
class StepRun {
  readonly #from: Obtaining;
  readonly #resolution: Resolution;
  readonly #caller: AwsCredentials;

  constructor(from: Obtaining, resolution: Resolution, caller: AwsCredentials) {
    this.#from = from;
    this.#resolution = resolution;
    this.#caller = caller;
  }

  async run(step: Step): Promise<StsSession> {
    const { serialNumber } = step;
    if (serialNumber === null)
      return this.#call(step, null).catch((e: unknown) => this.#fail(step, e));
    const { codes, sts, terminal } = this.#from;
    for (let left = codes.tries; ; left--) {
      sts.prepare();
      const tokenCode = await codes.next(this.#codeRequest(serialNumber));
      try {
        return await this.#call(step, { serialNumber, tokenCode });
      } catch (error) {
        const { message, anotherCode } = await this.#explain(step, error);
        if (left <= 1 || anotherCode === undefined) return this.#fail(step, error);
        terminal.note(message);
      }
    }
  }

  #codeRequest(serialNumber: string) {
    const { roles, profile } = this.#resolution;
    return { serialNumber, roleArn: roles.at(-1)?.roleArn.value ?? null, profile };
  }

  #call(step: Step, mfa: MfaParams | null): Promise<StsSession> {
    const { sts } = this.#from;
    if (step.action === "AssumeRole") return sts.assumeRole(this.#caller, { ...step, mfa });
    return sts.getSessionToken(this.#caller, { durationSeconds: step.durationSeconds, mfa });
  }

  async #fail(step: Step, error: unknown): Promise<never> {
    const { message, hint } = await this.#explain(step, error);
    throw new StsError(message, { hint, cause: error });
  }

  async #explain(step: Step, error: unknown) {
    if (!(error instanceof StsFailure)) throw error;
    const callerArn = asksForCaller(error.details) ? await this.#callerArn() : null;
    return explainFailure(error.details, this.#situation(step, callerArn));
  }

  #situation(step: Step, callerArn: string | null): Situation {
    const { source, unusedSerialNumber, sts } = this.#resolution;
    return {
      serialNumber: this.#resolution.serialNumber?.value ?? null,
      roleArn: step.action === "AssumeRole" ? step.roleArn : null,
      unusedSerialNumber: unusedSerialNumber?.value ?? null,
      source: source.where,
      callerArn,
      region: sts.region,
      durationSeconds: step.durationSeconds,
    };
  }

  /** GetCallerIdentity needs no permission, so a refused caller can still learn its name. */
  async #callerArn(): Promise<string | null> {
    try {
      return (await this.#from.sts.getCallerIdentity(this.#caller)).arn;
    } catch (error) {
      if (error instanceof StsFailure) return null;
      throw error;
    }
  }
}

function asksForCaller({ kind, code, text }: StsFailureDetails): boolean {
  return kind === "refused" && code === "AccessDenied" && !/one time pass code/i.test(text);
}
