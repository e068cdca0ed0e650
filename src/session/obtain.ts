import { expiryMarginMs } from "./expiry-margin.ts";
import type { Resolution } from "../config/resolve.ts";
import type { StaticSource } from "../config/source.ts";
import type { AwsCredentials, StsSession } from "../context/sts.ts";
import type { Context } from "../context.ts";
import { CredentialsError, StsError } from "../errors.ts";
import type { SessionCache } from "./cache.ts";
import { cacheKey, sourceKey, type CacheKey } from "./cache-key.ts";
import { planWithDevice } from "./mfa/discover-device.ts";
import { keyName } from "./key-name.ts";
import { cappedPlan, otherWay, type Plan, type Step } from "./plan.ts";
import { sourceCredentials } from "./source-credentials.ts";
import { StepRefused, StepRun, type Calling } from "./step-run.ts";

/** What the walk along a plan needs from outside. */
export interface Obtaining extends Calling {
  readonly cache: SessionCache;
  readonly credentials: Context["credentials"];
}

/** The keys of a plan's steps in the cache, in the steps' order. */
export function planKeys({ source, sts }: Resolution, { steps }: Plan): readonly CacheKey[] {
  const keys: CacheKey[] = [];
  for (const step of steps) keys.push(cacheKey(keys.at(-1) ?? sourceKey(source), step, sts));
  return keys;
}

/** The session of a plan as the cache has it; null when it has none that lasts. */
export function cachedSession(
  cache: SessionCache,
  resolution: Resolution,
  plan: Plan,
  now: number,
): StsSession | null {
  const session = keptSession(cache, resolution, plan);
  return session && now < renewalAt(session, resolution) ? session : null;
}

/** From when on (milliseconds since the epoch) a session has too little left, and a new one is asked for. */
export function renewalAt({ expiresAt }: StsSession, resolution: Resolution): number {
  return expiresAt - neededMs(resolution);
}

/** The session of a plan, or of the other way where AWS had refused the plan's, as the cache has it, over or not. */
export function keptSession(
  cache: SessionCache,
  resolution: Resolution,
  plan: Plan,
): StsSession | null {
  const ways = [plan, otherWay(resolution, plan)].filter((way) => way !== null);
  const sessions = ways.map((way) => {
    const key = planKeys(resolution, way).at(-1);
    return key === undefined ? null : cache.get(key);
  });
  const [latest = null] = sessions
    .filter((session) => session !== null)
    .sort((a, b) => b.expiresAt - a.expiresAt);
  return latest;
}

/** Whether the way to a plan's session leads over a code, as far as the cache can tell. */
export function needsCode(
  cache: SessionCache,
  resolution: Resolution,
  plan: Plan,
  now: number,
): boolean {
  if (cachedSession(cache, resolution, plan, now)) return false;
  const keys = planKeys(resolution, plan);
  for (const [index, step] of [...plan.steps.entries()].reverse()) {
    if (step.serialNumber !== null) return true;
    const before = keys[index - 1];
    if (before !== undefined && lasting(cache, before, now, expiryMarginMs)) return false;
  }
  return false;
}

/** The lock of those who would ask for the same code. */
export function lockName({ source, serialNumber }: Resolution): string {
  return `${keyName(`${sourceKey(source)} ${serialNumber?.value ?? ""}`)}.lock`;
}

/** How much of the session at the end must be left. */
function neededMs({ minTtlSeconds }: Resolution): number {
  return Math.max(expiryMarginMs, (minTtlSeconds?.value ?? 0) * 1000);
}

function lasting(cache: SessionCache, key: CacheKey, now: number, ms: number): StsSession | null {
  const session = cache.get(key);
  return session && session.expiresAt - now > ms ? session : null;
}

/**
 * The session at the end of a plan: from the cache, or made with the sessions before it, each of which may be cached. Where AWS
 * refuses the plan's way and another cures it, that one is taken, and said.
 * Throws {@link StsError}, {@link CredentialsError} or {@link InterruptedError}.
 */
export async function obtainSession(
  from: Obtaining,
  resolution: Resolution,
  plan: Plan,
): Promise<StsSession> {
  const walk = new Walk(from, resolution, plan);
  try {
    return await walk.reach(plan.steps.length - 1);
  } catch (error) {
    if (!(error instanceof StepRefused)) throw error;
    const next = cure(walk, error);
    if (!next) return obtainWithDevice(from, walk, error);
    from.terminal.note(next.because);
    return obtainSession(from, resolution, next.plan).catch((second: unknown) => {
      throw second instanceof CredentialsError ? withoutCode(error) : second;
    });
  }
}

/** The session by way of a device that the configuration does not name. Throws what was refused, where there is none. */
async function obtainWithDevice(
  from: Obtaining,
  walk: Walk,
  refusal: StepRefused,
): Promise<StsSession> {
  const next = await planWithDevice(from, walk, refusal);
  if (!next) throw refusal;
  for (const note of next.plan.notes) from.terminal.note(note);
  const session = await obtainSession(from, next.resolution, next.plan);
  from.terminal.note(next.afterwards);
  return session;
}

/** The refusal as it was, where the other way would need a code that nobody can give now. */
function withoutCode({ message, failure }: StepRefused): StsError {
  return new StsError(message, {
    hint: "If the role wants a fresh code, --no-session with the next code gives it one.",
    cause: failure,
  });
}

