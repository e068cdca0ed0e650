import { createHash, randomUUID } from "node:crypto";
import { authenticate } from "../authenticate.ts";
import type { Answer } from "../answer.ts";
import { type Bucket, findBucket } from "../directory.ts";
import { AwsError } from "../errors.ts";
import { type HttpRequest, headerOf } from "../sigv4/request.ts";
import type { Sts } from "../sts.ts";
import { renderXml, type XmlContent } from "../xml.ts";
import { authorizeS3 } from "./authorize.ts";
import { S3Error, s3ErrorOf } from "./errors.ts";

/** Whether a request is one for S3: only there the path says more than nothing. */
export function isForS3(request: HttpRequest): boolean {
  return request.method !== "POST" && targetOf(request).bucket !== "";
}

/** By the API's name; null for a request that the sandbox's S3 does not know. */
export function s3Action(request: HttpRequest): string | null {
  const { method } = request;
  const { bucket, key, query } = targetOf(request);
  if (bucket === "" || key !== "") return null;
  if (method === "HEAD") return "HeadBucket";
  if (query.has("location")) return "GetBucketLocation";
  return query.get("list-type") === "2" ? "ListObjectsV2" : null;
}

/** Which permission each takes: docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html */
const permissions: Readonly<Record<string, string>> = {
  HeadBucket: "s3:ListBucket",
  ListObjectsV2: "s3:ListBucket",
  GetBucketLocation: "s3:GetBucketLocation",
};

/** Answers as S3 would; never throws. */
export function answerS3(request: HttpRequest, sts: Sts): Answer {
  try {
    return answerBucket(request, sts);
  } catch (error) {
    const { status, code, message, details, headers } = s3ErrorOf(error);
    const content = { Code: code, Message: message, ...details, RequestId: randomUUID() };
    return answer(request, { status, headers, outcome: code, body: renderXml("Error", content) });
  }
}

function answerBucket(request: HttpRequest, sts: Sts): Answer {
  const action = s3Action(request);
  const permission = permissions[action ?? ""];
  if (permission === undefined) {
    throw new AwsError(501, "NotImplemented", "The sandbox knows requests for buckets only.");
  }
  checkPayloadHash(request);
  const { caller, region } = authenticate(request, "s3", sts);
  const { bucket: name, query } = targetOf(request);
  const found = findBucket(sts.world, name);
  if (found === null) {
    throw new S3Error(404, "NoSuchBucket", "The specified bucket does not exist", {
      BucketName: name,
    });
  }
  const { account, bucket } = found;
  // GetBucketLocation answers in any region.
  if (region !== bucket.region && action !== "GetBucketLocation") throw elsewhere(bucket);
  authorizeS3({ params: {}, caller, region, sts }, account, bucket, permission);
  const headers = { "x-amz-bucket-region": bucket.region };
  return answer(request, {
    status: 200,
    headers,
    outcome: "OK",
    body: bodyOf(action, bucket, query),
  });
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingRouting.html */
function elsewhere({ name, region }: Bucket): S3Error {
  return new S3Error(
    301,
    "PermanentRedirect",
    "The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.",
    { Endpoint: `${name}.s3.${region}.amazonaws.com`, Bucket: name },
    { "x-amz-bucket-region": region },
  );
}

const namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

function bodyOf(action: string | null, bucket: Bucket, query: URLSearchParams): string {
  if (action === "GetBucketLocation") {
    // The oldest region has no name here.
    const { region } = bucket;
    return renderXml("LocationConstraint", region === "us-east-1" ? "" : region, namespace);
  }
  const prefix = query.get("prefix") ?? "";
  const most = Number(query.get("max-keys") ?? 1000);
  const keys = bucket.keys.filter((key) => key.startsWith(prefix));
  const content: XmlContent = {
    Name: bucket.name,
    Prefix: prefix,
    KeyCount: String(Math.min(keys.length, most)),
    MaxKeys: String(most),
    IsTruncated: String(keys.length > most),
    Contents: keys.slice(0, most).map((Key) => ({ Key, Size: "1", StorageClass: "STANDARD" })),
  };
  return renderXml("ListBucketResult", content, namespace);
}

/** HEAD is answered without a body, so that its client learns the status only. */
function answer({ method }: HttpRequest, { headers, body, ...rest }: Answer): Answer {
  const all = { ...headers, "content-type": "application/xml", "x-amz-request-id": randomUUID() };
  return { ...rest, headers: all, body: method === "HEAD" ? "" : body };
}

/** S3 alone wants this header: docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html */
function checkPayloadHash(request: HttpRequest): void {
  const claimed = headerOf(request, "x-amz-content-sha256");
  if (claimed === undefined) {
    throw new S3Error(
      400,
      "InvalidRequest",
      "Missing required header for this request: x-amz-content-sha256",
    );
  }
  const hash = createHash("sha256").update(request.body).digest("hex");
  if (claimed !== hash) {
    const message = "The provided 'x-amz-content-sha256' header does not match what was computed.";
    throw new S3Error(400, "XAmzContentSHA256Mismatch", message);
  }
}

/** The bucket's name is the first of the host's, or of the path's: docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html */
function targetOf(request: HttpRequest) {
  const { pathname, searchParams: query } = new URL(request.target, "http://sandbox");
  const [, hosted] = /^([^.]+)\.s3\./.exec(headerOf(request, "host") ?? "") ?? [];
  const path = hosted === undefined ? pathname.slice(1) : hosted + pathname;
  const [bucket = "", ...rest] = path.split("/").map(decodeURIComponent);
  return { bucket, key: rest.join("/"), query };
}
