import type { Intent } from "./resolve-session.ts";
import { serveSession } from "./serve-session.ts";
import { sessionEnvironment } from "./session-environment.ts";
import type { ChildCommand, ChildEnd, FoundProgram } from "../context/processes.ts";
import type { Context } from "../context.ts";
import type { StsSession } from "../context/sts.ts";
import { applyChange } from "../environment/apply-change.ts";
import { enterSession } from "../environment/session-change.ts";
import { ExitCode, KopsMfaError, StartError } from "../errors.ts";

/** What the command line says about how another program is run. */
export interface ChildOptions {
  /** Whether the session is renewed while it runs; undefined where that is not said. */
  readonly server?: boolean | undefined;
}

type Start = (env: ChildCommand["env"]) => ChildCommand;

/** The program, found before a code is asked for. Throws {@link StartError}. */
export function findChild(
  { children }: Context,
  name: string,
  howToInstall?: string,
): Extract<FoundProgram, { how: "found" }> {
  const found = children.find(name);
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

/** The environment of a child that carries the session. */
export function childEnvironment(
  { env }: Context,
  intent: Intent,
  session: StsSession,
): ChildCommand["env"] {
  return applyChange(env, enterSession(sessionEnvironment(intent, session), env));
}

/**
 * Runs the child with an endpoint from which it gets the session, and which has a fresh one for as long as it runs; `afterwards`
 * learns the last one.
 */
export async function serveChild(
  app: Context,
  start: Start,
  { intent, session }: { readonly intent: Intent; readonly session: StsSession },
  afterwards: (end: ChildEnd, latest: StsSession, child: ChildCommand) => Promise<void> = () =>
    Promise.resolve(),
): Promise<number> {
  const { name } = start({});
  const program = name.split("/").at(-1) ?? name;
  const served = await serveSession(app, intent, session, program);
  const child = start(applyChange(app.env, served.change));
  try {
    return await runChild(app, child, async (end) => {
      await served.end();
      await afterwards(end, served.latest(), child);
    });
  } finally {
    await served.end();
  }
}

/** Runs the child in this process's place; as a child, with `afterwards`, where the platform has no other way. */
export function becomeChild(
  app: Context,
  child: ChildCommand,
  afterwards?: (end: ChildEnd) => Promise<void>,
): Promise<number> {
  app.children.replace(child);
  return runChild(app, child, afterwards);
}

/** Runs the child to its end. The exit code is the child's own; `afterwards` comes before this process ends as it did. */
export async function runChild(
  { children }: Context,
  child: ChildCommand,
  afterwards: (end: ChildEnd) => Promise<void> = () => Promise.resolve(),
): Promise<number> {
  const end = await children.run(child);
  if (end.how === "not-started") {
    throw new StartError(ExitCode.NotExecutable, `${child.path} could not be started: ${end.why}`, {
      hint: "Is it a program for this machine, and is the interpreter there that its first line names?",
    });
  }
  await afterwards(end);
  if (end.how === "killed") children.endBySignal(end.signal);
  return end.exitCode;
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
