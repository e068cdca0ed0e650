import { roleArn, type Access } from "./access.ts";
import { policyDocument, withMfa, type PolicyDocument } from "./document.ts";

/** What the users need: the role, the list of their own MFA devices, and on request those devices. */
export function userPolicy(access: Access): PolicyDocument {
  return policyDocument(
    {
      Sid: "AssumeTheRole",
      Effect: "Allow",
      Action: ["sts:AssumeRole"],
      Resource: [roleArn(access)],
    },
    {
      Sid: "FindOwnMfaDevice",
      Effect: "Allow",
      Action: ["iam:ListMFADevices"],
      Resource: ownUser(access),
    },
    ...(access.manageMfa ? manageOwnMfa(access) : []),
  );
}

/**
 * All of it takes a code: whoever may add a device with nothing but access keys needs nobody's code any more. So a user's first
 * device is for an administrator to add.
 */
function manageOwnMfa(access: Access) {
  const arn = accountArn(access);
  return [
    {
      Sid: "ManageOwnMfaDevice",
      Effect: "Allow",
      Action: ["iam:EnableMFADevice", "iam:DeactivateMFADevice", "iam:ResyncMFADevice"],
      Resource: ownUser(access),
      Condition: withMfa,
    },
    {
      Sid: "ManageOwnVirtualMfaDevice",
      Effect: "Allow",
      Action: ["iam:CreateVirtualMFADevice", "iam:DeleteVirtualMFADevice"],
      Resource: [`${arn}mfa/\${aws:username}`, `${arn}mfa/\${aws:username}-*`],
      Condition: withMfa,
    },
  ] as const;
}

/** A user may have a path before the name. */
function ownUser(access: Access): readonly string[] {
  const arn = accountArn(access);
  return [`${arn}user/\${aws:username}`, `${arn}user/*/\${aws:username}`];
}

function accountArn({ partition, people: { account } }: Access): string {
  return `arn:${partition}:iam::${account}:`;
}
