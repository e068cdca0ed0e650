import { failingLine } from "./operations/env-output.ts";
import type { Context } from "./context.ts";
import { ExitCode, InterruptedError, KopsMfaError } from "./errors.ts";

/** Says what ended the command line `words`, also to a shell that would evaluate its output; the exit code of that. */
export function fail(error: unknown, words: readonly string[], context: Context): number {
  report(error, context);
  const line = failingLine(words, context);
  if (line !== null) writeFailure(line, context);
  return error instanceof KopsMfaError ? error.exitCode : ExitCode.Failure;
}

function report(error: unknown, { terminal, env }: Context): void {
  if (error instanceof InterruptedError) return;
  if (error instanceof KopsMfaError) {
    terminal.error(error.message, error.hint);
    return;
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  terminal.error(
    `internal error: ${message}`,
    "This is a bug of kops-mfa: please report it, with what KOPS_MFA_DEBUG=1 adds.",
  );
  if (env["KOPS_MFA_DEBUG"]) terminal.print(stack ?? "");
}

function writeFailure(line: string, { stdout }: Context): void {
  try {
    stdout.write(line);
  } catch (error) {
    // Whoever would have evaluated the line is gone, and the reason has been reported.
    if (!(error instanceof KopsMfaError)) throw error;
  }
}
