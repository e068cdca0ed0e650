import type { Setting } from "./config/origin.ts";
import type { SessionTags } from "./config/session-tags.ts";
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

/** Environment variables, by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Throws the signal's reason when it is aborted before. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface Files {
  /** The text of a file, null when it does not exist. Throws {@link ConfigError} when it cannot be read. */
  read(path: string): string | null;
  /** The same, with the ownership of the file that was read, which is told by its descriptor: no other can have taken its place. */
  open(path: string): OpenedFile | null;
  /** What is known about a file or directory without opening it; null when there is none, or it cannot be seen. */
  look(path: string): FileFacts | null;
  /** Who holds the lock in that file; null when nobody does. */
  lockHolder(path: string): LockHolder | null;
  /**
   * Writes a file that only its owner can read, whole or not at all, in place of a regular file or of none; where the path is a link,
   * the link stays. Throws {@link KopsMfaError}.
   */
  writePrivate(path: string, text: string): void;
  /**
   * Changes a file of Kubernetes' clients from `before` to `after`, under the lock that they take, whole or not at all; mode, owner
   * and, where the path is a link, the link stay. Throws {@link KopsMfaError}, also where the file is not `before` any more.
   */
  replaceLocked(path: string, before: string, after: string): Promise<void>;
  /** Throws {@link KopsMfaError} where {@link Files.change} could not write this file. */
  refuseUnchangeable(path: string): void;
  /**
   * Changes a file of this person's from `before`, null for none, to `after`, whole or not at all; mode, owner and, where the path is a
   * link, the link stay. What was there is kept beside it, in a file of a name that is given back; null where there was none.
   * Throws {@link KopsMfaError}, also where the file is not `before` any more.
   */
  change(path: string, before: string | null, after: string): string | null;
  /** A directory of this person's own for secrets (0700; its files 0600). */
  vault(directory: string): Vault;
  /** The same in the directory of another program, in which nothing is touched but the names that are given. */
  foreignVault(directory: string): Vault;
}

export interface OpenedFile {
  readonly text: string;
  readonly ownership: FileOwnership;
}

/** What decides who can have written a file. */
export interface FileOwnership {
  /** The permission bits, `0o600`; null where the platform has none. */
  readonly mode: number | null;
  /** Whether it belongs to neither this person nor root. */
  readonly isForeign: boolean;
}

export interface FileFacts extends FileOwnership {
  readonly kind: "file" | "directory" | "other";
  /** Whether this person may write it. */
  readonly isWritable: boolean;
}

export interface LockHolder {
  readonly pid: number;
  readonly host: string;
  /** Whether its process is gone, so that the lock is anybody's to take over. */
  readonly isDead: boolean;
}

/** Small secret files by name. No method throws: what cannot be read is a miss, what cannot be written is a {@link VaultProblem}. */
export interface Vault {
  read(name: string): { readonly text: string | null; readonly problem: VaultProblem | null };
  /** Writes beside and renames, so that a reader sees the old text or the new one. */
  write(name: string, text: string): VaultProblem | null;
  remove(name: string): VaultProblem | null;
  names(): readonly string[];
  /**
   * Takes the lock of that name, until it is released or this process ends, however it ends. `null` when somebody else has it.
   * Where no lock can be had, the lock that is given locks nothing.
   */
  tryLock(name: string): Lock | null;
}

export interface Lock {
  release(): void;
}

/** One line about a file or directory that could not be used, such as `~/.cache/kops-mfa: read-only file system`. */
export type VaultProblem = string;

export interface Terminal {
  /** A line on standard error, after the program's name. */
  note(text: string): void;
  /** An error on standard error: the line that says what is wrong, and the one that says what to do. */
  error(message: string, hint: string | null): void;
  /** Lines on standard error as they are (help, traces). */
  print(text: string): void;
  /**
   * The outcome of `work`. Once that takes over a second, standard error shows what is waited for, where it is a terminal and no log of CI:
   * until it is over, or something else is to be said or asked there. `whose` is "program" for one that has the terminal meanwhile.
   */
  readonly waitFor: <T>(what: string, work: Promise<T>, whose?: "program") => Promise<T>;
  /**
   * Asks on the terminal device, whatever standard input and output are; what is typed is not shown.
   * Null when there is no terminal. Throws {@link InterruptedError} on Ctrl-C, and the signal's reason when it is aborted before the answer.
   */
  askHidden(question: string, signal?: AbortSignal): Promise<string | null>;
  /** Whether a question to the terminal would be answered: whoever is not in front of it is stopped when it reads. True where there is none. */
  isInFront(): boolean;
  /** As {@link Terminal.askHidden}, but what is typed is shown, and the question may have several lines. */
  askLine(question: string, signal?: AbortSignal): Promise<string | null>;
  /** Waits until `until` (milliseconds since the epoch), counting down where a line can be drawn over: `text` gets the seconds left. Throws the signal's reason. */
  countDown(until: number, text: (seconds: number) => string, signal?: AbortSignal): Promise<void>;
  /**
   * Runs a command that is to print a code, in the platform's shell: its standard input and error are the terminal.
   * Throws {@link CredentialsError} for a placeholder that cannot be filled in, {@link InterruptedError} on Ctrl-C, and the signal's
   * reason, after which nothing of the command is left.
   */
  runCodeCommand(
    command: Setting,
    values: CodeCommandValues,
    signal?: AbortSignal,
  ): Promise<CodeCommandEnd>;
}

