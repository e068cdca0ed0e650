import { runKops } from "./kops-run.ts";
import { ChildCommand } from "../cli/child-command.ts";
import { kopsRoute } from "../cli/kops-line.ts";

/** Any command of kops, run with a session: what the script `kops-mfa` of the kops documentation does (docs/mfa.md). */
export class KopsCommand extends ChildCommand {
  static override paths = [[kopsRoute]];

  override execute(): Promise<number> {
    const { app, child } = this.context;
    return runKops(app, child ?? [], this, () => this.intend());
  }
}
