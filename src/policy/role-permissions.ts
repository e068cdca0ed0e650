import type { Access } from "./access.ts";
import { policyDocument, type Conditions, type PolicyDocument } from "./document.ts";

/**
 * What kops does on its state store and no more (util/pkg/vfs/s3fs.go and s3context.go of kops; versions are listed and deleted
 * with the secrets of a cluster), and the list of regions, without which it takes none for valid (ValidateRegion).
 */
export function rolePermissions(access: Access): PolicyDocument {
  const { bucket, objects } = storeArns(access);
  const listed = listCondition(access);
  return policyDocument(
    {
      Sid: "FindTheBucket",
      Effect: "Allow",
      Action: ["s3:GetBucketLocation", "s3:GetEncryptionConfiguration"],
      Resource: [bucket],
    },
    {
      Sid: "ListTheStateStore",
      Effect: "Allow",
      Action: ["s3:ListBucket", "s3:ListBucketVersions"],
      Resource: [bucket],
      ...(listed === null ? {} : { Condition: listed }),
    },
    {
      Sid: "UseTheStateStore",
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion"],
      Resource: [objects],
    },
    {
      Sid: "KnowTheRegions",
      Effect: "Allow",
      Action: ["ec2:DescribeRegions"],
      Resource: ["*"],
    },
  );
}

/** The bucket, and the objects of the state store in it. */
export function storeArns({ partition, store: { bucket, prefix } }: Access) {
  const arn = `arn:${partition}:s3:::${bucket}`;
  return { bucket: arn, objects: prefix === null ? `${arn}/*` : `${arn}/${prefix}/*` };
}

/**
 * For a file that does not exist, S3 says so only to whom may list it, with the file's name as `s3:prefix`
 * (github.com/ceph/ceph/pull/68577, github.com/kopia/kopia/pull/3072); kops counts on being told.
 */
function listCondition({ store: { prefix } }: Access): Conditions | null {
  return prefix === null ? null : { StringLike: { "s3:prefix": `${prefix}/*` } };
}

/** What the kops documentation wants for running clusters (docs/getting_started/aws.md), but for all of S3: there is a state store. */
const clusterPolicies = [
  "AmazonEC2FullAccess",
  "AmazonRoute53FullAccess",
  "IAMFullAccess",
  "AmazonVPCFullAccess",
  "AmazonSQSFullAccess",
  "AmazonEventBridgeFullAccess",
];

/** The ARNs of AWS's own policies that the role has besides. */
export function managedPolicies({ partition, manageClusters }: Access): readonly string[] {
  return manageClusters
    ? clusterPolicies.map((name) => `arn:${partition}:iam::aws:policy/${name}`)
    : [];
}
