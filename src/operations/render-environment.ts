import type { Context } from "../context.ts";
import {
  enterSession,
  leaveSession,
  plainSession,
  type SessionEnvironment,
} from "../environment/session-change.ts";
import { isoSeconds } from "../environment/instant.ts";
import { UsageError } from "../errors.ts";
import type { Dialect } from "../shell/dialects/dialect.ts";
import { renderDotenv, renderJson } from "../shell/formats.ts";
import { renderProcess } from "../shell/process-format.ts";
import { chooseDialect, githubText, readFormat, refuseOverwriting } from "./env-output.ts";

/** The options of `env` that say how. */
export interface EnvOptions {
  readonly shell?: string | undefined;
  readonly format?: string | undefined;
  readonly output?: string | undefined;
}

type TextContext = Pick<Context, "env" | "platform" | "processes"> & {
  readonly terminal: Pick<Context["terminal"], "note" | "print">;
};

/**
 * What `env` prints for a session, chosen before anything is asked, so that a wrong option costs no code.
 * Throws {@link UsageError} for an option that says nothing, or a shell that cannot be told.
 */
export function enterText(
  options: EnvOptions,
  app: TextContext,
): (session: SessionEnvironment) => string {
  switch (readFormat(options.format)) {
    case "export": {
      const dialect = chooseDialect(options.shell, app);
      return (session) => dialect.render(enterSession(session, app.env));
    }
    case "dotenv":
      return (session) => renderDotenv(plainSession(session));
    case "json":
      return (session) => renderJson(plainSession(session));
    case "process":
      return (session) => renderProcess({ ...session, expiration: isoSeconds(session.expiresAt) });
    case "github":
      refuseOverwriting(options.output);
      return (session) => githubText(plainSession(session), app);
  }
}

/** What `env --unset` prints. Throws {@link UsageError} as {@link enterText}. */
export function leaveText(options: EnvOptions, app: TextContext): string {
  const dialect = leavingDialect(options, app);
  const change = leaveSession(app.env);
  if (!change) app.terminal.note("this shell carries no session of kops-mfa; nothing to undo");
  else if (app.env["KOPS_MFA_PREVIOUS"]?.includes("AWS_ACCESS_KEY_ID=")) {
    app.terminal.note(
      "the access keys that were in this shell before are not kept, and not restored",
    );
  }
  return dialect.render(change ?? { unset: [], set: [] });
}

function leavingDialect({ format, shell }: EnvOptions, app: TextContext): Dialect {
  const read = readFormat(format);
  if (read === "export") return chooseDialect(shell, app);
  throw new UsageError(`--unset has no form in --format ${read}`, {
    hint: "Delete the file instead; --unset is for a shell.",
  });
}
