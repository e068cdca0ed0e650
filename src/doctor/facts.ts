import type { Problem } from "../errors.ts";
import type { CacheKind } from "../config/request-values.ts";
import type { Resolution } from "../config/resolve.ts";
import type { CallerIdentity } from "../context/sts.ts";
import type { Ec2Answer } from "../context/s3-ec2.ts";
import type { Environment } from "../environment/environment.ts";
import type { FileFacts, LockHolder } from "../context/files.ts";
import type { ProgramAnswer } from "../context/processes.ts";
import type { CarriedSession } from "../environment/carried.ts";
import type { StoreCheck } from "../kops/explain-end.ts";
import type { StateStore } from "../kops/state-store.ts";
import type { Plan } from "../session/plan.ts";
import type { StsFailureDetails } from "../session/sts-failure.ts";
import type { Detection } from "../shell/detect.ts";

/** All that is known before anything is judged: what was read, and what was answered. */
export interface Facts {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly programs: ProgramFacts;
  readonly files: FilesFacts;
  readonly profile: ProfileFacts;
  readonly shell: ShellFacts;
  readonly cache: CacheFacts;
  readonly aws: AwsFacts;
  readonly session: SessionFacts;
  readonly kops: KopsFacts;
}

/** Why something was not looked at, in a word or two: `offline`, or the name of a check that failed. */
export interface Unasked {
  readonly kind: "unasked";
  readonly why: string;
}

export interface ProgramFacts {
  /** Of kops-mfa itself. */
  readonly version: string;
  readonly nodeVersion: string;
  /** As package.json has it: `^20.17.0 || >=22.9.0`. */
  readonly nodeRange: string;
  readonly kops: KopsProgram;
}

export type KopsProgram =
  | { readonly how: "not-found" }
  | { readonly how: "not-executable"; readonly path: string }
  /** `answer` is that to `kops version`; null where it was not asked. */
  | { readonly how: "found"; readonly path: string; readonly answer: ProgramAnswer | null };

/** A file that was read. */
export interface FileReading {
  /** As messages name it: `~/.aws/config`. */
  readonly path: string;
  readonly isThere: boolean;
  readonly facts: FileFacts | null;
  /** Why it cannot be used. */
  readonly trouble: Problem | null;
  /** How many profiles, or sections of settings, it has. */
  readonly sections: number;
  readonly hasSecrets: boolean;
}

export interface FilesFacts {
  readonly config: FileReading;
  readonly credentials: FileReading;
  /** Null where there is no place for settings. */
  readonly settings: FileReading | null;
  /** What the AWS CLI or kops would understand otherwise. */
  readonly notes: readonly string[];
}

/** An endpoint to which requests can be read on the way; `isAllowed` where the user allows them. */
export type ExposedEndpoint = Problem & { readonly isAllowed: boolean };

/** What the configuration adds up to. */
export interface ProfileFacts {
  /** The profiles of the AWS files. */
  readonly names: readonly string[];
  /** The check of the file that cannot be used, so that nothing here is known. */
  readonly brokenFile: string | null;
  /** Why there is no resolution at all. */
  readonly trouble: Problem | null;
  /** What is left when a role or a serial of a wrong form is thought away. */
  readonly resolution: Resolution | null;
  readonly roleTrouble: Problem | null;
  readonly serialTrouble: Problem | null;
  readonly plan: Plan | null;
  readonly planTrouble: Problem | null;
  readonly exposed: readonly ExposedEndpoint[];
  /** The program that `mfa_process` begins with, and whether it was found; null where there is none, or that cannot be told. */
  readonly codeProgram: { readonly name: string; readonly isFound: boolean } | null;
}

export interface ShellFacts {
  /** The environment as it is, with a session of ours or not. */
  readonly env: Environment;
  readonly detection: Detection | null;
  /** Why the shell cannot be told. */
  readonly trouble: Problem | null;
  /** Whether the integration says that it is loaded. */
  readonly isIntegrated: boolean;
  readonly carried: CarriedSession | null;
  /** Exported universal variables of fish: `set -Ux`. */
  readonly universal: readonly string[];
}

export interface CacheFacts {
  readonly kind: CacheKind;
  /** As messages name it; null where there is no home directory. */
  readonly directory: string | null;
  readonly facts: FileFacts | null;
  /** Why the directory is not used. */
  readonly problem: string | null;
  /** Why the keyring is not used. */
  readonly trouble: Problem | null;
  /** Whether the keyring was left alone, since that runs a program. */
  readonly isUnasked: boolean;
  /** How many sessions can be read. */
  readonly sessions: number;
  /** One line for each that cannot. */
  readonly unreadable: readonly string[];
  readonly locks: readonly HeldLock[];
}

export interface HeldLock extends LockHolder {
  /** As messages name it. */
  readonly path: string;
}

/** What a call for the caller's identity gave. */
export type CallerAnswer =
  | ({ readonly kind: "known" } & CallerIdentity)
  | { readonly kind: "failed"; readonly failure: StsFailureDetails }
  | { readonly kind: "trouble"; readonly trouble: Problem }
  | Unasked;

/** What AWS says of the keys that everything starts with. */
export interface AwsFacts {
  /** Why there are no keys to ask with. */
  readonly keysTrouble: Problem | null;
  readonly caller: CallerAnswer;
  /** The serials that IAM lists for the caller; null where it does not tell, or was not asked. */
  readonly devices: readonly string[] | null;
}

/** The session that the profile is about. */
export type SessionFacts =
  | { readonly kind: "kept"; readonly expiresAt: number; readonly identity: CallerAnswer }
  | { readonly kind: "over"; readonly expiresAt: number }
  | { readonly kind: "none" }
  | { readonly kind: "refused"; readonly trouble: Problem }
  | Unasked;

/** What kops needs beyond a session. */
export interface KopsFacts {
  readonly store: StoreFacts;
  readonly regions: RegionsFacts;
}

export type StoreFacts =
  | { readonly kind: "none" }
  | { readonly kind: "elsewhere"; readonly store: StateStore }
  | { readonly kind: "trouble"; readonly trouble: Problem }
  | { readonly kind: "unasked"; readonly why: string; readonly store: StateStore }
  | {
      readonly kind: "asked";
      readonly check: StoreCheck;
      /** Whether the user's own session with MFA may read it, where a role's may not; null where there is none to ask with. */
      readonly userMayRead: boolean | null;
    };

export type RegionsFacts =
  | { readonly kind: "trouble"; readonly trouble: Problem }
  | {
      readonly kind: "asked";
      readonly region: string;
      /** The variable or line that sends kops elsewhere than to AWS's own EC2, and the host that it names. */
      readonly detour: string | null;
      readonly host: string | null;
      readonly answer: Ec2Answer;
    }
  | Unasked;
