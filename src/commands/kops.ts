import { runKops } from "../runs/kops.ts";
import { ChildCommand } from "./child-command.ts";
import { kopsRoute } from "./route.ts";

/** Any command of kops, run with a session: what the script `kops-mfa` of the kops documentation does (docs/mfa.md). */
export class KopsCommand extends ChildCommand {
  static override paths = [[kopsRoute]];

  override execute(): Promise<number> {
    const { app, child } = this.context;
    return runKops(app, child ?? [], this, () => this.intend());
  }
}
