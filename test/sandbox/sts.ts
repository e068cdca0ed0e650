import type { SandboxClock } from "./clock.ts";
import type { World } from "./directory.ts";
import type { OneTimeCodes } from "./one-time-codes.ts";
import type { Credential, Sessions } from "./sessions.ts";
import type { XmlContent } from "./xml.ts";

/** Everything that one sandbox knows and remembers. */
export interface Sts {
  readonly world: World;
  readonly clock: SandboxClock;
  readonly sessions: Sessions;
  readonly oneTimeCodes: OneTimeCodes;
  /** How far a signature's time may be off. */
  readonly clockSkewMinutes: number;
}

/** The form fields of a request. */
export type Params = Readonly<Record<string, string>>;

/** One authenticated call of an action. */
export interface Call {
  readonly params: Params;
  readonly caller: Credential;
  /** The region that the request was signed for. */
  readonly region: string;
  readonly sts: Sts;
}

/** An action answers with the content of its result element, or throws an `AwsError`. */
export type Action = (call: Call) => XmlContent;
