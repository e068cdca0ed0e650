import { Command, Option } from "clipanion";
import type { CommandContext } from "../cli/session-command.ts";

/** `kubeconfig`: lets kubectl run kops's login under kops-mfa, and takes that back. */
export class KubeconfigCommand extends Command<CommandContext> {
  static override paths = [["kubeconfig"]];
  static override usage = Command.Usage({
    category: "Running programs",
    description: "let kubectl get its certificates with the session",
    details: `
      kubectl runs kops for a certificate every hour, and kops needs a session for that. This changes the users that
      kops export kubeconfig writes, so that kubectl runs kops under kops-mfa; it shows what would change, and asks.
      NAME is that of a context, cluster or user; without one it is the current context's user.
    `,
    examples: [
      ["The current context", "kops-mfa kubeconfig"],
      ["One cluster, with the session of a profile", "kops-mfa kubeconfig one.example.com -p prod"],
      ["All of kops's users, in a script", "kops-mfa kubeconfig --all --yes"],
      ["As kops wrote it", "kops-mfa kubeconfig --undo"],
    ],
  });

  name = Option.String({ name: "NAME", required: false });
  kubeconfig = Option.String("--kubeconfig", { description: "the file, instead of KUBECONFIG" });
  all = Option.Boolean("--all", false, { description: "every user that logs in with kops" });
  profile = Option.String("--profile,-p", { description: "the profile that kubectl shall use" });
  roleArn = Option.String("--role-arn", { description: "the role, where no profile names it" });
  serialNumber = Option.String("--serial-number", { description: "the ARN of the MFA device" });
  undo = Option.Boolean("--undo", false, { description: "give back what kops wrote" });
  dryRun = Option.Boolean("--dry-run", false, {
    description: "show what would change; write nothing",
  });
  yes = Option.Boolean("--yes,-y", false, { description: "change it without asking" });

  override async execute(): Promise<number> {
    const { runKubeconfig } = await import("./kubeconfig-run.ts");
    return runKubeconfig(this.context.app, this);
  }
}
