import type { Resolution } from "../config/resolve.ts";
import type { AwsCredentials, MfaParams, Sts, StsSession } from "../context/sts.ts";
import type { Clock } from "../context.ts";
import type { Terminal } from "../context/terminal.ts";
import { CredentialsError, StsError } from "../errors.ts";
import { nextCodeAt, type CodeGuard } from "./mfa/used-codes.ts";
import { explainFailure, type Situation } from "./explain-failure.ts";
import type { Step } from "./plan.ts";
import { StsFailure, type StsFailureDetails, wasNotSent } from "./sts-failure.ts";
import type { TokenCodes } from "./mfa/token-code.ts";
import { namesUser, withUserName } from "./user-name.ts";

/** What a call needs from outside. */
export interface Calling {
  readonly sts: Sts;
  readonly codes: TokenCodes;
  readonly guard: CodeGuard;
  readonly clock: Clock;
  readonly terminal: Terminal;
}

/** A step that STS refused: the error for the person, and what the planner may make of it. */
export class StepRefused extends StsError {
  readonly step: Step;
  readonly failure: StsFailureDetails;

  constructor(step: Step, failure: StsFailureDetails, message: string, hint: string | null) {
    super(message, { hint });
    this.step = step;
    this.failure = failure;
  }
}

/** One step of a plan, signed by `caller`, with its code where it needs one. */
export class StepRun {
  readonly #calling: Calling;
  readonly #resolution: Resolution;
  readonly #caller: AwsCredentials;
  /** Who the caller is in words. */
  readonly #callerName: string;
  #callerArn: string | null = null;
  #isCallerAsked = false;

  constructor(
    calling: Calling,
    resolution: Resolution,
    caller: AwsCredentials,
    callerName = resolution.source.where,
  ) {
    this.#calling = calling;
    this.#resolution = resolution;
    this.#caller = caller;
    this.#callerName = callerName;
  }

  /** Throws {@link StepRefused}, {@link CredentialsError} or {@link InterruptedError}. */
  async run(planned: Step): Promise<StsSession> {
    const step = namesUser(planned) ? withUserName(planned, await this.#ownArn()) : planned;
    if (step.serialNumber === null) {
      return this.#call(step, null).catch((error: unknown) => this.#refuse(step, error));
    }
    this.#refuseTemporaryCaller();
    return this.#runWithCode(step, step.serialNumber);
  }

  async #runWithCode(step: Step, serialNumber: string): Promise<StsSession> {
    const { codes, guard, terminal, sts } = this.#calling;
    for (let left = codes.tries; ; left--) {
      sts.prepare(this.#caller);
      const tokenCode = await this.#unusedCode(serialNumber);
      try {
        const session = await this.#call(step, { serialNumber, tokenCode });
        await guard.accepted(serialNumber, tokenCode);
        return session;
      } catch (error) {
        const { message, hint, anotherCode, failure } = await this.#explain(step, error);
        // Refused for anything but the code, it may be used up all the same.
        const maybeUsed = anotherCode === undefined && !wasNotSent(failure);
        if (maybeUsed) await guard.accepted(serialNumber, tokenCode);
        if (left <= 1 || anotherCode === undefined) return this.#refuse(step, error);
        terminal.error(message, hint);
        if (codes.isClockwork) await this.#nextCode("its next code");
      }
    }
  }

  /** A code that was used a moment ago is not sent again: the next one is waited for. */
  async #unusedCode(serialNumber: string): Promise<string> {
    const { codes, guard } = this.#calling;
    const { roles, profile } = this.#resolution;
    const roleArn = roles.at(-1)?.roleArn.value ?? null;
    for (let waits = 0; ; waits++) {
      const code = await codes.next({ serialNumber, roleArn, profile: profile?.value ?? null });
      if (!(await guard.wasUsed(serialNumber, code))) return code;
      if (codes.tries === 1 || (codes.isClockwork && waits > 0)) throw this.#usedUp(serialNumber);
      await this.#nextCode("this code has been used; the next one");
    }
  }

  #usedUp(serialNumber: string): CredentialsError {
    const { codes, clock } = this.#calling;
    const seconds = Math.ceil((nextCodeAt(clock.now()) - clock.now()) / 1000);
    const hint = codes.isClockwork
      ? "mfa_process has given it again, half a minute later: it must make a new code each time."
      : `Each code works once: give the next one, in ${seconds} s.`;
    return new CredentialsError(`this code of ${serialNumber} has been used already`, { hint });
  }

  async #nextCode(what: string): Promise<void> {
    const { clock, terminal } = this.#calling;
    await terminal.countDown(nextCodeAt(clock.now()), (seconds) => `${what} comes in ${seconds} s`);
  }

  #refuseTemporaryCaller(): void {
    if (this.#caller.sessionToken === null) return;
    const { where } = this.#resolution.source;
    throw new CredentialsError(
      `${where} gave temporary keys, and AWS takes an MFA code only with long-lived ones`,
      {
        hint: "Leave the MFA serial out of the profile, or start from the access keys of the IAM user.",
      },
    );
  }

  #call(step: Step, mfa: MfaParams | null): Promise<StsSession> {
    const { sts } = this.#calling;
    if (step.action === "AssumeRole") return sts.assumeRole(this.#caller, { ...step, mfa });
    return sts.getSessionToken(this.#caller, { durationSeconds: step.durationSeconds, mfa });
  }

  async #refuse(step: Step, error: unknown): Promise<never> {
    const { message, hint, failure } = await this.#explain(step, error);
    throw new StepRefused(step, failure, message, hint);
  }

  async #explain(step: Step, error: unknown) {
    if (!(error instanceof StsFailure)) throw error;
    const failure = error.details;
    if (asksForCaller(failure)) await this.#learnCaller();
    return { ...explainFailure(failure, this.#situation(step)), failure };
  }

  #situation(step: Step): Situation {
    const { unusedSerialNumber, serialNumber, sts } = this.#resolution;
    return {
      serialNumber: step.serialNumber ?? serialNumber?.value ?? null,
      roleArn: step.action === "AssumeRole" ? step.roleArn : null,
      unusedSerialNumber: unusedSerialNumber?.value ?? null,
      source: this.#callerName,
      callerArn: this.#callerArn,
      region: sts.region,
      durationSeconds: step.durationSeconds,
    };
  }

  async #ownArn(): Promise<string> {
    try {
      this.#callerArn ??= (await this.#calling.sts.getCallerIdentity(this.#caller)).arn;
      return this.#callerArn;
    } catch (error) {
      if (!(error instanceof StsFailure)) throw error;
      const { message, hint } = explainFailure(error.details, this.#situation(noStep));
      throw new StsError(message, { hint, cause: error });
    }
  }

  /** GetCallerIdentity needs no permission, so a refused caller can still learn its name. */
  async #learnCaller(): Promise<void> {
    if (this.#isCallerAsked) return;
    this.#isCallerAsked = true;
    await this.#ownArn().catch((error: unknown) => {
      if (!(error instanceof StsError)) throw error;
    });
  }
}

/** Stands for the call that asks who the caller is. */
const noStep: Step = { action: "GetSessionToken", serialNumber: "", durationSeconds: 0 };

function asksForCaller({ kind, code, text }: StsFailureDetails): boolean {
  return (
    kind === "refused" &&
    code === "AccessDenied" &&
    /unable to validate MFA code|not authorized to perform/i.test(text)
  );
}
