import { formatDuration } from "../config/duration.ts";
import { oneHour } from "../config/durations.ts";
import type { Resolution } from "../config/resolve.ts";
import type { RoleStep } from "../config/role-step.ts";
import type { SessionTags } from "../config/session-tags.ts";
import type { Source } from "../config/source.ts";
import { CredentialsError } from "../errors.ts";

/** A call to GetSessionToken with a code. */
export interface SessionTokenStep {
  readonly action: "GetSessionToken";
  readonly serialNumber: string;
  readonly durationSeconds: number;
}

/** A call to AssumeRole. */
export interface AssumeRoleStep {
  readonly action: "AssumeRole";
  readonly roleArn: string;
  readonly roleSessionName: string;
  readonly externalId: string | null;
  readonly durationSeconds: number;
  readonly tags: SessionTags;
  /** The device whose code goes with this call; null for a call without a code. */
  readonly serialNumber: string | null;
}

export type Step = SessionTokenStep | AssumeRoleStep;

/** Which way the code goes: to GetSessionToken for all roles, with AssumeRole, or nowhere. */
export type Way = "shared" | "direct" | "user" | "no-mfa" | "source";

/** The STS calls that lead to the session, each made with the credentials of the one before. */
export interface Plan {
  readonly way: Way;
  /** Empty where the source's own credentials are the session. */
  readonly steps: readonly Step[];
  /** One line: why these calls. */
  readonly reason: string;
  /** Words for the person about what they will not get as asked. */
  readonly notes: readonly string[];
}

/** The life of an MFA session, unless something else is asked: AWS's own default. */
const sessionTokenDuration = 43_200;

/**
 * Chooses the calls. One code opens everything when it goes into GetSessionToken, but AWS caps what follows from
 * temporary credentials at 1 h; so a single role of more than 1 h gets the code itself.
 * Throws {@link CredentialsError} when the source cannot take a code, or nothing is to be done.
 */
export function planSession(resolution: Resolution): Plan {
  const { roles, serialNumber, source, session } = resolution;
  refuseTemporaryKeys(resolution);
  const [first] = roles;
  if (!first) return planUserSession(resolution);
  if (!serialNumber || isTemporary(source)) return planWithoutMfa(resolution);
  if (session?.value === "direct") {
    return planDirect(roles, serialNumber.value, "asked for (--no-session)");
  }
  if (roles.length > 1) return planShared(roles, serialNumber.value);
  if (first.ownKeys)
    return planDirect(roles, serialNumber.value, "the role's own profile has the keys");
  if (isForAwsCli(resolution, first)) {
    return planDirect(roles, serialNumber.value, "as the AWS CLI does, to share its cache");
  }
  if (first.durationSeconds.value <= oneHour) return planShared(roles, serialNumber.value);
  const asked = formatDuration(first.durationSeconds.value);
  return planDirect(
    roles,
    serialNumber.value,
    `AWS gives a role ${asked} only for a code of its own`,
  );
}

/** The plan in which the code goes with the first AssumeRole, where a shared session was refused; null when there is none. */
export function otherWay(resolution: Resolution, { way }: Plan): Plan | null {
  const { roles, serialNumber } = resolution;
  if (way !== "shared" || !serialNumber) return null;
  return planDirect(roles, serialNumber.value, "AWS refused the shared MFA session");
}

/** The same plan with every role capped at 1 h, where AWS turned out to cap them. */
export function cappedPlan({ steps, ...plan }: Plan): Plan {
  const cap = (step: Step): Step =>
    step.action === "AssumeRole"
      ? { ...step, durationSeconds: Math.min(step.durationSeconds, oneHour) }
      : step;
  return { ...plan, steps: steps.map(cap) };
}

/** Whether these credentials are temporary for certain; a credential_process may give either kind. */
function isTemporary(source: Source): boolean {
  return source.kind === "static"
    ? source.sessionToken !== null
    : source.provider.type !== "process";
}

/** The AWS CLI knows no shared MFA session and no session tags: github.com/boto/botocore, credentials.py, AssumeRoleProvider. */
function isForAwsCli({ cache, session }: Resolution, { tags }: RoleStep): boolean {
  return cache?.value === "aws-cli" && session?.value !== "shared" && tags.tags.length === 0;
}

