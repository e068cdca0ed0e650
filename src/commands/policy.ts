import { Command, Option } from "clipanion";
import { profileName } from "../cli/profile-name.ts";
import type { CommandContext } from "../cli/session-command.ts";

/** `policy`: prints a role that wants MFA, and its policies. */
export class PolicyCommand extends Command<CommandContext> {
  static override paths = [["policy"]];
  static override usage = Command.Usage({
    category: "Configuration and policy",
    description: "print a role that only MFA opens, and its policies; calls nothing",
    details: `
      The role may use the state store and nothing else. What is not said comes from the profile: account and name of the role (role_arn),
      the users' account (mfa_serial), the state store. --mfa-age counts from the code: kops-mfa then asks for one more often than every 12 h.
    `,
    examples: [
      [
        "To look at",
        "kops-mfa policy --state-store s3://clusters.example.com --account 222222222222",
      ],
      [
        "For two users, as an AWS CLI script",
        "kops-mfa policy prod --user jon --user mei --format script > role.sh",
      ],
      [
        "For a group of another account",
        "kops-mfa policy prod --user-account 111111111111 --group operators --format terraform > role.tf",
      ],
      [
        "Nobody else reads the bucket",
        "kops-mfa policy prod --bucket-policy --cluster one.example.com",
      ],
    ],
  });

  profileWord = Option.String({ name: "PROFILE", required: false });
  profile = Option.String("--profile,-p", { description: "the profile to take over from" });
  format = Option.String("--format", { description: "json, script, cloudformation, terraform" });
  stateStore = Option.String("--state-store", { description: "s3://BUCKET or s3://BUCKET/PREFIX" });
  account = Option.String("--account", { description: "the account of the role" });
  roleName = Option.String("--role-name", {
    description: "its name (kops-admin), with a path if you like",
  });
  maxSessionDuration = Option.String("--max-session-duration", {
    description: "how long a session may last at most: 1h (the default) to 12h",
  });
  users = Option.Array("--user", {
    description: "an IAM user, by name or ARN; repeat it for more",
  });
  groups = Option.Array("--group", {
    description: "a group that gets the users' policy; repeat it for more",
  });
  userAccount = Option.String("--user-account", { description: "the account of the users" });
  mfaAge = Option.String("--mfa-age", { description: "how old the code may be: 1m to 36h" });
  sessionNameRule = Option.Boolean("--session-name-rule", false, {
    description: "the session must be named like the user",
  });
  manageMfa = Option.Boolean("--manage-mfa", false, {
    description: "users may change their own MFA devices, with a code",
  });
  manageClusters = Option.Boolean("--manage-clusters", false, {
    description: "the role may also do what kops does to clusters",
  });
  bucketPolicy = Option.Boolean("--bucket-policy", false, {
    description: "deny everybody else what is in the state store",
  });
  clusters = Option.Array("--cluster", {
    description: "only this cluster keeps its access; repeat it for more",
  });
  allowed = Option.Array("--allow", {
    description: "the ARN of one more who keeps access; repeat it for more",
  });
  partition = Option.String("--partition", { description: "aws, aws-cn, aws-us-gov" });
  region = Option.String("--region", { description: "a region of the partition that is meant" });

  override async execute(): Promise<number> {
    const { runPolicy } = await import("./policy-run.ts");
    const profile = profileName(this.profileWord, this.profile);
    return runPolicy(this.context.app, profile, this);
  }
}
