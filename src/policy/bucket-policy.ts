import { roleArn, type Access, type BucketExceptions } from "./access.ts";
import { policyDocument, type PolicyDocument } from "./document.ts";
import { storeArns } from "./role-permissions.ts";

/**
 * Denies what is in the state store to everybody but the role, the clusters, the account's root and those who are named. It takes
 * nothing from those who administer the bucket itself, so that the policy can be read, replaced and taken away again.
 */
export function bucketPolicy(access: Access, exceptions: BucketExceptions): PolicyDocument {
  const { bucket, objects } = storeArns(access);
  const everybodyElse = {
    // Of a session of a role this is the role's ARN: reference_policies_condition-keys.html of the IAM User Guide, aws:PrincipalArn.
    ArnNotLike: { "aws:PrincipalArn": [...principals(access, exceptions)] },
    // Requests without a signature have neither key, and are denied.
    BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
  };
  return policyDocument({
    Sid: "NobodyElse",
    Effect: "Deny",
    Principal: "*",
    Action: [...objectActions, ...(access.store.prefix === null ? ["s3:ListBucket*"] : [])],
    Resource: access.store.prefix === null ? [bucket, objects] : [objects],
    Condition: everybodyElse,
  });
}

const objectActions = [
  "s3:GetObject*",
  "s3:PutObject*",
  "s3:DeleteObject*",
  "s3:RestoreObject",
  "s3:AbortMultipartUpload",
  "s3:ListMultipartUploadParts",
];

function principals(access: Access, { clusters, allowed }: BucketExceptions): readonly string[] {
  const arn = `arn:${access.partition}:iam::${access.role.account}:`;
  const names = clusters.length === 0 ? ["*"] : clusters;
  const instances = names.flatMap((name) =>
    instanceRoles(name).map((role) => `${arn}role/${role}`),
  );
  return [roleArn(access), `${arn}root`, ...instances, ...allowed];
}

/** The roles of a cluster's instances that read its state store (IAMName in pkg/model/names.go of kops); a bastion does not. */
function instanceRoles(cluster: string): readonly string[] {
  return ["masters", "apiservers", "nodes"].map((kind) => truncated(`${kind}.${cluster}`));
}

/** kops ends a name that is too long for IAM in a hash of 6 characters (TruncateString in upup/pkg/fi/cloudup/awsup). */
function truncated(name: string): string {
  return name.length <= 64 ? name : `${name.slice(0, 57)}-??????`;
}
