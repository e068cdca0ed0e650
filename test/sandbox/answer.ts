import { randomUUID } from "node:crypto";
import { assumeRole } from "./actions/assume-role.ts";
import { getCallerIdentity } from "./actions/get-caller-identity.ts";
import { getSessionToken } from "./actions/get-session-token.ts";
import { listMfaDevices } from "./actions/list-mfa-devices.ts";
import { authenticate } from "./authenticate.ts";
import { AwsError } from "./errors.ts";
import type { Service } from "./regions.ts";
import type { HttpRequest } from "./sigv4/request.ts";
import type { Action, Params, Sts } from "./sts.ts";
import { renderXml } from "./xml.ts";

/** An HTTP response to be. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** `OK`, or the error's code: what the request log remembers. */
  readonly outcome: string;
}

/** One version of one service's API. */
interface Api {
  readonly service: Service;
  readonly version: string;
  readonly actions: ReadonlyMap<string, Action>;
}

const STS: Api = {
  service: "sts",
  version: "2011-06-15",
  actions: new Map([
    ["AssumeRole", assumeRole],
    ["GetCallerIdentity", getCallerIdentity],
    ["GetSessionToken", getSessionToken],
  ]),
};

const IAM: Api = {
  service: "iam",
  version: "2010-05-08",
  actions: new Map([["ListMFADevices", listMfaDevices]]),
};

/** Answers a request as STS would, or IAM one for its version of the API; never throws. */
export function answerRequest(request: HttpRequest, params: Params, sts: Sts): Answer {
  const requestId = randomUUID();
  const api = params["Version"] === IAM.version ? IAM : STS;
  try {
    checkEndpoint(request);
    const { name, action } = findAction(params, api);
    const result = action({ params, sts, ...authenticate(request, api.service, sts) });
    const content = { [`${name}Result`]: result, ResponseMetadata: { RequestId: requestId } };
    const body = renderXml(`${name}Response`, content, namespaceOf(api));
    return { status: 200, headers: headersFor(requestId), body, outcome: "OK" };
  } catch (error) {
    return answerError(error, requestId, api);
  }
}

function namespaceOf({ service, version }: Api): string {
  return `https://${service}.amazonaws.com/doc/${version}/`;
}

/** Anything but an AwsError is a fault of the sandbox itself, which the test's failure should show. */
export function answerError(
  error: unknown,
  requestId: string = randomUUID(),
  api: Api = STS,
): Answer {
  const { status, code, message } =
    error instanceof AwsError
      ? error
      : new AwsError(500, "InternalFailure", `the sandbox failed: ${String(error)}`);
  const type = status < 500 ? "Sender" : "Receiver";
  const content = { Error: { Type: type, Code: code, Message: message }, RequestId: requestId };
  const body = renderXml("ErrorResponse", content, namespaceOf(api));
  return { status, headers: headersFor(requestId), body, outcome: code };
}

function headersFor(requestId: string): Readonly<Record<string, string>> {
  return { "content-type": "text/xml", "x-amzn-requestid": requestId };
}

/** STS also takes signed GETs; the sandbox does not, since no client of ours should send one. */
function checkEndpoint({ method, target }: HttpRequest): void {
  if (!/^\/(\?|$)/.test(target)) throw new AwsError(404, "NotFound", `No such resource: ${target}`);
  if (method === "POST") return;
  throw new AwsError(405, "MethodNotAllowed", `The method ${method} is not allowed.`);
}

function findAction(
  { Action: name, Version: version = "NO_VERSION_SPECIFIED" }: Params,
  api: Api,
): { readonly name: string; readonly action: Action } {
  if (name === undefined) throw new AwsError(400, "MissingAction", "Missing Action");
  const action = api.actions.get(name);
  if (action !== undefined && version === api.version) return { name, action };
  const message = `Could not find operation ${name} for version ${version}`;
  throw new AwsError(400, "InvalidAction", message);
}