function refuseTemporaryKeys({ source, serialNumber }: Resolution): void {
  if (!serialNumber || source.kind !== "static" || source.sessionToken === null) return;
  throw new CredentialsError(
    `${source.where} has temporary keys, and AWS takes an MFA code only with long-lived ones`,
    {
      hint: "Start from the access keys of the IAM user (AKIA…), or leave the MFA serial out for a role that wants no MFA.",
    },
  );
}

function planUserSession(resolution: Resolution): Plan {
  const { serialNumber, sessionDurationSeconds, source } = resolution;
  if (source.kind === "provider" && (isTemporary(source) || !serialNumber)) {
    return { way: "source", steps: [], reason: "no role: the credentials as they come", notes: [] };
  }
  if (!serialNumber) throw nothingToDo(resolution);
  const step: SessionTokenStep = {
    action: "GetSessionToken",
    serialNumber: serialNumber.value,
    durationSeconds: sessionDurationSeconds?.value ?? sessionTokenDuration,
  };
  return {
    way: "user",
    steps: [step],
    reason: "no role: the user's own session carries the MFA",
    notes: [],
  };
}

function nothingToDo({ profile, source, unusedSerialNumber }: Resolution): CredentialsError {
  const where = profile === null ? source.where : `profile "${profile.value}"`;
  const hint = unusedSerialNumber
    ? `The profile with the keys has mfa_serial = ${unusedSerialNumber.value}: write that into ${where} too, or give --serial-number.`
    : "`kops-mfa setup` writes a profile that has. Or set role_arn or mfa_serial in it, or KOPS_MFA_ROLE_ARN and KOPS_MFA_ARN.";
  return new CredentialsError(
    `${where} has neither a role nor an MFA device, so there is no session to make`,
    { hint },
  );
}

function planWithoutMfa({ roles, source, serialNumber }: Resolution): Plan {
  const temporary = isTemporary(source);
  const steps = roles.map((role, index) => assume(role, null, temporary || index > 0));
  const note = `${source.where} gives temporary credentials: AWS takes no MFA code with them, and caps roles at 1h`;
  return {
    way: "no-mfa",
    steps,
    reason: temporary ? "the source is temporary" : "no MFA device is configured",
    notes: [...(temporary && serialNumber ? [note] : []), ...capNotes(roles, steps)],
  };
}

function planDirect(roles: readonly RoleStep[], serialNumber: string, reason: string): Plan {
  const steps = roles.map((role, index) =>
    assume(role, index === 0 ? serialNumber : null, index > 0),
  );
  return { way: "direct", steps, reason, notes: capNotes(roles, steps) };
}

function planShared(roles: readonly RoleStep[], serialNumber: string): Plan {
  const session: SessionTokenStep = {
    action: "GetSessionToken",
    serialNumber,
    durationSeconds: sessionTokenDuration,
  };
  const steps = roles.map((role) => assume(role, null, true));
  return {
    way: "shared",
    steps: [session, ...steps],
    reason: "one code opens every role of this user",
    notes: capNotes(roles, steps),
  };
}

function assume(role: RoleStep, serialNumber: string | null, chained: boolean): AssumeRoleStep {
  const asked = role.durationSeconds.value;
  return {
    action: "AssumeRole",
    roleArn: role.roleArn.value,
    roleSessionName: role.roleSessionName.value,
    externalId: role.externalId?.value ?? null,
    durationSeconds: chained ? Math.min(asked, oneHour) : asked,
    tags: role.tags,
    serialNumber,
  };
}

function capNotes(roles: readonly RoleStep[], steps: readonly AssumeRoleStep[]): readonly string[] {
  return roles
    .filter((role, index) => role.durationSeconds.value > (steps[index]?.durationSeconds ?? 0))
    .map(
      ({ roleArn, durationSeconds }) =>
        `${roleArn.value} for 1h instead of ${formatDuration(durationSeconds.value)}: AWS caps a role that is assumed with temporary credentials`,
    );
}
