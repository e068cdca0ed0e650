/** What a key press led to. */
export type Outcome = "typing" | "entered" | "interrupted" | "closed";

/** A line typed on a terminal in raw mode, with the few editing keys that people use without seeing. */
export class HiddenLine {
  #text = "";

  get text(): string {
    return this.#text;
  }

  /** Takes what the terminal sent, which may be several keys at once. */
  type(keys: string): Outcome {
    for (const key of keys.replaceAll(escapeSequence, "")) {
      if (key === "\r" || key === "\n") return "entered";
      if (key === "\x03") return "interrupted";
      if (key === "\x04" && this.#text === "") return "closed";
      if (key === "\x7f" || key === "\b") this.#text = this.#text.slice(0, -1);
      else if (key === "\x15") this.#text = "";
      else if (key >= " " && this.#text.length < longest) this.#text += key;
    }
    return "typing";
  }
}

/** Nobody types a longer code, or the ARN of a role that is longer. */
const longest = 1024;

/** Arrow keys and the brackets around a paste (CSI and SS3 sequences of ECMA-48). */
// eslint-disable-next-line no-control-regex -- they begin with a control character
const escapeSequence = /\x1b(?:\[[0-9;?]*[ -/]*[@-~]|O[A-Z])/g;
