import { Command, Option } from "clipanion";
import { profileName } from "../cli/profile-name.ts";
import type { CommandContext } from "../cli/session-command.ts";

/** `setup`: finds, asks, proves and writes a profile. */
export class SetupCommand extends Command<CommandContext> {
  static override paths = [["setup"]];
  static override usage = Command.Usage({
    category: "Configuration and policy",
    description: "write a profile: finds your keys and MFA device, asks for the rest, tries it",
    details:
      "Nothing is written before a login has worked and you have said yes; what was in a file is kept beside it.",
    examples: [
      ["The first time, after `aws configure`", "kops-mfa setup"],
      [
        "Without questions",
        "kops-mfa setup --yes --profile prod --role-arn kops-admin --token-code 123456",
      ],
      ["What would be written?", "kops-mfa setup --yes --dry-run"],
    ],
  });

  profileName = Option.String({ name: "PROFILE", required: false });
  profile = Option.String("--profile,-p", { description: "the name of the profile to write" });
  sourceProfile = Option.String("--source-profile", {
    description: "the profile that has your access keys",
  });
  serialNumber = Option.String("--serial-number", { description: "the ARN of your MFA device" });
  roleArn = Option.String("--role-arn", {
    description: "the role to assume, or its name if it is in your account; - for none",
  });
  externalId = Option.String("--external-id", { description: "what the role's owner asks for" });
  region = Option.String("--region", { description: "the region of your clusters" });
  stateStore = Option.String("--state-store", { description: "the bucket of kops, s3://NAME" });
  cluster = Option.String("--cluster", { description: "the cluster you work with" });
  isDefault = Option.Boolean("--default", {
    description: "use it where no profile is named; --no-default: do not",
  });
  tokenCode = Option.String("--token-code", { description: "the code, instead of a prompt" });
  yes = Option.Boolean("--yes,-y", false, {
    description: "ask nothing: take what is found, and leave out the rest",
  });
  noLogin = Option.Boolean("--no-login", false, { description: "write it untried" });
  dryRun = Option.Boolean("--dry-run", false, { description: "show what would be written" });
  shellStartup = Option.Boolean("--shell-startup", {
    description: "add the integration to your shell's start-up file; --no-shell-startup: never",
  });

  override async execute(): Promise<number> {
    const { runSetup } = await import("./setup-run.ts");
    const profile = profileName(this.profileName, this.profile);
    return runSetup(this.context.app, profile, this);
  }
}
