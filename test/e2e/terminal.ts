import { spawn, type IPty } from "@lydell/node-pty";

const longestWaitMs = 20_000;

/** node-pty closes a terminal 200 ms after its program has ended, read or not; on a busy machine that is too soon. */
const lingering = '"$@"; status=$?; sleep 0.2; exit "$status"';

/** A real terminal with a program on it. */
export class TestTerminal {
  readonly #pty: IPty;
  #screen = "";
  #exitCode: number | null = null;
  #listeners = new Set<() => void>();

  constructor(file: string, args: readonly string[], env: Readonly<Record<string, string>>) {
    this.#pty = spawn("/bin/sh", ["-c", lingering, "sh", file, ...args], {
      env,
      cols: 200,
      rows: 50,
      name: "xterm-256color",
    });
    this.#pty.onData((text) => {
      this.#screen += text;
      this.#changed();
    });
    this.#pty.onExit(({ exitCode, signal }) => {
      this.#exitCode = signal ? 128 + signal : exitCode;
      this.#changed();
    });
  }

  /** Everything that was ever shown. */
  get screen(): string {
    return this.#screen.replaceAll("\r\n", "\n");
  }

  /** What a person sees in the end, the lines that were drawn over and erased being gone. */
  get visible(): string {
    const lines = this.screen.split("\n").map((line) =>
      line
        // eslint-disable-next-line no-control-regex -- control sequences are what is undone
        .replaceAll(/\x1b\[(?:[0-9;]*m|\?[0-9]+[hl])/g, "")
        .split("\r")
        .reduce((shown, text) => {
          // eslint-disable-next-line no-control-regex -- as above
          const [drawn = "", ...erased] = text.split(/\x1b\[K/);
          const isErased = erased.length > 0;
          return drawn + (isErased ? erased.join("") : shown.slice(drawn.length));
        }),
    );
    return lines.join("\n");
  }

  type(keys: string): void {
    this.#pty.write(keys);
  }

  /** Waits until `text` has been shown so many times. */
  async shows(text: string, times = 1, ms = longestWaitMs): Promise<void> {
    const isShown = () => this.screen.split(text).length > times;
    await this.#until(isShown, `"${text}" (${times}×)`, ms);
  }

  /** Waits until the program has ended; its exit code, 128 + n after signal n. */
  async ends(): Promise<number> {
    await this.#until(() => this.#exitCode !== null, "the end", longestWaitMs);
    return this.#exitCode ?? -1;
  }

  kill(signal?: string): void {
    this.#pty.kill(signal);
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }

  async #until(reached: () => boolean, what: string, ms: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const settle = (outcome: () => void) => {
        clearTimeout(timer);
        this.#listeners.delete(listener);
        outcome();
      };
      const fail = () => {
        if (this.#exitCode === null) this.kill("SIGKILL");
        settle(() =>
          reject(new Error(`waited in vain for ${what}; the terminal shows:\n${this.screen}`)),
        );
      };
      const listener = () => {
        if (reached()) settle(resolve);
        else if (this.#exitCode !== null) fail();
      };
      const timer = setTimeout(fail, ms);
      this.#listeners.add(listener);
      listener();
    });
  }
}
