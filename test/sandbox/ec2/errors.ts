import { AwsError } from "../errors.ts";

/** What STS and EC2 call by different names: docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html */
const ownWords: Readonly<Record<string, AwsError>> = {
  ExpiredToken: new AwsError(400, "RequestExpired", "Request has expired."),
  InvalidClientTokenId: authFailure(),
  SignatureDoesNotMatch: authFailure(),
};

function authFailure(): AwsError {
  const message = "AWS was not able to validate the provided access credentials";
  return new AwsError(401, "AuthFailure", message);
}

/** Anything but an AwsError is a fault of the sandbox itself, which the test's failure should show. */
export function ec2ErrorOf(error: unknown): AwsError {
  if (!(error instanceof AwsError)) {
    return new AwsError(500, "InternalError", `the sandbox failed: ${String(error)}`);
  }
  return ownWords[error.code] ?? error;
}
