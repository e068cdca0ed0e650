import { expiryMarginMs } from "../../session/expiry-margin.ts";
import type { AwsCredentials, StsSession } from "../../context/sts.ts";
import type { Context } from "../../context.ts";
import type { CallerAnswer, SessionFacts } from "../facts.ts";
import type { Store } from "../../operations/open-store.ts";
import { cachedSession, keptSession, planKeys } from "../../session/obtain.ts";
import { askIdentity, unasked, type Licence } from "./aws.ts";
import { attempt, troubleOf } from "./attempt.ts";
import type { ReadProfile } from "./profile.ts";

type Known = NonNullable<ReadProfile["intent"]>;

/** How the program itself comes to a session. */
export interface SessionMaking {
  /** Throws {@link KopsMfaError} where there is no such place. */
  readonly openStore: (intent: Known) => Store;
  /** From what is kept, or from STS; a person is asked where they may be. */
  readonly obtain: (intent: Known & { readonly store: Store }) => Promise<StsSession>;
}

export interface FoundSession {
  readonly facts: SessionFacts;
  readonly credentials: AwsCredentials | null;
  /** The user's own session with MFA, with which the role was assumed. */
  readonly userSession: AwsCredentials | null;
}

/** The session of the profile: the one that is kept, one that needs no code, or with `mayAsk` a new one. */
export async function examineSession(
  context: Context,
  intent: Known | null,
  making: SessionMaking,
  licence: Licence,
): Promise<FoundSession> {
  if (intent === null) return nothing(unasked("session"));
  // The keyring is asked by a process.
  const isShut = licence.isOffline && intent.resolution.cache?.value === "keyring";
  const store = isShut ? null : attempt(() => making.openStore(intent));
  if (!store?.value) return nothing(unasked(store ? "cache" : "offline"));
  const known = { ...intent, store: store.value };
  const found = await findSession(context, known, making, licence);
  if ("kind" in found) return nothing(found);
  const { credentials, expiresAt } = found;
  const target = intent.resolution.sts;
  const identity: CallerAnswer = licence.isOffline
    ? unasked("offline")
    : await askIdentity(context, target, credentials);
  return {
    facts: { kind: "kept", expiresAt, identity },
    credentials,
    userSession: keptUserSession(context, known)?.credentials ?? null,
  };
}

function nothing(facts: SessionFacts): FoundSession {
  return { facts, credentials: null, userSession: null };
}

type WithStore = Known & { readonly store: Store };

async function findSession(
  { clock }: Context,
  known: WithStore,
  { obtain }: SessionMaking,
  { isOffline, mayAsk }: Licence,
): Promise<StsSession | SessionFacts> {
  const { store, resolution, plan } = known;
  const found = cachedSession(store.cache, resolution, plan, clock.now());
  if (found) return found;
  if (!isOffline && (mayAsk || needsNobody(known, clock.now()))) {
    try {
      return await obtain(known);
    } catch (error) {
      return { kind: "refused", trouble: troubleOf(error) };
    }
  }
  const over = keptSession(store.cache, resolution, plan);
  return over ? { kind: "over", expiresAt: over.expiresAt } : { kind: "none" };
}

/** Whether no code is needed, and no program of the person's own: the roles behind an MFA session that is kept, or roles without MFA. */
function needsNobody(known: WithStore, now: number): boolean {
  const { plan, resolution } = known;
  const { source } = resolution;
  if (source.kind === "provider" && source.provider.type === "process") return false;
  if (plan.steps.every(({ serialNumber }) => serialNumber === null)) return true;
  return plan.way === "shared" && keptUserSession({ clock: { now: () => now } }, known) !== null;
}

function keptUserSession(
  { clock }: { readonly clock: Pick<Context["clock"], "now"> },
  { plan, resolution, store }: WithStore,
): StsSession | null {
  const [first] = planKeys(resolution, plan);
  if (plan.way !== "shared" || first === undefined) return null;
  const session = store.cache.get(first);
  return session && session.expiresAt - clock.now() > expiryMarginMs ? session : null;
}
