import { Command } from "clipanion";
import type { ChildCommand as Child, ChildEnd, StsSession } from "../context.ts";
import { UsageError } from "../errors.ts";
import { explainExpiry } from "../kops/explain-end.ts";
import { ChildCommand, hasFailed } from "./child-command.ts";
import { remembering } from "./renewal.ts";

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

  override async execute(): Promise<number> {
    const { name, args } = this.#command();
    const { path } = this.find(name);
    const start = (env: Child["env"]) => ({ path, name, args, env });
    const meant = this.intend();
    const intent = this.server ? remembering(meant) : meant;
    const session = await this.obtain(intent);
    if (this.server) return this.serve(start, intent, session);
    const child = start(this.childEnvironment(intent, session));
    return this.become(child, (end) => {
      this.#explain(end, session, name);
      return Promise.resolve();
    });
  }

  /** Of a command that is not kops nothing is known but that it had a session. */
  #explain(end: ChildEnd, session: StsSession, name: string): void {
    const { clock, terminal } = this.context.app;
    const why = hasFailed(end) ? explainExpiry(session, clock.now(), name) : null;
    if (why) terminal.error(why.message, why.hint);
  }

  #command(): { readonly name: string; readonly args: readonly string[] } {
    const { child, app } = this.context;
    if (child === null) return { name: personsShell(app), args: [] };
    const [name, ...args] = child;
    if (name) return { name, args };
    throw new UsageError("exec: there is no command after --", {
      hint: "kops-mfa exec -- terraform plan",
    });
  }
}

function personsShell({ env, platform }: Pick<ChildCommand["context"]["app"], "env" | "platform">) {
  if (platform === "win32") return env["ComSpec"] || "cmd.exe";
  return env["SHELL"] || "/bin/sh";
}
