import type { Refusals } from "./refusals.ts";
import type { AwsCredentials } from "./sts.ts";

/** Where S3 is. */
export interface S3Target {
  readonly region: string;
  /** Replaces the endpoint that follows from the region; null for AWS's own. */
  readonly endpoint: string | null;
  /** Absent where the endpoint is not refused. */
  readonly refused?: Refusals;
  /** Whether the bucket's name goes into the path with that endpoint; else into the host's name, as the SDKs do. */
  readonly pathStyle: boolean;
  readonly useFips: boolean;
  readonly useDualstack: boolean;
  /** Path of a PEM file with the certificate authorities to trust instead of Node's. */
  readonly caBundle: string | null;
  /** Longest wait for one answer. */
  readonly timeoutMs: number;
}

/** A bucket, or what is under one prefix in it. */
export interface BucketPlace {
  readonly bucket: string;
  /** Empty for the whole bucket; else without a slash at the end. */
  readonly prefix: string;
}

export interface S3 {
  /** Lists one object of the place (ListObjectsV2), in whichever region the bucket is. */
  list(caller: AwsCredentials, place: BucketPlace): Promise<S3Answer>;
}

export type S3Answer =
  | { readonly kind: "listed" }
  /** S3 answered with an error of its own (`AccessDenied`, `NoSuchBucket`), in its own words. */
  | { readonly kind: "refused"; readonly code: string; readonly text: string }
  /** No connection, no answer in time, or one that S3 does not give. */
  | { readonly kind: "unreachable"; readonly host: string };

/** Where EC2 is. */
export type Ec2Target = Omit<S3Target, "pathStyle">;

export interface Ec2 {
  /** The regions that the account may use (DescribeRegions). */
  describeRegions(caller: AwsCredentials): Promise<Ec2Answer>;
}

export type Ec2Answer =
  | { readonly kind: "regions"; readonly regions: readonly string[] }
  /** EC2 answered with an error of its own (`UnauthorizedOperation`). */
  | { readonly kind: "refused"; readonly code: string }
  /** No connection, no answer in time, or one that EC2 does not give. */
  | { readonly kind: "unreachable"; readonly host: string };
