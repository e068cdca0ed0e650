import { quote } from "../shell/dialects/posix.ts";
import { userName, type Access } from "./access.ts";
import { permissionsName, userPolicyName, type Policies } from "./policies.ts";

/** A script for any POSIX shell that makes it all with the AWS CLI, or brings it up to date. */
export function renderScript(access: Access, policies: Policies): string {
  const { role, people } = access;
  const together = role.account === people.account;
  return [
    head(access, policies, together),
    roleFunction(access, policies),
    userFunction(access),
    together ? oneAccount(role.account) : twoAccounts(role.account, people.account),
  ].join("\n");
}

function head(access: Access, policies: Policies, together: boolean): string {
  const { role, people } = access;
  const where = together
    ? `Run it with credentials that may administer IAM in account ${role.account}.`
    : `Run it twice, with credentials that may administer IAM: of account ${role.account}, then of account ${people.account}.`;
  const variables: readonly (readonly [string, string])[] = [
    ["role_name", role.name],
    ["role_path", role.path],
    ["role_arn", policies.roleArn],
    ["trust_policy", JSON.stringify(policies.trust)],
    ["permissions_policy", JSON.stringify(policies.permissions)],
    ["user_policy_name", userPolicyName(access)],
    ["user_policy_arn", userPolicyArn(access)],
    ["user_policy", JSON.stringify(policies.user)],
    ...(policies.bucket === null
      ? []
      : [
          ["bucket", access.store.bucket] as const,
          ["bucket_policy", JSON.stringify(policies.bucket)] as const,
        ]),
  ];
  return `#!/bin/sh
# Role ${policies.roleArn}, which only MFA opens, and its policies.
# ${where} A second run changes what differs, and detaches nothing.
# shellcheck disable=SC2016 # the variables in the policies are IAM's
set -eu
export AWS_PAGER=

${variables.map(([name, value]) => `${name}=${quote(value)}\n`).join("")}`;
}

function userPolicyArn(access: Access): string {
  return `arn:${access.partition}:iam::${access.people.account}:policy/${userPolicyName(access)}`;
}

function roleFunction({ role }: Access, { managedPolicies, bucket }: Policies): string {
  const attached = managedPolicies.map(
    (arn) => `  aws iam attach-role-policy --role-name "$role_name" --policy-arn ${quote(arn)}\n`,
  );
  const guarded =
    bucket === null
      ? ""
      : `  # This replaces the policy that the bucket has.
  aws s3api put-bucket-policy --bucket "$bucket" --policy "$bucket_policy"
`;
  return `make_role() {
  found=$(aws iam get-role --role-name "$role_name" --query Role.Arn --output text 2>/dev/null) || found=
  case $found in
    "$role_arn")
      aws iam update-assume-role-policy --role-name "$role_name" --policy-document "$trust_policy"
      aws iam update-role --role-name "$role_name" --max-session-duration ${role.maxSessionDuration} >/dev/null
      ;;
    '')
      aws iam create-role --role-name "$role_name" --path "$role_path" \\
        --assume-role-policy-document "$trust_policy" --max-session-duration ${role.maxSessionDuration} >/dev/null
      ;;
    *)
      echo "there is another role of that name: $found" >&2
      exit 1
      ;;
  esac
  aws iam put-role-policy --role-name "$role_name" --policy-name ${quote(permissionsName)} \\
    --policy-document "$permissions_policy"
${attached.join("")}${guarded}  echo "$role_arn"
}
`;
}

function userFunction({ people: { users, groups } }: Access): string {
  const attached = [
    ...groups.map((group) => ["attach-group-policy --group-name", group] as const),
    ...users.map((user) => ["attach-user-policy --user-name", userName(user)] as const),
  ].map(
    ([command, name]) => `  aws iam ${command} ${quote(name)} --policy-arn "$user_policy_arn"\n`,
  );
  return `make_user_policy() {
  if aws iam get-policy --policy-arn "$user_policy_arn" >/dev/null 2>&1; then
    # IAM keeps five versions: room for one more, the oldest go.
    for version in $(aws iam list-policy-versions --policy-arn "$user_policy_arn" \\
      --query 'reverse(sort_by(Versions[?!IsDefaultVersion], &CreateDate))[3:].VersionId' --output text); do
      aws iam delete-policy-version --policy-arn "$user_policy_arn" --version-id "$version"
    done
    aws iam create-policy-version --policy-arn "$user_policy_arn" --set-as-default \\
      --policy-document "$user_policy" >/dev/null
  else
    aws iam create-policy --policy-name "$user_policy_name" --policy-document "$user_policy" >/dev/null
  fi
${attached.join("")}  echo "$user_policy_arn"
}
`;
}

const callerAccount = "account=$(aws sts get-caller-identity --query Account --output text)";

function oneAccount(account: string): string {
  return `${callerAccount}
if [ "$account" != ${account} ]; then
  echo "these credentials are of account $account, and the role is for ${account}" >&2
  exit 1
fi
make_role
make_user_policy
`;
}

function twoAccounts(role: string, people: string): string {
  return `${callerAccount}
case $account in
  ${role}) make_role ;;
  ${people}) make_user_policy ;;
  *)
    echo "these credentials are of account $account; the role is for ${role}, its users are of ${people}" >&2
    exit 1
    ;;
esac
`;
}
