import type { Setting } from "../config/origin.ts";
import { wrong } from "../config/request-values.ts";
import { UsageError } from "../errors.ts";

const partitions = ["aws", "aws-cn", "aws-us-gov"];

export function checkAccount(setting: Setting): string {
  if (/^\d{12}$/.test(setting.value)) return setting.value;
  throw wrong(setting, `"${setting.value}" is not the number of an AWS account`, {
    hint: "It has 12 digits, without hyphens: aws sts get-caller-identity shows yours.",
  });
}

export function checkPartition(word: string): string {
  if (partitions.includes(word)) return word;
  throw new UsageError(`--partition: there is no partition "${word}" here`, {
    hint: `There are ${partitions.join(", ")}; --region finds the right one.`,
  });
}

/** Path and name of `kops-admin` or `team/kops-admin`. Form: reference_iam-quotas.html of the IAM User Guide. */
export function parseRoleName(text: string): { readonly path: string; readonly name: string } {
  const at = text.lastIndexOf("/") + 1;
  const [path, name] = [text.slice(0, at).replace(/^(?!\/)/, "/"), text.slice(at)];
  if (
    /^[\w+=,.@-]{1,64}$/.test(name) &&
    /^\/(?:[\w+=,.@-]+\/)*$/.test(path) &&
    path.length <= 512
  ) {
    return { path, name };
  }
  throw new UsageError(`--role-name: "${text}" cannot be the name of a role`, {
    hint: "It has 1 to 64 letters, digits and any of +=,.@_-; a path may go before it: team/kops-admin.",
  });
}

/** The name of a cluster: kops wants a DNS name. */
export function checkCluster(name: string): string {
  if (
    /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/.test(
      name,
    )
  ) {
    return name;
  }
  throw new UsageError(`--cluster: "${name}" cannot be the name of a cluster`, {
    hint: "It is a DNS name such as one.example.com.",
  });
}

/** The ARN of somebody whom the bucket policy leaves alone; `*` and `?` may stand in the name. */
export function checkAllowed(arn: string, partition: string): string {
  const form = new RegExp(
    `^arn:${partition}:iam::\\d{12}:(?:root|(?:role|user)/[\\w+=,.@/*?-]{1,512})$`,
  );
  if (form.test(arn)) return arn;
  throw new UsageError(`--allow: "${arn}" is not the ARN of a role or user of ${partition}`, {
    hint: `It looks like arn:${partition}:iam::222222222222:role/backup. For a session, name its role.`,
  });
}
