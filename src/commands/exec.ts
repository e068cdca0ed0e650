import { Command } from "clipanion";
import { runExec } from "./exec-run.ts";
import { ChildCommand } from "../cli/child-command.ts";

/** `exec`: runs any program with a session. */
export class ExecCommand extends ChildCommand {
  static override paths = [["exec"]];
  static override usage = Command.Usage({
    category: "Running programs",
    description: "run a command with a session, in a clean environment",
    details: `
      The command goes after --. Its exit code is that of kops-mfa; 127 when it is not found, 126 when it cannot be started.
      Without a command it is your shell ($SHELL), and \`exit\` leaves it. kops itself needs no exec: kops-mfa get clusters.
    `,
    examples: [
      ["Any command", "kops-mfa exec -- terraform plan"],
      ["With another profile", "kops-mfa exec prod -- kubectl get nodes"],
      ["For hours, with a session that is renewed", "kops-mfa exec --server -- ./migrate"],
      ["In a script that must not wait for anybody", "kops-mfa exec --no-prompt -- ./nightly"],
    ],
  });

  override execute(): Promise<number> {
    const { app, child } = this.context;
    return runExec(app, child, this, () => this.intend());
  }
}
