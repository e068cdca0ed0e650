import { Command, Option } from "clipanion";
import type { StsSession } from "../context.ts";
import { ExitCode, UsageError } from "../errors.ts";
import type { SessionMaking } from "../examine/session.ts";
import { awsCliSession } from "../session/aws-cli-key.ts";
import type { Intent } from "./intend.ts";
import { SessionCommand } from "./session-command.ts";
import { openStore } from "./store.ts";

/** `doctor`: looks at everything that goes wrong in practice, and says what to do about it. */
export class DoctorCommand extends SessionCommand {
  static override paths = [["doctor"]];
  static override usage = Command.Usage({
    category: "Configuration and policy",
    description: "check all that a session needs, and say what is wrong and what to do",
    details: `
      One line a check, with the cure beneath. Nobody is asked: what needs a session is checked with the one that is kept, or with --login.
      The exit code is 1 when something is wrong.
    `,
    examples: [
      ["Why does it not work?", "kops-mfa doctor"],
      ["One profile, with a new session if there is none", "kops-mfa doctor prod --login"],
      ["For programs", "kops-mfa doctor prod --json"],
    ],
  });

  state = Option.String("--state", { description: "the state store of kops: s3://BUCKET" });
  login = Option.Boolean("--login", false, {
    description: "make a session first if none is kept, with a code",
  });
  offline = Option.Boolean("--offline", false, {
    description: "read files and variables only: no request, no other program",
  });
  json = Option.Boolean("--json", false, { description: "as JSON" });

  override async execute(): Promise<number> {
    const { app } = this.context;
    const { login, offline: isOffline, state, requestOptions: options } = this;
    if (login && isOffline) {
      throw new UsageError("--login calls AWS, and --offline calls nobody", {
        hint: "Give one of them.",
      });
    }
    const { consult, describeChecks } = await import("../examine/consult.ts");
    const making = this.#making();
    const work = consult(app, { options, state, isOffline, mayAsk: login, making });
    const checks = await app.terminal.waitFor("AWS and kops", work);
    const { stdout, env, platform } = app;
    const paint = stdout.paint.bind(stdout);
    stdout.write(
      this.json
        ? `${JSON.stringify(checks, null, 2)}\n`
        : describeChecks(checks, { env, platform, paint }),
    );
    return checks.some(({ status }) => status === "failure") ? ExitCode.Failure : ExitCode.Ok;
  }

  /** Problems of the cache are findings here, and not words on the way. */
  #making(): SessionMaking {
    const { app } = this.context;
    const quiet = { ...app, terminal: { ...app.terminal, note: () => undefined } };
    return {
      openStore: ({ resolution, plan }) =>
        openStore(quiet, resolution.cache?.value, awsCliSession(resolution, plan)),
      obtain: (intent) => this.#obtain(intent),
    };
  }

  #obtain(intent: Intent): Promise<StsSession> {
    if (this.login) return this.obtain(intent);
    const { request, files, resolution, plan, store } = intent;
    return this.obtain({
      ...intent,
      // Without a code there is nobody to wait for.
      store: { ...store, vault: null },
      request: { ...request, tokenCode: null, mayPrompt: false },
      files: { ...files, notes: [] },
      resolution: { ...resolution, mfaProcess: null, notes: [] },
      plan: { ...plan, notes: [] },
    });
  }
}
