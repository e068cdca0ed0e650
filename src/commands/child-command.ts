import type { ChildCommand as Child, ChildEnd, FoundProgram, StsSession } from "../context.ts";
import { applyChange } from "../environment/apply-change.ts";
import { enterSession } from "../environment/session-change.ts";
import { ExitCode, KopsMfaError, StartError } from "../errors.ts";
import { sessionEnvironment } from "./session-environment.ts";
import { SessionCommand, type Intent } from "./session-command.ts";

/** A command that runs another program. */
export abstract class ChildCommand extends SessionCommand {
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
    const change = enterSession(sessionEnvironment(intent, session), this.env);
    return applyChange(this.env, { ...change, unset: [...change.unset, "KOPS_MFA_TOKEN_CODE"] });
  }

  /** Runs the child in this process's place, as a child where the platform has no other way. */
  protected become(child: Child): Promise<number> {
    this.context.app.children.replace(child);
    return this.run(child);
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
