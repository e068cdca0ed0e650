import { Option } from "clipanion";
import type { ChildCommand as Child, ChildEnd, FoundProgram, StsSession } from "../context.ts";
import { applyChange } from "../environment/apply-change.ts";
import { enterSession } from "../environment/session-change.ts";
import { ExitCode, KopsMfaError, StartError } from "../errors.ts";
import type { EnvironmentChange } from "../shell/change.ts";
import type { Intent } from "./intend.ts";
import { serveSession } from "./serve-session.ts";
import { sessionEnvironment } from "./session-environment.ts";
import { SessionCommand } from "./session-command.ts";

/** A command that runs another program. */
export abstract class ChildCommand extends SessionCommand {
  server = Option.Boolean("--server", {
    description: "renew the session while the command runs; --no-server: never",
  });

  /** The program, found before a code is asked for. Throws {@link StartError}. */
  protected find(name: string, howToInstall?: string): Extract<FoundProgram, { how: "found" }> {
    const found = this.context.app.children.find(name);
    switch (found.how) {
      case "found":
        return found;
      case "not-executable":
        throw new StartError(ExitCode.NotExecutable, `${found.path} is not executable`, {
          hint: `chmod +x ${found.path}`,
        });
      case "not-found": {
        const isPath = name.includes("/");
        throw new StartError(
          ExitCode.NotFound,
          isPath ? `there is no ${name}` : `${name} is not on your PATH`,
          { hint: howToInstall ?? "Is the name right, and the program installed?" },
        );
      }
    }
  }

  /** The environment of a child that carries the session; a code that was for this process alone is not in it. */
  protected childEnvironment(
    intent: Intent,
    session: StsSession,
  ): Readonly<Record<string, string>> {
    return this.#changed(enterSession(sessionEnvironment(intent, session), this.env));
  }

  #changed({ unset, set }: EnvironmentChange): Child["env"] {
    return applyChange(this.env, { unset: [...unset, "KOPS_MFA_TOKEN_CODE"], set });
  }

  /**
   * Runs the child with an endpoint from which it gets the session, and which has a fresh one for as long as it runs; `afterwards`
   * learns the last one.
   */
  protected async serve(
    start: (env: Child["env"]) => Child,
    intent: Intent,
    session: StsSession,
    afterwards: (end: ChildEnd, latest: StsSession, child: Child) => Promise<void> = () =>
      Promise.resolve(),
  ): Promise<number> {
    const { name } = start({});
    const program = name.split("/").at(-1) ?? name;
    const served = await serveSession(this.context.app, intent, session, program);
    const child = start(this.#changed(served.change));
    try {
      return await this.run(child, async (end) => {
        await served.end();
        await afterwards(end, served.latest(), child);
      });
    } finally {
      await served.end();
    }
  }

  /** Runs the child in this process's place; as a child, with `afterwards`, where the platform has no other way. */
  protected become(child: Child, afterwards?: (end: ChildEnd) => Promise<void>): Promise<number> {
    this.context.app.children.replace(child);
    return this.run(child, afterwards);
  }

  /** Runs the child to its end. The exit code is the child's own; `afterwards` comes before this process ends as it did. */
  protected async run(
    child: Child,
    afterwards: (end: ChildEnd) => Promise<void> = () => Promise.resolve(),
  ): Promise<number> {
    const { children } = this.context.app;
    const end = await children.run(child);
    if (end.how === "not-started") {
      throw new StartError(
        ExitCode.NotExecutable,
        `${child.path} could not be started: ${end.why}`,
        {
          hint: "Is it a program for this machine, and is the interpreter there that its first line names?",
        },
      );
    }
    await afterwards(end);
    if (end.how === "killed") children.endBySignal(end.signal);
    return end.exitCode;
  }
}

/** Whether a child failed by itself. From 128 on it was a signal, as shells write it: somebody ended it, and knows why. */
export function hasFailed(end: ChildEnd): boolean {
  return end.how === "exited" && end.exitCode > 0 && end.exitCode < 128;
}

/** More than anybody nests on purpose. */
const deepest = 8;

/** Counts how often this program has started kops within kops. Throws {@link KopsMfaError} where the kops that it finds leads back here. */
export function nestedDeeper(env: Readonly<Record<string, string | undefined>>, path: string) {
  const depth = Number(env["KOPS_MFA_DEPTH"] ?? 0) + 1;
  if (depth <= deepest) return { KOPS_MFA_DEPTH: String(depth) };
  throw new KopsMfaError(`${path} runs kops-mfa again, and that runs it again`, {
    hint: "Let it run the real kops by its full path, or take it off your PATH.",
  });
}