/** What `{serial}` and `{profile}` in a command stand for. */
export interface CodeCommandValues {
  readonly serial: string;
  /** Null where the session is of no profile. */
  readonly profile: string | null;
}

/** How a command that was to print a code ended. */
export type CodeCommandEnd =
  | { readonly how: "exited"; readonly exitCode: number; readonly output: string }
  | { readonly how: "killed"; readonly signal: string }
  | { readonly how: "timed-out"; readonly seconds: number }
  | { readonly how: "not-started"; readonly why: string };

/** What an endpoint for credentials says: the session, or why there is none now, which SDKs show to the person. */
export type CredentialAnswer = StsSession | { readonly refusal: string };

/** An endpoint for credentials, as containers have one. */
export interface CredentialServer {
  /** For AWS_CONTAINER_CREDENTIALS_FULL_URI. */
  readonly uri: string;
  /** For AWS_CONTAINER_AUTHORIZATION_TOKEN. */
  readonly authorizationToken: string;
  /** Cuts all connections, and frees the port. */
  close(): Promise<void>;
}

export type Colour = "green" | "yellow" | "red" | "cyan" | "dim";

export interface Stdout {
  readonly isTerminal: boolean;
  /** A line as a terminal shows it, in a colour where standard output is a terminal that has colours. */
  paint(colour: Colour | null, line: string): string;
  /** One synchronous write of the whole text. Throws {@link KopsMfaError} when it cannot be delivered. */
  write(text: string): void;
}

export interface Processes {
  readonly parentPid: number;
  /** One running process; null when it is gone or cannot be seen. */
  readonly ancestor: (
    pid: number,
  ) => { readonly ppid: number; readonly exe: string | null; readonly comm: string | null } | null;
}

/** Other programs, run on this process's terminal. */
export interface Children {
  find(name: string): FoundProgram;
  /** Runs the program to its end, with this process's standard streams, and passes on the signals that are meant for it. */
  run(command: ChildCommand): Promise<ChildEnd>;
  /** Runs the program to its end, for seconds at most, without a terminal or input, and gives back what it printed. */
  ask(command: ChildCommand, seconds: number): Promise<ProgramAnswer>;
  /** Becomes the program; comes back where that cannot be done here. */
  replace(command: ChildCommand): void;
  /** Ends this process by the signal that ended a child; comes back where that would do harm. */
  endBySignal(signal: string): void;
}

/** What a program printed, and how it ended. */
export type ProgramAnswer =
  | {
      readonly how: "exited";
      readonly exitCode: number;
      readonly output: string;
      /** What it printed on standard error. */
      readonly errors: string;
    }
  | { readonly how: "timed-out" }
  | { readonly how: "not-started"; readonly why: string };

export type FoundProgram =
  | { readonly how: "found"; readonly path: string }
  | { readonly how: "not-executable"; readonly path: string }
  | { readonly how: "not-found" };

export interface ChildCommand {
  readonly path: string;
  /** What the program sees as its own name. */
  readonly name: string;
  readonly args: readonly string[];
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
}

/** How a child ended; `exitCode` is what a shell would show. */
export type ChildEnd =
  | { readonly how: "exited"; readonly exitCode: number }
  | { readonly how: "killed"; readonly signal: string; readonly exitCode: number }
  | { readonly how: "not-started"; readonly why: string };

/** Around the calls to STS. */
export interface StsCalling {
  /** Shows an answer that takes long. */
  readonly terminal: Pick<Terminal, "waitFor">;
  /** Ends the calls. */
  readonly signal?: AbortSignal | undefined;
}

/** Why nothing is sent to an endpoint: in one line, and what to do. */
export interface EndpointRefusal {
  readonly message: string;
  readonly hint: string;
}

/** The services whose configured endpoint nothing is sent to. */
export type Refusals = Readonly<Partial<Record<"sts" | "iam" | "s3" | "ec2", EndpointRefusal>>>;

