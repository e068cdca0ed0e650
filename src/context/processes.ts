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
