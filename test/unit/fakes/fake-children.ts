import type {
  ChildCommand,
  ChildEnd,
  Children,
  FoundProgram,
  ProgramAnswer,
} from "../../../src/context/processes.ts";

/** A program on the PATH: how it ends when it is run, and what it answers when it is asked. */
export interface FakeProgram {
  readonly end?: ChildEnd;
  readonly answer?: ProgramAnswer;
  readonly found?: Exclude<FoundProgram, { how: "not-found" }>;
  /** What happens while it runs. */
  readonly meanwhile?: () => void | Promise<void>;
}

export type FakePrograms = Readonly<Record<string, FakeProgram>>;

const succeeded: ChildEnd = { how: "exited", exitCode: 0 };

/** Other programs, of which none is started. */
export class FakeChildren {
  /** Those that were run, in their order. */
  readonly started: ChildCommand[] = [];
  readonly #programs: FakePrograms;

  constructor(programs: FakePrograms) {
    this.#programs = programs;
  }

  /** `kops get clusters`, then the access key in its environment. */
  get ran(): readonly string[] {
    return this.started.map(({ name, args, env }) => {
      const key = env["AWS_ACCESS_KEY_ID"];
      const session = env["AWS_CONTAINER_CREDENTIALS_FULL_URI"] ?? key ?? "no session";
      return `${[name, ...args].join(" ")} (${session})`;
    });
  }

  readonly context: Children = {
    find: (name) => {
      const program = this.#programs[name];
      if (program === undefined) return { how: "not-found" };
      return program.found ?? { how: "found", path: `/usr/bin/${name}` };
    },
    run: async (command) => {
      this.started.push(command);
      const { end = succeeded, meanwhile } = this.#programs[command.name] ?? {};
      await meanwhile?.();
      return end;
    },
    ask: ({ name }) => {
      const { answer } = this.#programs[name] ?? {};
      return Promise.resolve(answer ?? { how: "exited", exitCode: 0, output: "", errors: "" });
    },
    // It comes back, as on a platform without exec(2); then the program is run.
    replace: () => undefined,
    endBySignal: () => undefined,
  };
}
