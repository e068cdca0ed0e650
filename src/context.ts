import type { CredentialAnswer, CredentialServer } from "./context/credential-server.ts";
import type { Files, Vault } from "./context/files.ts";
import type { Children, Processes } from "./context/processes.ts";
import type { Ec2, Ec2Target, S3, S3Target } from "./context/s3-ec2.ts";
import type { SourceCredentials, Sts, StsCalling, StsTarget } from "./context/sts.ts";
import type { Stdout, Terminal } from "./context/terminal.ts";
import type { Environment } from "./environment/environment.ts";
import type { ProviderSource } from "./config/source.ts";

/** The effects of the program, as types: whoever gets a {@link Context} can be run against real ones or fakes. */
export interface Context {
  readonly env: Environment;
  /** `process.platform`: `linux`, `darwin`, `win32`, … */
  readonly platform: string;
  /** `process.versions.node`: `20.20.2` */
  readonly nodeVersion: string;
  /** The person's home directory; null where there is none. */
  readonly home: string | null;
  readonly files: Files;
  /**
   * The system's keyring as a vault, opened when called; its locks are those of `locks`, and lock nothing where that is null.
   * Throws {@link KopsMfaError} when the keyring cannot be used.
   */
  readonly keyring: (locks: Vault | null) => Vault;
  /** SHA-1 in hexadecimal, by which the AWS CLI names files; loads crypto when called. */
  readonly sha1: (text: string) => string;
  readonly terminal: Terminal;
  readonly stdout: Stdout;
  /** The files that come with the program. */
  readonly assets: { read(path: string): string };
  readonly clock: Clock;
  readonly processes: Processes;
  readonly children: Children;
  /** Credentials from one of AWS's own providers, loaded when first called; STS is where `target` says. Throws {@link CredentialsError}. */
  readonly credentials: (source: ProviderSource, target: StsTarget) => Promise<SourceCredentials>;
  /** STS behind one endpoint; nothing is loaded or connected before the first call or {@link Sts.prepare}. */
  readonly sts: (target: StsTarget, calling: StsCalling) => Sts;
  /** An endpoint on this machine that gives out what `answer` says, to whoever has its token. Throws {@link KopsMfaError}. */
  readonly credentialServer: (answer: () => Promise<CredentialAnswer>) => Promise<CredentialServer>;
  /** S3 behind one endpoint; nothing is loaded or connected before the first call. */
  readonly s3: (target: S3Target) => S3;
  /** EC2 behind one endpoint, in the same way. */
  readonly ec2: (target: Ec2Target) => Ec2;
}

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Throws the signal's reason when it is aborted before. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
