import { partitionOfRegion } from "../../config/arn.ts";
import type { StsTarget } from "../../context/sts.ts";
import { errnoOf } from "../files/errno.ts";
import { readSerialNumbers } from "./iam-answer.ts";
import { isTimeout, sendSigned, type Client } from "./signed-request.ts";

type Sdk = typeof import("./sdk-entry.ts");

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
 * reached.
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
    const request = {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "Action=ListMFADevices&Version=2010-05-08",
      service: "iam",
      ...endpoint,
    } as const;
    const { status, text } = await sendSigned(client, request, abortSignal);
    return status === 200 ? readSerialNumbers(text, parseXML) : null;
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
