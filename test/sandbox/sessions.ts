import { randomBytes, randomInt } from "node:crypto";
import { BASE32_ALPHABET } from "./base32.ts";
import type { Principal } from "./directory.ts";

/** What signs a request, and for whom. */
export interface Credential {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly principal: Principal;
  /** Null for long-lived keys. */
  readonly session: Session | null;
}

export interface Session {
  readonly kind: "session-token" | "assumed-role";
  readonly token: string;
  readonly expiresAt: number;
  /** When the MFA code was given that these credentials vouch for. */
  readonly mfaAuthenticatedAt: number | null;
}

/** Credentials with a session: what STS hands out. */
export type TemporaryCredential = Credential & { readonly session: Session };

/** The sessions that one sandbox has handed out. */
export class Sessions {
  readonly #byAccessKeyId = new Map<string, TemporaryCredential>();
  readonly #longest = new Map<Session["kind"], number>();

  mint(principal: Principal, session: Omit<Session, "token">): TemporaryCredential {
    const credential = {
      accessKeyId: `ASIA${randomLetters(16)}`,
      secretAccessKey: randomBase64(30, /\/.*\+|\+.*\//),
      principal,
      session: { ...session, token: randomBase64(320, /^(?=.*\/)(?=.*\+).*=$/) },
    };
    this.#byAccessKeyId.set(credential.accessKeyId, credential);
    return credential;
  }

  find(accessKeyId: string): TemporaryCredential | null {
    return this.#byAccessKeyId.get(accessKeyId) ?? null;
  }

  /** Lets new sessions of a kind last so many seconds at most, whatever is asked for. */
  limitLife(kind: Session["kind"], seconds: number): void {
    this.#longest.set(kind, seconds);
  }

  /** The seconds that a session gets where so many are asked for. */
  lifeOf(kind: Session["kind"], seconds: number): number {
    return Math.min(seconds, this.#longest.get(kind) ?? Infinity);
  }

  /** Lets every session so far run out at this moment. */
  expireAll(now: number): void {
    for (const [id, credential] of this.#byAccessKeyId) {
      const session = { ...credential.session, expiresAt: now };
      this.#byAccessKeyId.set(id, { ...credential, session });
    }
  }

  clear(): void {
    this.#byAccessKeyId.clear();
    this.#longest.clear();
  }
}

function randomLetters(count: number): string {
  const letters = Array.from({ length: count }, () => BASE32_ALPHABET.charAt(randomInt(32)));
  return letters.join("");
}

/** Until it has the characters that break shells and parsers, so that no test passes by luck. */
function randomBase64(bytes: number, awkward: RegExp): string {
  for (;;) {
    const text = randomBytes(bytes).toString("base64");
    if (awkward.test(text)) return text;
  }
}
