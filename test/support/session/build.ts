import type { AwsCredentials, MfaParams, Sts, StsSession } from "../../../src/context/sts.ts";
import type { Clock } from "../../../src/context.ts";
import type { Lock, Vault, VaultProblem } from "../../../src/context/files.ts";
import type { Terminal } from "../../../src/context/terminal.ts";
import type { CodeGuard } from "../../../src/session/mfa/used-codes.ts";
import type { AssumeRoleStep, SessionTokenStep } from "../../../src/session/plan.ts";
import { StsFailure, type StsFailureDetails } from "../../../src/session/sts-failure.ts";
import { mfaArn, roleArn } from "../config/build.ts";

export const now = Date.UTC(2026, 0, 2, 3, 4, 5);
export const minute = 60_000;
const hour = 60 * minute;

/** A session whose key ends in this tag. */
export function stsSession(tag: string, expiresAt = now + hour): StsSession {
  const credentials = {
    accessKeyId: `ASIATESTTESTTEST${tag}`,
    secretAccessKey: `test/secret+${tag}/not/a/real/key/`.padEnd(40, "0"),
    sessionToken: `test/token+${tag}==`,
  };
  return { credentials, expiresAt, arn: null };
}

export const sessionTokenStep: SessionTokenStep = {
  action: "GetSessionToken",
  serialNumber: mfaArn("jonsmith"),
  durationSeconds: 43_200,
};

export const assumeRoleStep: AssumeRoleStep = {
  action: "AssumeRole",
  roleArn: roleArn("prod"),
  roleSessionName: "jonsmith",
  externalId: null,
  durationSeconds: 3600,
  serialNumber: null,
  tags: { tags: [], transitiveKeys: [] },
};

/** A failure that STS answered with. */
export function refused(code: string, text: string, httpStatus = 403): StsFailureDetails {
  const rest = { host: "sts.eu-west-1.amazonaws.com", clockOffsetMs: null };
  return { kind: "refused", action: "AssumeRole", code, text, httpStatus, ...rest };
}

/** STS's words for the commonest refusals; where they were seen is in explain-failure.test.ts. */
export const refusals = {
  wrongCode: refused(
    "AccessDenied",
    "MultiFactorAuthentication failed with invalid MFA one time pass code. ",
  ),
  wrongSerial: refused(
    "AccessDenied",
    "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.",
  ),
  notAuthorized: refused(
    "AccessDenied",
    `User: arn:aws:iam::111111111111:user/jonsmith is not authorized to perform: sts:AssumeRole on resource: ${roleArn("prod")}`,
  ),
  rootUser: refused("AccessDenied", "Roles may not be assumed by root accounts."),
  sessionCredentials: refused(
    "AccessDenied",
    "Cannot call GetSessionToken with session credentials",
  ),
  expired: refused("ExpiredToken", "The security token included in the request is expired"),
} as const;

/** STS that answers with sessions S001, S002, …, or fails as it is told to; it writes down what was called. */
export class FakeSts implements Sts {
  /** `AssumeRole prod by JON0, 3600 s, code 123456`. */
  readonly calls: string[] = [];
  /** Failures of the next calls, in their order; null for an answer. */
  readonly failures: (StsFailureDetails | Error | null)[];
  /** What GetCallerIdentity answers; null for a failure. */
  readonly callerArn: string | null;
  prepared = 0;
  #sessions = 0;

  constructor(
    failures: readonly (StsFailureDetails | Error | null)[] = [],
    callerArn: string | null = "arn:aws:iam::111111111111:user/jonsmith",
  ) {
    this.failures = [...failures];
    this.callerArn = callerArn;
  }

  /** What IAM answers; null when it refuses. */
  devices: readonly string[] | null = null;
  /** Who asked IAM: `JON0`. */
  readonly listings: string[] = [];

  listMfaDevices: Sts["listMfaDevices"] = (caller) => {
    this.listings.push(tagOf(caller));
    return Promise.resolve(this.devices);
  };

  prepare(): void {
    this.prepared++;
  }

