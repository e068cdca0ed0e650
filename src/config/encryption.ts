import type { Problem } from "../errors.ts";
import type { Refusals } from "../context/refusals.ts";
import type { Environment } from "../environment/environment.ts";
import { ConfigError } from "../errors.ts";
import { describeOrigin, type Setting } from "./origin.ts";
import { isOn } from "./request-values.ts";
import { fromVariables } from "./variables.ts";

/** Lets requests go unencrypted to other machines. */
const allowVariable = "KOPS_MFA_ALLOW_HTTP";

type Hosts = ReadonlySet<string>;

/** The agents of ECS and EKS, which have no TLS; the same in the SDKs, see {@link isExposed}. */
export const containerHosts: Hosts = new Set(["169.254.170.2", "169.254.170.23", "[fd00:ec2::23]"]);

/** docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html */
export const metadataHosts: Hosts = new Set(["169.254.169.254", "[fd00:ec2::254]"]);

/**
 * Whether requests to the endpoint can be read on the way: http:// to another host than this machine and those of `exempt`. Names are not
 * looked up, except localhost. The rule is that of the SDKs for credentials of containers, who have no exception to it: Go SDK v2,
 * config/resolve_credentials.go (isAllowedHost, isIPAllowed); JavaScript, @aws-sdk/credential-provider-http, checkUrl.js; botocore,
 * utils.py (ContainerMetadataFetcher._ALLOWED_HOSTS). An endpoint of STS gets more than they protect: the MFA code.
 */
export function isExposed({ value }: Setting, exempt: Hosts = new Set()): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname } = new URL(value);
  const isLocal = /^(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(hostname);
  return protocol === "http:" && !isLocal && !exempt.has(hostname);
}

function isHttpAllowed(env: Environment): boolean {
  return isOn(fromVariables(env, [allowVariable]));
}

/** Why nothing may be sent to an endpoint; null where it may. */
export function refusalOf(
  endpoint: Setting | null,
  env: Environment,
  exempt?: Hosts,
): Problem | null {
  if (endpoint === null || !isExposed(endpoint, exempt) || isHttpAllowed(env)) return null;
  return {
    message: `${placeOf(endpoint)} is not encrypted, so nothing is sent there`,
    hint: `Use https://, or set ${allowVariable}=1 if everybody on the way to that host may read MFA codes and sessions.`,
  };
}

/** What doctor says of an endpoint that the user has allowed. */
export function describeAllowed(endpoint: Setting): Problem {
  return {
    message: `${placeOf(endpoint)} is not encrypted, and ${allowVariable} allows it: MFA codes and sessions can be read on the way`,
    hint: `Use https://, and unset ${allowVariable}.`,
  };
}

/** The refusals of some services, as a part of a target: nothing where there are none. */
export function refusals(
  endpoints: Readonly<Partial<Record<keyof Refusals, Setting | null>>>,
  env: Environment,
): { readonly refused?: Refusals } {
  const found = Object.entries(endpoints).flatMap(([service, endpoint]) => {
    const refusal = refusalOf(endpoint, env);
    return refusal === null ? [] : [[service, refusal] as const];
  });
  return found.length === 0 ? {} : { refused: Object.fromEntries(found) };
}

/** Throws {@link ConfigError} where the service's endpoint is refused. */
export function refuseExposed(
  { refused }: { readonly refused?: Refusals },
  service: keyof Refusals,
): void {
  const refusal = refused?.[service];
  if (refusal) throw new ConfigError(refusal.message, { hint: refusal.hint });
}

function placeOf({ value, origin }: Setting): string {
  return `${describeOrigin(origin)}: http://${new URL(value).host}`;
}
