import { userName, type Access } from "./access.ts";
import { quoteHcl, renderBlock, renderExpression, type Argument } from "./hcl.ts";
import { permissionsName, userPolicyName, type Policies } from "./policies.ts";
import type { Tree } from "./tree.ts";

/** A file of resources; where the users are of another account than the role, each account has its provider. */
export function renderTerraform(access: Access, policies: Policies): string {
  return [
    ...providers(access),
    ...roleBlocks(access, policies),
    ...bucketBlocks(access, policies),
    ...userBlocks(access, policies),
  ].join("\n");
}

function providers({ role, people }: Access): readonly string[] {
  if (role.account === people.account) return [];
  const provider = (alias: string, account: string) =>
    renderBlock('provider "aws"', [
      ["alias", quoteHcl(alias)],
      ["allowed_account_ids", renderExpression([account], "  ")],
    ]);
  return [
    `# Give each provider the region, and the profile or role, with which it reaches its account.\n${provider("clusters", role.account)}`,
    provider("users", people.account),
  ];
}

/** The argument that names the provider, where there are two. */
function providedBy(alias: "clusters" | "users", { role, people }: Access): readonly Argument[] {
  return role.account === people.account ? [] : [["provider", `aws.${alias}`]];
}

function roleBlocks(access: Access, policies: Policies): readonly string[] {
  const { role } = access;
  const provider = providedBy("clusters", access);
  const name: Argument = ["role", "aws_iam_role.kops_mfa.name"];
  const attachments = renderBlock('resource "aws_iam_role_policy_attachment" "kops_mfa"', [
    ...provider,
    ["for_each", `toset(${renderExpression(policies.managedPolicies, "  ")})`],
    name,
    ["policy_arn", "each.value"],
  ]);
  return [
    renderBlock('resource "aws_iam_role" "kops_mfa"', [
      ...provider,
      ["name", quoteHcl(role.name)],
      ["path", quoteHcl(role.path)],
      ["max_session_duration", String(role.maxSessionDuration)],
      ["assume_role_policy", json(policies.trust)],
    ]),
    renderBlock('resource "aws_iam_role_policy" "kops_mfa"', [
      ...provider,
      ["name", quoteHcl(permissionsName)],
      name,
      ["policy", json(policies.permissions)],
    ]),
    ...(policies.managedPolicies.length === 0 ? [] : [attachments]),
  ];
}

function bucketBlocks(access: Access, { bucket }: Policies): readonly string[] {
  if (bucket === null) return [];
  const policy = renderBlock('resource "aws_s3_bucket_policy" "kops_mfa"', [
    ...providedBy("clusters", access),
    ["bucket", quoteHcl(access.store.bucket)],
    ["policy", json(bucket)],
  ]);
  return [`# This replaces the policy that the bucket has.\n${policy}`];
}

function userBlocks(access: Access, policies: Policies): readonly string[] {
  const { users, groups } = access.people;
  const provider = providedBy("users", access);
  const attachment = (kind: "group" | "user", names: readonly string[]) =>
    names.length === 0
      ? []
      : [
          renderBlock(`resource "aws_iam_${kind}_policy_attachment" "kops_mfa"`, [
            ...provider,
            ["for_each", `toset(${renderExpression(names, "  ")})`],
            [kind, "each.value"],
            ["policy_arn", "aws_iam_policy.kops_mfa.arn"],
          ]),
        ];
  return [
    renderBlock('resource "aws_iam_policy" "kops_mfa"', [
      ...provider,
      ["name", quoteHcl(userPolicyName(access))],
      ["policy", json(policies.user)],
    ]),
    ...attachment("group", groups),
    ...attachment("user", users.map(userName)),
  ];
}

function json(document: Tree): string {
  return `jsonencode(${renderExpression(document, "  ")})`;
}