  assumeRole: Sts["assumeRole"] = (caller, { roleArn: arn, durationSeconds, mfa }) =>
    this.#answer(`AssumeRole ${arn.split(":role/")[1] ?? arn}`, caller, durationSeconds, mfa);

  getSessionToken: Sts["getSessionToken"] = (caller, { durationSeconds, mfa }) =>
    this.#answer("GetSessionToken", caller, durationSeconds, mfa);

  getCallerIdentity: Sts["getCallerIdentity"] = (caller) => {
    this.calls.push(`GetCallerIdentity by ${tagOf(caller)}`);
    if (this.callerArn !== null)
      return Promise.resolve({ arn: this.callerArn, clockOffsetMs: null });
    return Promise.reject(new StsFailure(refusals.expired));
  };

  #answer(
    call: string,
    caller: AwsCredentials,
    seconds: number,
    mfa: MfaParams | null,
  ): Promise<StsSession> {
    const code = mfa === null ? "" : `, code ${mfa.tokenCode}`;
    this.calls.push(`${call} by ${tagOf(caller)}, ${seconds} s${code}`);
    const failure = this.failures.shift();
    if (failure) {
      return Promise.reject(failure instanceof Error ? failure : new StsFailure(failure));
    }
    this.#sessions++;
    const tag = `S${String(this.#sessions).padStart(3, "0")}`;
    return Promise.resolve(stsSession(tag, now + seconds * 1000));
  }
}

function tagOf({ accessKeyId }: AwsCredentials): string {
  return accessKeyId.slice(-4);
}

/** A guard that writes down the codes that are used up. */
export class FakeGuard implements CodeGuard {
  readonly used: string[] = [];

  accepted(_serialNumber: string, code: string): Promise<void> {
    this.used.push(code);
    return Promise.resolve();
  }

  wasUsed(): Promise<boolean> {
    return Promise.resolve(false);
  }
}

export const clock: Clock = { now: () => now, sleep: () => Promise.resolve() };

/** A terminal at which somebody gives these answers, then none; it writes down what was said. */
export class FakeTerminal implements Terminal {
  readonly questions: string[] = [];
  readonly notes: string[] = [];
  readonly #answers: (string | Error)[];

  constructor(...answers: readonly (string | Error)[]) {
    this.#answers = [...answers];
  }

  note(text: string): void {
    this.notes.push(text);
  }

  error(message: string, hint: string | null): void {
    this.notes.push(hint === null ? message : `${message}. ${hint}`);
  }

  print(text: string): void {
    throw new Error(`nothing is printed here, such as ${text}`);
  }

  waitFor: Terminal["waitFor"] = (_, work) => work;

  countDown: Terminal["countDown"] = () => {
    throw new Error("nobody waits here");
  };

  runCodeCommand: Terminal["runCodeCommand"] = () => {
    throw new Error("nobody runs commands here");
  };

  isInFront(): boolean {
    return true;
  }

  /** What is asked aloud, and the answers; nobody is there when they are used up. */
  readonly openQuestions: string[] = [];
  readonly openAnswers: (string | Error)[] = [];

  askLine(question: string): Promise<string | null> {
    this.openQuestions.push(question);
    const answer = this.openAnswers.shift();
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer ?? null);
  }

  askHidden(question: string): Promise<string | null> {
    this.questions.push(question);
    const answer = this.#answers.shift();
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer ?? null);
  }
}

/** A vault in memory, whose every act can be given a problem. */
export class FakeVault implements Vault {
  readonly files = new Map<string, string>();
  problem: VaultProblem | null = null;

  read(name: string) {
    const text = this.problem === null ? (this.files.get(name) ?? null) : null;
    return { text, problem: this.problem };
  }

  write(name: string, text: string): VaultProblem | null {
    if (this.problem === null) this.files.set(name, text);
    return this.problem;
  }

  remove(name: string): VaultProblem | null {
    if (this.problem === null) this.files.delete(name);
    return this.problem;
  }

  names(): readonly string[] {
    return [...this.files.keys()];
  }

  tryLock(): Lock {
    return { release: () => undefined };
  }
}
