/** What the process ends with. `exec` and kops commands end with their child's own code instead. */
export const ExitCode = {
  Ok: 0,
  Failure: 1,
  Usage: 2,
  /** As shells say it: POSIX, Shell Command Language, 2.8.2. */
  NotExecutable: 126,
  NotFound: 127,
  Interrupted: 130,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** What is wrong, and what to do. */
export interface Problem {
  /** One line: what is wrong, and where. */
  readonly message: string;
  /** One line: what the person can do about it. Null, and not merely left out, where nothing can be done. */
  readonly hint: string | null;
}

export interface ErrorDetails extends Pick<Problem, "hint"> {
  readonly cause?: unknown;
}

/**
 * A failure that the person can understand and cure: the message says in one line what is wrong and
 * where, the hint in one line what to do. Anything else that is thrown is a bug of this program.
 */
export class KopsMfaError extends Error {
  override readonly name: string = "KopsMfaError";
  readonly exitCode: ExitCode = ExitCode.Failure;
  readonly hint: string | null;

  constructor(message: string, { hint, cause }: ErrorDetails) {
    super(message, cause === undefined ? undefined : { cause });
    this.hint = hint;
  }
}

/** What `run` gives; null where a {@link KopsMfaError} says that there is nothing. */
export function orNull<T>(
  run: () => T,
  failed: (message: string) => void = () => undefined,
): T | null {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof KopsMfaError)) throw error;
    failed(error.message);
    return null;
  }
}

/** A configuration file, profile or value in one that cannot be used. */
export class ConfigError extends KopsMfaError {
  override readonly name = "ConfigError";
}

/** Credentials to start from are missing, incomplete or of the wrong kind. */
export class CredentialsError extends KopsMfaError {
  override readonly name = "CredentialsError";
}

/** STS refused, failed or could not be reached. */
export class StsError extends KopsMfaError {
  override readonly name = "StsError";
}

/** The command line itself is wrong. */
export class UsageError extends KopsMfaError {
  override readonly name = "UsageError";
  override readonly exitCode = ExitCode.Usage;
}

/** The program that was to run was not found, or could not be started. */
export class StartError extends KopsMfaError {
  override readonly name = "StartError";
  override readonly exitCode: ExitCode;

  constructor(
    exitCode: typeof ExitCode.NotExecutable | typeof ExitCode.NotFound,
    message: string,
    details: ErrorDetails,
  ) {
    super(message, details);
    this.exitCode = exitCode;
  }
}

/** The person pressed Ctrl-C at a prompt. */
export class InterruptedError extends KopsMfaError {
  override readonly name = "InterruptedError";
  override readonly exitCode = ExitCode.Interrupted;

  constructor() {
    super("interrupted", { hint: null });
  }
}
