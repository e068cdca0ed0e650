import type { CodeCommandEnd, Stdout, Terminal } from "../../../src/context/terminal.ts";
import { printable } from "../../../src/platform/terminal/printable.ts";
import type { FakeClock } from "./fake-clock.ts";

/** What has happened on the standard streams and the terminal, without colours. */
export class FakeStreams {
  stdout = "";
  stderr = "";
  /** The questions that were asked on the terminal. */
  readonly asked: string[] = [];
  /** Commands that were to print a code. */
  readonly codeCommands: string[] = [];

  /** An answer that is an error is thrown: an InterruptedError is Ctrl-C. */
  readonly #answers: (string | Error)[];
  readonly #clock: FakeClock;

  constructor(clock: FakeClock, answers: readonly (string | Error)[]) {
    this.#clock = clock;
    this.#answers = [...answers];
  }

  /** How a code command ends, unless a test says otherwise: it prints a code. */
  codeCommandEnd: CodeCommandEnd = { how: "exited", exitCode: 0, output: "123456\n" };

  /** A plain object, which the program may spread. */
  terminal(): Terminal {
    return {
      note: (text) => this.#say(`kops-mfa: ${printable(text)}`),
      error: (message, hint) => {
        this.#say(`kops-mfa: ${printable(message)}`);
        if (hint !== null) this.#say(`          ${printable(hint)}`);
      },
      print: (text) => this.#say(text.trimEnd()),
      waitFor: (_, work) => work,
      askHidden: (question) => this.#ask(question),
      askLine: (question) => this.#ask(question),
      isInFront: () => true,
      countDown: (until, text) => {
        this.#say(`kops-mfa: ${text(Math.ceil((until - this.#clock.context.now()) / 1000))}`);
        this.#clock.set(until);
        return Promise.resolve();
      },
      runCodeCommand: ({ value }) => {
        this.codeCommands.push(value);
        return Promise.resolve(this.codeCommandEnd);
      },
    };
  }

  standardOutput(isTerminal: boolean): Stdout {
    return {
      isTerminal,
      paint: (_, line) => printable(line),
      write: (text) => {
        this.stdout += text;
      },
    };
  }

  #say(line: string): void {
    this.stderr += `${line}\n`;
  }

  /** Null when the answers are used up, as without a terminal. */
  #ask(question: string): Promise<string | null> {
    const answer = this.#answers.shift();
    if (answer === undefined) return Promise.resolve(null);
    this.asked.push(question);
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  }
}
