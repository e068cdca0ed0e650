import { randomUUID } from "node:crypto";
import type { Answer } from "../answer.ts";
import { authenticate } from "../authenticate.ts";
import { AwsError } from "../errors.ts";
import { requestContext } from "../policy/context.ts";
import { deniedWithoutMfa, mayDescribeRegions } from "../policy/permissions.ts";
import { regionsOf } from "../regions.ts";
import type { HttpRequest } from "../sigv4/request.ts";
import type { Params, Sts } from "../sts.ts";
import { renderXml } from "../xml.ts";
import { ec2ErrorOf } from "./errors.ts";

const version = "2016-11-15";
const namespace = `http://ec2.amazonaws.com/doc/${version}/`;

/** Whether a request is one for EC2, by the version of the API. */
export function isForEc2(params: Params): boolean {
  return params["Version"] === version;
}

/** Answers as EC2 would; never throws. */
export function answerEc2(request: HttpRequest, params: Params, sts: Sts): Answer {
  const requestId = randomUUID();
  try {
    if (params["Action"] !== "DescribeRegions") {
      const message = `The action ${params["Action"] ?? ""} is not valid for this web service.`;
      throw new AwsError(400, "InvalidAction", message);
    }
    const { caller, region } = authenticate(request, "ec2", sts);
    const context = requestContext({ params, caller, region, sts }, false);
    const { principal } = caller;
    if (deniedWithoutMfa(principal, context) || !mayDescribeRegions(principal))
      throw unauthorized();
    const item = regionsOf(principal.account.partition).map((name) => ({
      regionName: name,
      regionEndpoint: `ec2.${name}.amazonaws.com`,
      optInStatus: "opt-in-not-required",
    }));
    const body = renderXml(
      "DescribeRegionsResponse",
      { requestId, regionInfo: { item } },
      namespace,
    );
    return { status: 200, headers, body, outcome: "OK" };
  } catch (error) {
    const { status, code, message } = ec2ErrorOf(error);
    const content = { Errors: { Error: { Code: code, Message: message } }, RequestID: requestId };
    return { status, headers, body: renderXml("Response", content), outcome: code };
  }
}

const headers = { "content-type": "text/xml;charset=UTF-8" };

/** https://github.com/kubernetes/kops/issues/2900 */
function unauthorized(): AwsError {
  const message = "You are not authorized to perform this operation.";
  return new AwsError(403, "UnauthorizedOperation", message);
}