/** Where STS is, and IAM beside it. */
export interface StsTarget {
  readonly region: string;
  /** Replaces the endpoint that follows from the region; null for AWS's own. */
  readonly endpoint: string | null;
  /** The same for IAM. */
  readonly iamEndpoint: string | null;
  /** Absent where no endpoint is refused. */
  readonly refused?: Refusals;
  readonly useFips: boolean;
  readonly useDualstack: boolean;
  /** Path of a PEM file with the certificate authorities to trust instead of Node's. */
  readonly caBundle: string | null;
  /** Longest wait for one answer. */
  readonly timeoutMs: number;
}

/** Keys to sign with. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Null for long-lived keys. */
  readonly sessionToken: string | null;
}

/** What a provider of credentials gives. */
export interface SourceCredentials extends AwsCredentials {
  /** Milliseconds since the epoch; null where the provider does not tell, or the keys are long-lived. */
  readonly expiresAt: number | null;
}

/** What STS hands out. */
export interface StsSession {
  readonly credentials: AwsCredentials & { readonly sessionToken: string };
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  /** ARN of the assumed-role session; null for GetSessionToken, whose answer does not tell. */
  readonly arn: string | null;
}

export interface MfaParams {
  readonly serialNumber: string;
  /** Six digits. */
  readonly tokenCode: string;
}

export interface AssumeRoleParams {
  readonly roleArn: string;
  readonly roleSessionName: string;
  readonly durationSeconds: number;
  readonly externalId: string | null;
  readonly tags: SessionTags;
  readonly mfa: MfaParams | null;
}

/** The three calls; each throws an `StsFailure` (session/sts-failure.ts) for whatever goes wrong. */
export interface Sts {
  /** Loads what a call of this caller needs, and connects, in the background; call it while a person types. */
  prepare(caller: AwsCredentials): void;
  assumeRole(caller: AwsCredentials, params: AssumeRoleParams): Promise<StsSession>;
  getSessionToken(
    caller: AwsCredentials,
    params: { readonly durationSeconds: number; readonly mfa: MfaParams | null },
  ): Promise<StsSession>;
  /** The serial numbers of the caller's MFA devices (IAM's ListMFADevices); null where the caller may not ask, or IAM does not answer. */
  listMfaDevices(caller: AwsCredentials): Promise<readonly string[] | null>;
  /** The ARN that the keys belong to. */
  getCallerIdentity(caller: AwsCredentials): Promise<CallerIdentity>;
}

export interface CallerIdentity {
  readonly arn: string;
  /** STS's clock minus ours, in milliseconds, where its answer tells. */
  readonly clockOffsetMs: number | null;
}

/** Where S3 is. */
export interface S3Target {
  readonly region: string;
  /** Replaces the endpoint that follows from the region; null for AWS's own. */
  readonly endpoint: string | null;
  /** Absent where the endpoint is not refused. */
  readonly refused?: Refusals;
  /** Whether the bucket's name goes into the path with that endpoint; else into the host's name, as the SDKs do. */
  readonly pathStyle: boolean;
  readonly useFips: boolean;
  readonly useDualstack: boolean;
  /** Path of a PEM file with the certificate authorities to trust instead of Node's. */
  readonly caBundle: string | null;
  /** Longest wait for one answer. */
  readonly timeoutMs: number;
}

/** A bucket, or what is under one prefix in it. */
export interface BucketPlace {
  readonly bucket: string;
  /** Empty for the whole bucket; else without a slash at the end. */
  readonly prefix: string;
}

export interface S3 {
  /** Lists one object of the place (ListObjectsV2), in whichever region the bucket is. */
  list(caller: AwsCredentials, place: BucketPlace): Promise<S3Answer>;
}

export type S3Answer =
  | { readonly kind: "listed" }
  /** S3 answered with an error of its own (`AccessDenied`, `NoSuchBucket`), in its own words. */
  | { readonly kind: "refused"; readonly code: string; readonly text: string }
  /** No connection, no answer in time, or one that S3 does not give. */
  | { readonly kind: "unreachable"; readonly host: string };

/** Where EC2 is. */
export type Ec2Target = Omit<S3Target, "pathStyle">;

export interface Ec2 {
  /** The regions that the account may use (DescribeRegions). */
  describeRegions(caller: AwsCredentials): Promise<Ec2Answer>;
}

export type Ec2Answer =
  | { readonly kind: "regions"; readonly regions: readonly string[] }
  /** EC2 answered with an error of its own (`UnauthorizedOperation`). */
  | { readonly kind: "refused"; readonly code: string }
  /** No connection, no answer in time, or one that EC2 does not give. */
  | { readonly kind: "unreachable"; readonly host: string };
