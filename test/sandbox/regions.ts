import type { Partition } from "./directory.ts";

/** https://docs.aws.amazon.com/general/latest/gr/sts.html */
const REGIONS: Readonly<Record<Partition, readonly string[]>> = {
  aws: [
    ...["af-south-1", "ap-east-1", "ap-east-2", "ap-northeast-1", "ap-northeast-2"],
    ...["ap-northeast-3", "ap-south-1", "ap-south-2", "ap-southeast-1", "ap-southeast-2"],
    ...["ap-southeast-3", "ap-southeast-4", "ap-southeast-5", "ap-southeast-6", "ap-southeast-7"],
    ...["ca-central-1", "ca-west-1", "eu-central-1", "eu-central-2", "eu-north-1", "eu-south-1"],
    ...["eu-south-2", "eu-west-1", "eu-west-2", "eu-west-3", "il-central-1", "me-central-1"],
    ...["me-south-1", "mx-central-1", "sa-east-1", "us-east-1", "us-east-2", "us-west-1"],
    ...["us-west-2"],
  ],
  "aws-cn": ["cn-north-1", "cn-northwest-1"],
  "aws-us-gov": ["us-gov-east-1", "us-gov-west-1"],
};

/** The services that the sandbox stands in for, as signatures name them. */
export type Service = "sts" | "iam" | "s3" | "ec2";

/** IAM is one service a partition (https://docs.aws.amazon.com/general/latest/gr/iam-service.html). */
const IAM_REGIONS: readonly string[] = ["us-east-1", "cn-north-1", "us-gov-west-1"];

/** Whether the service is in this region, of whatever partition: lists, since a pattern would let misspellings pass. */
export function isRegionOfService(service: Service, region: string): boolean {
  if (service === "iam") return IAM_REGIONS.includes(region);
  return Object.values(REGIONS).some((regions) => regions.includes(region));
}

export function regionsOf(partition: Partition): readonly string[] {
  return REGIONS[partition];
}

export function isRegionOf(partition: Partition, region: string): boolean {
  return REGIONS[partition].includes(region);
}
