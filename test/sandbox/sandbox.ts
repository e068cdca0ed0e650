import type { World } from "./directory.ts";
import type { Fault } from "./faults.ts";
import type { RecordedRequest } from "./request-log.ts";

export interface SandboxOptions {
  readonly world: World;
  /** Milliseconds since the epoch; the machine's clock unless a test has its own. */
  readonly clock?: () => number;
  /** A free one unless given. */
  readonly port?: number;
  /**
   * How far a signature's time may be off, in minutes: 5, as AWS's documentation has it, unless given.
   * STS itself is on record with 15 both ways (https://github.com/QT-DevOps/DevOpsIssues/issues/989,
   * https://github.com/devsecops/bootcamp/issues/101); what passes with 5 passes there too.
   */
  readonly clockSkewMinutes?: number;
}

/** A running STS stand-in. */
export interface Sandbox {
  /** `http://127.0.0.1:PORT`, for `endpoint_url`, `AWS_ENDPOINT_URL_STS` or an SDK's `endpoint`. */
  readonly url: string;
  /** What has arrived, oldest first; emptied by {@link Sandbox.reset}. */
  readonly requests: readonly RecordedRequest[];
  /** The code that a device shows now, or so many steps of 30 s from now. */
  code(serial: string, steps?: number): string;
  /** The sandbox's clock, in milliseconds. */
  now(): number;
  /** Moves the sandbox's clock; a client whose own clock stays behind by over 5 minutes is refused. */
  advance(ms: number): void;
  /** Ends every session handed out so far, with no clock moved: for clients that run on real time. */
  expireSessions(): void;
  /** Lets new sessions of a kind last so many seconds at most, be it less than AWS would give: for renewals while a test waits. */
  limitLife(kind: "session-token" | "assumed-role", seconds: number): void;
  /** Lets codes that have been used count as new: for tests that cannot wait for the next step. */
  forgetCodes(): void;
  /** Queues faults, one for each of the next requests. */
  fault(...faults: readonly Fault[]): void;
  /** Forgets sessions, used codes, faults, the log, every limit and every {@link Sandbox.advance}; the world stays as it is. */
  reset(): void;
  /** Cuts all connections and stops. */
  close(): Promise<void>;
}
