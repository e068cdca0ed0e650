import { addAbortSignal, type Readable } from "node:stream";
import { partitionOfRegion } from "../config/arn.ts";
import type { StsTarget } from "../context.ts";
import { errnoOf } from "./errno.ts";
import { readSerialNumbers } from "./iam-answer.ts";

type Sdk = typeof import("./sts-client.ts");
type Client = InstanceType<Sdk["STSClient"]>;

interface Handled {
  readonly response: { readonly statusCode: number; readonly body: Readable };
}

interface Iam {
  readonly host: string;
  readonly fipsHost: string | null;
  /** What requests are signed for. */
  readonly region: string;
}

/** IAM is one service for a whole partition: docs.aws.amazon.com/general/latest/gr/iam-service.html */
const partitions: Readonly<Record<string, Iam>> = {
  aws: { host: "iam.amazonaws.com", fipsHost: "iam-fips.amazonaws.com", region: "us-east-1" },
  "aws-cn": { host: "iam.cn-north-1.amazonaws.com.cn", fipsHost: null, region: "cn-north-1" },
  "aws-us-gov": {
    host: "iam.us-gov.amazonaws.com",
    fipsHost: "iam.us-gov.amazonaws.com",
    region: "us-gov-west-1",
  },
};

/** It is asked only to help, so nobody waits for it as long as for STS. */
const longestWaitMs = 5000;

/**
 * ListMFADevices for the user whose keys the client has: the serial numbers, or null where the user may not ask or IAM cannot be
 * reached. One request with the parts of the STS client, since IAM's own client is larger than all of this program.
 */
export async function listMfaDevices(
  { parseXML }: Sdk,
  client: Client,
  target: StsTarget,
): Promise<readonly string[] | null> {
  const endpoint = iamEndpoint(target);
  if (endpoint === null) return null;
  const abortSignal = AbortSignal.timeout(Math.min(target.timeoutMs, longestWaitMs));
  try {
    const request = await sign(client, endpoint.url, endpoint.region);
    const { requestHandler } = client.config;
    const handled = (await requestHandler.handle(request, { abortSignal })) as Handled;
    const { statusCode, body } = handled.response;
    const bytes = await client.config.streamCollector(addAbortSignal(abortSignal, body));
    const text = client.config.utf8Encoder(bytes);
    return statusCode === 200 ? readSerialNumbers(text, parseXML) : null;
  } catch (error) {
    if (errnoOf(error) !== null || isTimeout(error)) return null;
    throw error;
  }
}

/** Null where there is none to ask: who has an STS of their own, without an IAM, is not sent to AWS's. */
function iamEndpoint(target: StsTarget): { readonly url: URL; readonly region: string } | null {
  const iam = partitions[partitionOfRegion(target.region)];
  const region = iam?.region ?? target.region;
  if (target.iamEndpoint !== null) return { url: new URL(target.iamEndpoint), region };
  const host = target.useFips ? iam?.fipsHost : iam?.host;
  return target.endpoint === null && host ? { url: new URL(`https://${host}`), region } : null;
}

async function sign({ config }: Client, url: URL, signingRegion: string) {
  const { protocol, hostname, host, port, pathname } = url;
  const request = {
    ...{ method: "POST", protocol, hostname, path: pathname, query: {} },
    ...(port === "" ? {} : { port: Number(port) }),
    headers: { host, "content-type": "application/x-www-form-urlencoded" },
    body: "Action=ListMFADevices&Version=2010-05-08",
  };
  // It keeps the region and service that it was first used with, so both are said again.
  const signer = await config.signer();
  // STS's answers have told the client how far this machine's clock is off.
  const signingDate = new Date(Date.now() + config.systemClockOffset);
  return signer.sign(request, { signingDate, signingRegion, signingService: "iam" });
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && /^(Abort|Timeout)Error$/.test(error.name);
}
