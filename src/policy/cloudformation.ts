import { userName, type Access } from "./access.ts";
import type { PolicyDocument } from "./document.ts";
import { permissionsName, userPolicyName, type Policies } from "./policies.ts";
import type { Tree } from "./tree.ts";
import { renderYaml } from "./yaml.ts";

/** One template for both accounts: in each it makes what belongs there. */
export function renderCloudformation(access: Access, policies: Policies): string {
  const { role, people } = access;
  const template: Tree = {
    AWSTemplateFormatVersion: "2010-09-09",
    Description: `Role ${role.name}, which only MFA opens, and its policies`,
    Conditions: {
      [roleCondition]: isAccount(role.account),
      [usersCondition(access)]: isAccount(people.account),
    },
    Resources: {
      Role: roleResource(access, policies),
      UserPolicy: userPolicyResource(access, policies),
      ...(policies.bucket === null
        ? {}
        : { BucketPolicy: bucketResource(access, policies.bucket) }),
    },
    Outputs: { RoleArn: { Condition: roleCondition, Value: { "Fn::GetAtt": ["Role", "Arn"] } } },
  };
  return `# aws cloudformation deploy --template-file THIS-FILE --stack-name kops-mfa --capabilities CAPABILITY_NAMED_IAM
${accountsLine(access)}${renderYaml(template)}`;
}

function accountsLine({ role, people }: Access): string {
  return role.account === people.account
    ? `# in account ${role.account}.\n`
    : `# once in account ${role.account} (the role) and once in account ${people.account} (its users).\n`;
}

const roleCondition = "AccountOfRole";

/** One account has one condition. */
function usersCondition({ role, people }: Access): string {
  return role.account === people.account ? roleCondition : "AccountOfUsers";
}

function isAccount(account: string): Tree {
  return { "Fn::Equals": [{ Ref: "AWS::AccountId" }, account] };
}

function roleResource({ role }: Access, policies: Policies): Tree {
  return {
    Type: "AWS::IAM::Role",
    Condition: roleCondition,
    Properties: {
      RoleName: role.name,
      Path: role.path,
      MaxSessionDuration: role.maxSessionDuration,
      AssumeRolePolicyDocument: policies.trust,
      Policies: [{ PolicyName: permissionsName, PolicyDocument: policies.permissions }],
      ...(policies.managedPolicies.length === 0
        ? {}
        : { ManagedPolicyArns: policies.managedPolicies }),
    },
  };
}

function userPolicyResource(access: Access, policies: Policies): Tree {
  const { users, groups } = access.people;
  return {
    Type: "AWS::IAM::ManagedPolicy",
    Condition: usersCondition(access),
    Properties: {
      ManagedPolicyName: userPolicyName(access),
      PolicyDocument: policies.user,
      ...(groups.length === 0 ? {} : { Groups: groups }),
      ...(users.length === 0 ? {} : { Users: users.map(userName) }),
    },
  };
}

function bucketResource({ store }: Access, document: PolicyDocument): Tree {
  return {
    Type: "AWS::S3::BucketPolicy",
    Condition: roleCondition,
    Properties: { Bucket: store.bucket, PolicyDocument: document },
  };
}
