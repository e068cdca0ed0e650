import { isIP } from "node:net";
import type { BucketPlace, S3, S3Answer, S3Target } from "../../context/s3-ec2.ts";
import { domainOf } from "./domain.ts";
import { errnoOf } from "../files/errno.ts";
import { isTimeout, sendSigned, type Answer, type Client } from "./signed-request.ts";
import { createClient, loadSdk } from "./sts.ts";
import { child, readXml } from "./xml-elements.ts";

type Sdk = typeof import("./sdk-entry.ts");

/** S3 by single requests that the STS client signs. */
export function openS3(target: S3Target): S3 {
  return {
    async list(caller, place) {
      const sdk = await loadSdk();
      const client = createClient(sdk, { ...target, endpoint: null, iamEndpoint: null }, caller);
      const signal = AbortSignal.timeout(target.timeoutMs);
      const first = await attempt(sdk, client, target, place, signal);
      const isElsewhere = first.region !== null && first.region !== target.region;
      if (first.answer.kind !== "refused" || !isElsewhere) return first.answer;
      const there = { ...target, region: first.region };
      return (await attempt(sdk, client, there, place, signal)).answer;
    },
  };
}

/** `region` is the bucket's, where S3 tells. */
async function attempt(
  { parseXML }: Sdk,
  client: Client,
  target: S3Target,
  place: BucketPlace,
  signal: AbortSignal,
): Promise<{ readonly answer: S3Answer; readonly region: string | null }> {
  const url = listUrl(target, place);
  try {
    const request = { method: "GET", url, headers: {}, body: "", service: "s3" } as const;
    const answer = await sendSigned(client, { ...request, region: target.region }, signal);
    return read(answer, url.host, parseXML);
  } catch (error) {
    if (errnoOf(error) === null && !isTimeout(error)) throw error;
    return { answer: { kind: "unreachable", host: url.host }, region: null };
  }
}

function read({ status, headers, text }: Answer, host: string, parseXML: Sdk["parseXML"]) {
  const body = readXml(text, parseXML);
  const error = child(body, "Error");
  const [code, message, named] = ["Code", "Message", "Region"].map((name) => child(error, name));
  const region = headers["x-amz-bucket-region"] ?? textOf(named);
  const isListed = status === 200 && child(body, "ListBucketResult") !== null;
  if (isListed) return { answer: { kind: "listed" } as const, region };
  if (typeof code !== "string") return { answer: { kind: "unreachable", host } as const, region };
  return { answer: { kind: "refused", code, text: textOf(message) ?? "" } as const, region };
}

/** The bucket's name is in the host's where that can be: docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html */
export function listUrl(target: S3Target, { bucket, prefix }: BucketPlace): URL {
  const url = new URL(target.endpoint ?? `https://${regionalHost(target)}`);
  // A certificate for *.s3.… is none for a name with another dot in it.
  const isHostName = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(bucket);
  if (isHostName && !target.pathStyle && isIP(url.hostname) === 0) {
    url.hostname = `${bucket}.${url.hostname}`;
  } else {
    url.pathname = `${url.pathname.replace(/\/$/, "")}/${encodeURIComponent(bucket)}`;
  }
  url.search = new URLSearchParams({
    "list-type": "2",
    "max-keys": "1",
    ...(prefix === "" ? {} : { prefix: `${prefix}/` }),
  }).toString();
  return url;
}

function regionalHost({ region, useFips, useDualstack }: S3Target): string {
  return `s3${useFips ? "-fips" : ""}${useDualstack ? ".dualstack" : ""}.${region}.${domainOf(region)}`;
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
