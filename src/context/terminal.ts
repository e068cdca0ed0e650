import type { Setting } from "../config/origin.ts";

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

export type Colour = "green" | "yellow" | "red" | "cyan" | "dim";

export interface Stdout {
  readonly isTerminal: boolean;
  /** A line as a terminal shows it, in a colour where standard output is a terminal that has colours. */
  paint(colour: Colour | null, line: string): string;
  /** One synchronous write of the whole text. Throws {@link KopsMfaError} when it cannot be delivered. */
  write(text: string): void;
}
