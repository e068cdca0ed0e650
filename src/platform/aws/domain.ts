import { partitionOfRegion } from "../../config/arn.ts";

/** The parts of AWS whose names end otherwise: docs.aws.amazon.com/general/latest/gr/s3.html */
const domains: Readonly<Record<string, string>> = {
  "aws-cn": "amazonaws.com.cn",
  "aws-iso": "c2s.ic.gov",
  "aws-iso-b": "sc2s.sgov.gov",
  "aws-iso-e": "cloud.adc-e.uk",
  "aws-iso-f": "csp.hci.ic.gov",
  "aws-eusc": "amazonaws.eu",
};

/** What the names of a region's endpoints end in. */
export function domainOf(region: string): string {
  return domains[partitionOfRegion(region)] ?? "amazonaws.com";
}
