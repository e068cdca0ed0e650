import type { Context } from "../context.ts";
import type { Terminal } from "../context/terminal.ts";
import { CredentialsError } from "../errors.ts";
import type { Renewal } from "../session/keep-fresh.ts";
import { memoryCache } from "../session/memory-cache.ts";
import { needsCode } from "../session/obtain.ts";
import { CodeNeededError, withoutCodes } from "../session/mfa/token-code.ts";
import { withLeft, withoutNotes, type Intent } from "./resolve-session.ts";
import { obtain, unasking } from "./obtain-session.ts";
import { until } from "./with-signal.ts";

/** A command that is a shell takes the terminal for itself when it starts, and who asks just then is stopped. */
const settlesMs = 500;

/** How the session that is meant is made anew while a command runs, until that has `ended`. */
export function renewalOf(app: Context, meant: Intent, ended: AbortSignal): Renewal {
  const intent = again(meant);
  return {
    asksPerson: intent.resolution.mfaProcess === null,
    withoutCode(leftMs) {
      const wanted = withLeft(intent, leftMs);
      const { store, resolution, plan } = wanted;
      // Before anything is run that gives credentials to start with: it may ask too.
      if (needsCode(store.cache, resolution, plan, app.clock.now())) {
        return Promise.reject(new CodeNeededError("a code is needed"));
      }
      const terminal = silent(app.terminal);
      return obtain(app, wanted, { ...until(ended, app), terminal, codes: withoutCodes });
    },
    async withCode(leftMs, signal) {
      const end = AbortSignal.any([signal, ended]);
      await app.clock.sleep(settlesMs, end);
      if (!app.terminal.isInFront()) throw behind();
      const wanted = withLeft(intent, leftMs);
      // Without the lock: nobody may look at this terminal for hours, and others ask meanwhile.
      const unlocked = { ...wanted, store: { ...wanted.store, vault: null } };
      const using = until(end, app);
      return obtain(app, unlocked, { ...using, terminal: inFront(using.terminal) });
    },
  };
}

/** The command draws on this terminal as it likes, and may take it for itself in the very moment of the question. */
function inFront(terminal: Terminal): Terminal {
  const askHidden = (question: string) =>
    terminal.askHidden(question).catch((error: unknown) => {
      const isGone = error instanceof CredentialsError && !terminal.isInFront();
      throw isGone ? behind() : error;
    });
  return { ...terminal, waitFor: quietly, askHidden };
}

/** An interactive shell takes the terminal for itself, and so does whoever starts a job with `&`. */
function behind(): CredentialsError {
  return new CredentialsError("kops-mfa is not in front of its terminal, and cannot ask there", {
    hint: "Bring it to the front (fg), or run kops-mfa login in another terminal.",
  });
}

/** The same once more: what was said at the start is not said again, and a code that was given is used up. */
function again(intent: Intent): Intent {
  return { ...withoutNotes(intent), request: { ...intent.request, tokenCode: null } };
}

/** Whether a renewal is possible: without a code, or with one that somebody gives. */
export function mayBeRenewed({ plan, resolution, request }: Intent): boolean {
  const isCodeless =
    plan.way === "shared" || plan.steps.every((step) => step.serialNumber === null);
  return isCodeless || resolution.mfaProcess !== null || request.mayPrompt;
}

/** Where nothing is kept for others, the process itself remembers the MFA session, so that a code lasts as long as it does. */
export function remembering(intent: Intent): Intent {
  const { resolution, store } = intent;
  const isKept = resolution.cache?.value !== "none" && store.vault !== null;
  return isKept ? intent : { ...intent, store: { ...store, cache: memoryCache() } };
}

/** What is shown meanwhile would be drawn into what somebody else draws. */
const quietly: Terminal["waitFor"] = (_, work) => work;

/** A terminal that is somebody else's at the moment. */
function silent(terminal: Terminal): Terminal {
  const nothing = () => undefined;
  const words = { note: nothing, error: nothing, print: nothing, waitFor: quietly };
  return { ...unasking(terminal), ...words };
}
