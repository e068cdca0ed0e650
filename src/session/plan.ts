import { formatDuration } from "../config/duration.ts";
import { oneHour } from "../config/durations.ts";
import type { Resolution, RoleStep } from "../config/resolve.ts";
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
  /** The device whose code goes with this call; null for a call without a code. */
  readonly serialNumber: string | null;
}

export type Step = SessionTokenStep | AssumeRoleStep;

/** The STS calls that lead to the session, each made with the credentials of the one before. */
export interface Plan {
  readonly steps: readonly [Step, ...Step[]];
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
  const { roles, serialNumber, source } = resolution;
  if (serialNumber && source.sessionToken !== null) {
    throw new CredentialsError(
      `${source.where} has temporary keys, and AWS takes an MFA code only with long-lived ones`,
      {
        hint: "Start from the access keys of the IAM user (AKIA…), or leave the MFA serial out for a role that wants no MFA.",
      },
    );
  }
  const [first] = roles;
  if (!first) return planUserSession(resolution);
  if (!serialNumber) return planWithoutMfa(roles, source.sessionToken !== null);
  if (roles.length === 1 && (first.ownKeys || first.durationSeconds.value > oneHour)) {
    return planDirect(first, serialNumber.value);
  }
  return planSharedSession(roles, serialNumber.value);
}

function planUserSession({
  serialNumber,
  sessionDurationSeconds,
  profile,
  source,
}: Resolution): Plan {
  if (!serialNumber) {
    const where = profile === null ? source.where : `profile "${profile}"`;
    throw new CredentialsError(
      `${where} has neither a role nor an MFA device, so there is no session to make`,
      {
        hint: "Set role_arn or mfa_serial in the profile, or KOPS_MFA_ROLE_ARN and KOPS_MFA_ARN.",
      },
    );
  }
  const step: SessionTokenStep = {
    action: "GetSessionToken",
    serialNumber: serialNumber.value,
    durationSeconds: sessionDurationSeconds?.value ?? sessionTokenDuration,
  };
  return { steps: [step], reason: "no role: the user's own session carries the MFA", notes: [] };
}

function planWithoutMfa(roles: readonly RoleStep[], temporarySource: boolean): Plan {
  const steps = roles.map((role, index) => assume(role, null, temporarySource || index > 0));
  return {
    steps: nonEmpty(steps),
    reason: "no MFA device is configured",
    notes: capNotes(roles, steps),
  };
}

function planDirect(role: RoleStep, serialNumber: string): Plan {
  const reason = role.ownKeys
    ? "the role's own profile has the keys"
    : `AWS gives this role ${formatDuration(role.durationSeconds.value)} only for a code of its own`;
  return { steps: [assume(role, serialNumber, false)], reason, notes: [] };
}

function planSharedSession(roles: readonly RoleStep[], serialNumber: string): Plan {
  const session: SessionTokenStep = {
    action: "GetSessionToken",
    serialNumber,
    durationSeconds: sessionTokenDuration,
  };
  const steps = roles.map((role) => assume(role, null, true));
  return {
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

function nonEmpty<T>(items: readonly T[]): readonly [T, ...T[]] {
  const [first, ...rest] = items;
  if (first === undefined) throw new RangeError("a plan has at least one step");
  return [first, ...rest];
}
