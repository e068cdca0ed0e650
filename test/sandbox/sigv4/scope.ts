import { incompleteSignature, signatureDoesNotMatch } from "../errors.ts";
import { type Service, isRegionOfService } from "../regions.ts";

/** `keyid/date/region/service/aws4_request`, taken apart. */
export interface Scope {
  readonly accessKeyId: string;
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly terminator: string;
}

/**
 * Every fault of a scope is told in one message, as AWS tells it.
 *
 * @param expected - the service that the request has reached
 */
export function parseScope(credential: string, signedAt: string, expected: Service): Scope {
  const parts = credential.split("/");
  const [accessKeyId = "", date = "", region = "", service = "", terminator = ""] = parts;
  if (parts.length !== 5) {
    throw incompleteSignature(
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`,
    );
  }
  const scope = { accessKeyId, date, region, service, terminator };
  const faults = faultsOf(scope, signedAt, expected);
  if (faults.length > 0) throw signatureDoesNotMatch(faults.join(" "));
  return scope;
}

function faultsOf(
  { date, region, service, terminator }: Scope,
  signedAt: string,
  expected: Service,
): string[] {
  const faults: string[] = [];
  if (!isRegionOfService(expected, region)) {
    faults.push(`Credential should be scoped to a valid region, not '${region}'.`);
  }
  if (service !== expected) {
    faults.push(`Credential should be scoped to correct service: '${expected}'.`);
  }
  if (terminator !== "aws4_request") {
    faults.push(
      `Credential should be scoped with a valid terminator: 'aws4_request', not '${terminator}'.`,
    );
  }
  const day = signedAt.slice(0, 8);
  if (date !== day) {
    faults.push(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${date}' != '${day}', from '${signedAt}'.`,
    );
  }
  return faults;
}
