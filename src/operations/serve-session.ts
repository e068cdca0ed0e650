import type { Context } from "../context.ts";
import type { StsSession } from "../context/sts.ts";
import { enterServed } from "../environment/session-change.ts";
import { FreshSession } from "../session/keep-fresh.ts";
import type { EnvironmentChange } from "../shell/change.ts";
import type { Intent } from "./resolve-session.ts";
import { loginLine } from "./obtain-session.ts";
import { renewalOf } from "./renew-session.ts";
import { servedEnvironment } from "./session-environment.ts";

/** A session that a child gets from an endpoint, where it is always a fresh one. */
export interface ServedSession {
  /** For the child's environment. */
  readonly change: EnvironmentChange;
  /** The session as it is now, over or not. */
  latest(): StsSession;
  /** Frees the port, and ends a question that is open. */
  end(): Promise<void>;
}

/** Serves the session to the child named `command`, and renews it meanwhile. Throws {@link KopsMfaError} where no port can be had. */
export async function serveSession(
  app: Context,
  intent: Intent,
  session: StsSession,
  command: string,
): Promise<ServedSession> {
  const { clock, terminal } = app;
  const ended = new AbortController();
  const until = ended.signal;
  const renewal = renewalOf(app, intent, until);
  // More than is ever left when a code is needed, so that it is not content with the session that is there.
  const login = `${loginLine(intent)} --min-ttl 30m`;
  const fresh = new FreshSession({ clock, terminal, renewal, command, login, until }, session);
  const server = await app.credentialServer(() => fresh.answer());
  void fresh.run();
  return {
    change: enterServed(servedEnvironment(intent, server, app), app.env),
    latest: () => fresh.session,
    async end() {
      ended.abort();
      await server.close();
    },
  };
}
