import { AwsError } from "../errors.ts";
import type { XmlContent } from "../xml.ts";

/** A refusal as S3 words it, with what S3 says beside code and message. */
export class S3Error extends AwsError {
  readonly details: Readonly<Record<string, XmlContent>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    message: string,
    details: S3Error["details"] = {},
    headers: S3Error["headers"] = {},
  ) {
    super(status, code, message);
    this.details = details;
    this.headers = headers;
  }
}

/** What STS and S3 call by different names. */
const ownWords: Readonly<Record<string, S3Error>> = {
  // https://github.com/romange/helio/issues/15
  ExpiredToken: new S3Error(400, "ExpiredToken", "The provided token has expired."),
  // https://github.com/boto/boto3/issues/2815
  InvalidClientTokenId: new S3Error(
    403,
    "InvalidAccessKeyId",
    "The AWS Access Key Id you provided does not exist in our records.",
  ),
};

/** STS says so in the words of a signature: docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
const tooSkewed = new S3Error(
  403,
  "RequestTimeTooSkewed",
  "The difference between the request time and the current time is too large.",
);

/** Anything but an AwsError is a fault of the sandbox itself, which the test's failure should show. */
export function s3ErrorOf(error: unknown): S3Error {
  if (error instanceof S3Error) return error;
  if (!(error instanceof AwsError)) {
    return new S3Error(500, "InternalError", `the sandbox failed: ${String(error)}`);
  }
  const { status, code, message } = error;
  if (/^Signature (expired|not yet current)/.test(message)) return tooSkewed;
  return ownWords[code] ?? new S3Error(status, code, message);
}