/** The walk along one plan. */
class Walk {
  readonly plan: Plan;
  readonly resolution: Resolution;
  /** Whether the MFA session at the beginning was made earlier, so that its code is an old one. */
  startedFromCache = false;
  /** The keys that signed the first call, once it was made. */
  firstCaller: AwsCredentials | null = null;
  readonly #from: Obtaining;
  readonly #keys: readonly CacheKey[];
  /** Of the sessions that were walked on, those that were kept from earlier. */
  readonly #kept = new Set<CacheKey>();

  constructor(from: Obtaining, resolution: Resolution, plan: Plan) {
    this.#from = from;
    this.resolution = resolution;
    this.plan = plan;
    this.#keys = planKeys(resolution, plan);
  }

  async reach(index: number): Promise<StsSession> {
    if (index < 0) return this.#sourceSession();
    const [step, key] = [this.plan.steps[index], this.#keys[index]];
    if (!step || key === undefined) throw new RangeError(`no step ${index} in the plan`);
    const { cache, clock } = this.#from;
    const isLast = index === this.plan.steps.length - 1;
    const needed = isLast ? neededMs(this.resolution) : expiryMarginMs;
    const cached = lasting(cache, key, clock.now(), needed);
    if (cached) {
      this.startedFromCache ||= index === 0;
      this.#kept.add(key);
      return cached;
    }
    const caller = await this.#caller(index);
    const name = index === 0 ? this.resolution.source.where : "the session before";
    const session = await new StepRun(this.#from, this.resolution, caller, name)
      .run(step)
      .catch((error: unknown) => this.#again(index, step, error));
    cache.put({ key, profile: this.resolution.profile?.value ?? null, session });
    return session;
  }

  async #caller(index: number): Promise<AwsCredentials> {
    if (index > 0) return (await this.reach(index - 1)).credentials;
    this.firstCaller = await this.#sourceCredentials();
    return this.firstCaller;
  }

  /** A kept session may have ended before its time, when its key or its role was closed: it is made anew, once. */
  async #again(index: number, step: Step, error: unknown): Promise<StsSession> {
    const before = this.#keys[index - 1];
    const isKept = before !== undefined && this.#kept.delete(before);
    if (!isKept || !(error instanceof StepRefused) || !mayBeOver(error, index)) throw error;
    this.#from.cache.remove(before);
    const caller = await this.#caller(index);
    return new StepRun(this.#from, this.resolution, caller, "the session before").run(step);
  }

  async #sourceCredentials(): Promise<AwsCredentials> {
    const { source, sts } = this.resolution;
    return source.kind === "static"
      ? completeKeys(source)
      : sourceCredentials(this.#from, source, sts);
  }

  /** The source's own credentials as the session, where there is nothing to assume. */
  async #sourceSession(): Promise<StsSession> {
    const { source, sts } = this.resolution;
    const found =
      source.kind === "provider" ? await sourceCredentials(this.#from, source, sts) : null;
    const { sessionToken = null, expiresAt = null } = found ?? {};
    if (found && sessionToken !== null && expiresAt !== null) {
      return { credentials: { ...found, sessionToken }, expiresAt, arn: null };
    }
    if (sessionToken !== null) {
      throw new CredentialsError(
        `${source.where} gave temporary keys without saying when they end`,
        {
          hint: 'Let it print "Expiration" too (ISO 8601), as the AWS SDKs want it.',
        },
      );
    }
    throw new CredentialsError(
      `${source.where} gave no temporary credentials, and there is neither a role nor an MFA device`,
      {
        hint: "Set role_arn or mfa_serial in the profile.",
      },
    );
  }
}

/** IAM's "revoke active sessions" of a role denies what its sessions ask, which looks like any other denial. */
function mayBeOver({ failure }: StepRefused, index: number): boolean {
  if (/^(ExpiredToken|InvalidClientTokenId)/.test(failure.code ?? "")) return true;
  return failure.code === "AccessDenied" && index > 1;
}

function completeKeys({
  accessKeyId,
  secretAccessKey,
  sessionToken,
}: StaticSource): AwsCredentials {
  if (secretAccessKey !== null) return { accessKeyId, secretAccessKey, sessionToken };
  throw new CredentialsError(
    "the environment has AWS_ACCESS_KEY_ID without AWS_SECRET_ACCESS_KEY",
    {
      hint: "Set both. (A session in this shell replaces the keys that were there: open a new shell, or keep them in ~/.aws/credentials.)",
    },
  );
}

interface Cure {
  readonly plan: Plan;
  readonly because: string;
}

/** The plan that may succeed where this one was refused. */
function cure(walk: Walk, { step, failure: { code, text } }: StepRefused): Cure | null {
  const { plan, resolution } = walk;
  if (code === "ValidationError" && text.includes("1 hour session limit")) {
    const because =
      "AWS caps this role at 1h, since the credentials it is assumed with are temporary";
    const capped = cappedPlan(plan);
    return JSON.stringify(capped) === JSON.stringify(plan) ? null : { plan: capped, because };
  }
  const direct = otherWay(resolution, plan);
  if (!direct || code !== "AccessDenied") return null;
  if (step.action === "GetSessionToken" && text.includes("sts:GetSessionToken")) {
    return {
      plan: direct,
      because: "AWS denies GetSessionToken here, so the code goes with AssumeRole",
    };
  }
  const isFirstRole = step === plan.steps[1];
  if (isFirstRole && walk.startedFromCache && text.includes("sts:AssumeRole")) {
    return {
      plan: direct,
      because: "AWS refused the role with the MFA session of earlier; it may want a fresh code",
    };
  }
  return null;
}
