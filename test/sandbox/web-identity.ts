import { request as forward } from "node:http";
import { text } from "node:stream/consumers";
import {
  startLoopback,
  type Loopback,
  type LoopbackAnswer,
  type LoopbackRequest,
} from "./loopback.ts";
import type { Minted } from "./minted.ts";
import type { Sandbox } from "./sandbox.ts";
import { renderXml } from "./xml.ts";

export interface WebIdentityOptions {
  readonly sandbox: Sandbox;
  /** The one token that is taken. */
  readonly token: string;
  readonly roleArn: string;
  readonly mint: () => Promise<Minted>;
}

/** Tokens that are refused, each in its own way. */
const refusals: Readonly<Record<string, readonly [code: string, message: string]>> = {
  // https://github.com/aws/aws-sdk-java-v2/issues/5709
  "expired-token": [
    "ExpiredTokenException",
    "Token expired: current date/time 1731098245 must be before the expiration date/time 1731095240",
  ],
  // https://github.com/mozilla-iam/mozilla-aws-cli/issues/127
  "foreign-token": [
    "InvalidIdentityToken",
    "No OpenIDConnect provider found in your account for https://issuer.example/",
  ],
};

const namespace = "https://sts.amazonaws.com/doc/2011-06-15/";

/**
 * The sandbox with AssumeRoleWithWebIdentity in front of it; whatever else is asked goes on to the sandbox.
 * docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
export function startWebIdentity(options: WebIdentityOptions): Promise<Loopback> {
  return startLoopback((request) => {
    const form = new URLSearchParams(request.body);
    return form.get("Action") === "AssumeRoleWithWebIdentity"
      ? assumeRole(form, options)
      : passOn(request, options.sandbox);
  });
}

async function assumeRole(
  form: URLSearchParams,
  { token, roleArn, mint }: WebIdentityOptions,
): Promise<LoopbackAnswer> {
  const given = form.get("WebIdentityToken");
  const refused = given === null ? undefined : refusals[given];
  if (refused) return refusal(400, ...refused);
  // https://github.com/sentry-kubernetes/charts/issues/514
  if (given !== token || form.get("RoleArn") !== roleArn) {
    return refusal(403, "AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity");
  }
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = await mint();
  const result = {
    Credentials: {
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      SessionToken: sessionToken,
      Expiration: expiration.toISOString(),
    },
  };
  return answer(200, "AssumeRoleWithWebIdentityResponse", {
    AssumeRoleWithWebIdentityResult: result,
  });
}

function refusal(status: number, code: string, message: string): LoopbackAnswer {
  return answer(status, "ErrorResponse", {
    Error: { Type: "Sender", Code: code, Message: message },
  });
}

function answer(status: number, tag: string, content: Parameters<typeof renderXml>[1]) {
  const headers = { "content-type": "text/xml" };
  return { status, headers, body: renderXml(tag, content, namespace) };
}

/** With the headers as they came, the host included: the signature covers it. */
function passOn(
  { method, target, headers, body }: LoopbackRequest,
  { url }: Sandbox,
): Promise<LoopbackAnswer> {
  return new Promise((resolve, reject) => {
    const sent = forward(`${url}${target}`, { method, headers }, (response) => {
      const { statusCode: status = 500, headers: answered } = response;
      const type = answered["content-type"] ?? "text/xml";
      text(response).then(
        (answerBody) => resolve({ status, headers: { "content-type": type }, body: answerBody }),
        reject,
      );
    });
    sent.on("error", reject).end(body);
  });
}
