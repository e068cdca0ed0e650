import { assumedRoleArn } from "../arn.ts";
import { authorizeAssumeRole } from "../authorize.ts";
import { validate } from "../constraints.ts";
import { findRole } from "../directory.ts";
import { accessDenied, validationError } from "../errors.ts";
import { authenticateMfa } from "../mfa.ts";
import {
  durationParameter,
  externalIdParameter,
  roleArnParameter,
  roleSessionNameParameter,
  serialNumberParameter,
  sourceIdentityParameter,
  tokenCodeParameter,
} from "../parameters.ts";
import { requestContext } from "../policy/context.ts";
import type { Action, Call } from "../sts.ts";
import { checkRegion, credentialsElement, expiryAfter } from "./credentials.ts";

const CONSTRAINTS = [
  roleArnParameter,
  roleSessionNameParameter,
  durationParameter(43_200),
  externalIdParameter,
  serialNumberParameter,
  tokenCodeParameter,
  sourceIdentityParameter,
];

const CHAINING_LIMIT_SECONDS = 3600;

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export const assumeRole: Action = (call) => {
  const { params, caller, sts } = call;
  checkRegion(call);
  validate(params, CONSTRAINTS);
  const { RoleArn: arn = "", RoleSessionName: sessionName = "", SourceIdentity } = params;
  checkArn(arn);
  if (caller.principal.kind === "root") {
    throw accessDenied("Roles may not be assumed by root accounts.");
  }
  const target = findRole(sts.world, arn);
  const duration = Number(params["DurationSeconds"] ?? 3600);
  checkDuration(call, duration, target?.role.maxSessionDuration ?? Infinity);
  const context = requestContext(call, authenticateMfa(call));
  const { account, role } = authorizeAssumeRole(call, target, context);
  const credential = sts.sessions.mint(
    { kind: "assumed-role", account, role, sessionName },
    {
      kind: "assumed-role",
      expiresAt: expiryAfter(sts.sessions.lifeOf("assumed-role", duration), sts.clock.now()),
      mfaAuthenticatedAt: null,
    },
  );
  return {
    Credentials: credentialsElement(credential),
    SourceIdentity,
    AssumedRoleUser: {
      AssumedRoleId: `${role.roleId}:${sessionName}`,
      Arn: assumedRoleArn(account, role, sessionName),
    },
  };
};

/** What is no ARN at all is told so: https://github.com/localstack/localstack/pull/12885 (recorded from AWS). */
function checkArn(arn: string): void {
  if (/^arn:[^:]+:[^:]+:[^:]*:[^:]*:./.test(arn)) return;
  throw validationError(`${arn} is invalid`);
}

/** Chaining counts for GetSessionToken credentials too: https://github.com/99designs/aws-vault/issues/240 */
function checkDuration({ caller }: Call, duration: number, maxSessionDuration: number): void {
  if (caller.session !== null && duration > CHAINING_LIMIT_SECONDS) {
    throw validationError(
      "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
    );
  }
  if (duration > maxSessionDuration) {
    throw validationError(
      "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    );
  }
}
