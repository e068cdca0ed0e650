/** A refusal as AWS words it. */
export class AwsError extends Error {
  override readonly name = "AwsError";
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export function accessDenied(message: string): AwsError {
  return new AwsError(403, "AccessDenied", message);
}

export function validationError(message: string): AwsError {
  return new AwsError(400, "ValidationError", message);
}

export function signatureDoesNotMatch(message: string): AwsError {
  return new AwsError(403, "SignatureDoesNotMatch", message);
}

export function incompleteSignature(message: string): AwsError {
  return new AwsError(400, "IncompleteSignature", message);
}

/** https://github.com/kubernetes/kops/issues/4425 */
export function unknownAccessKey(): AwsError {
  const message = "The security token included in the request is invalid.";
  return new AwsError(403, "InvalidClientTokenId", message);
}

/** AWS writes this one without the full stop (`index.js` of https://github.com/architect/dynalite). */
export function invalidSessionToken(): AwsError {
  const message = "The security token included in the request is invalid";
  return new AwsError(403, "InvalidClientTokenId", message);
}

/** https://github.com/kubernetes-retired/kube-aws/issues/1606 */
export function expiredToken(): AwsError {
  return new AwsError(403, "ExpiredToken", "The security token included in the request is expired");
}

/**
 * For what hands out credentials: GetCallerIdentity answers in a disabled region all the same
 * (https://github.com/aws/aws-sdk-go-v2/issues/2846).
 * The text: https://github.com/turbot/steampipe-plugin-aws/issues/1510
 */
export function regionDisabled(accountId: string): AwsError {
  const message = `STS is not activated in this region for account:${accountId}. Your account administrator can activate STS in this region using the IAM Console.`;
  return new AwsError(403, "RegionDisabledException", message);
}

export function missingAuthenticationToken(): AwsError {
  const message = "Request is missing Authentication Token";
  return new AwsError(403, "MissingAuthenticationToken", message);
}

/** One text whatever the reason, so that a caller cannot find out which roles exist. */
export function notAuthorized(callerArn: string, action: string, resource?: string): AwsError {
  const target = resource === undefined ? "" : ` on resource: ${resource}`;
  return accessDenied(`User: ${callerArn} is not authorized to perform: ${action}${target}`);
}
