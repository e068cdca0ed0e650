/**
 * What the runner of GitHub Actions does with a file for `$GITHUB_ENV` and with a line of a log, after `SetEnvFileCommand`
 * (FileCommandManager.cs) and `ActionCommand.TryParseV2` of https://github.com/actions/runner.
 */
export function readEnvFile(text: string, platform: string): ReadonlyMap<string, string> {
  const lines = new Lines(text, platform === "win32");
  const variables = new Map<string, string>();
  for (let line = lines.next(); line !== null; line = lines.next()) {
    if (line === "") continue;
    const [, name = "", sign, rest = ""] = /^(.*?)(=|<<)(.*)$/s.exec(line) ?? [];
    if (sign === undefined || (sign === "<<" && (name === "" || rest === ""))) {
      throw new Error(`Invalid format '${line}'`);
    }
    variables.set(name, sign === "=" ? rest : lines.until(rest));
  }
  return variables;
}

/** A text that is read line by line; on Windows a line may also end with CR and LF. */
class Lines {
  readonly #text: string;
  readonly #isWindows: boolean;
  #index = 0;
  #endOfLine = 0;

  constructor(text: string, isWindows: boolean) {
    this.#text = text;
    this.#isWindows = isWindows;
  }

  next(): string | null {
    if (this.#index >= this.#text.length) return null;
    const start = this.#index;
    const lineFeed = this.#text.indexOf("\n", start);
    if (lineFeed === -1) throw new Error("the last line has no end");
    const hasReturn = this.#isWindows && this.#text[lineFeed - 1] === "\r" && lineFeed > start;
    this.#endOfLine = lineFeed - (hasReturn ? 1 : 0);
    this.#index = lineFeed + 1;
    return this.#text.slice(start, this.#endOfLine);
  }

  /** The text before the line that is the delimiter, without the last line end. */
  until(delimiter: string): string {
    const start = this.#index;
    let end = start;
    for (let line = this.next(); line !== delimiter; line = this.next()) {
      if (line === null) throw new Error(`Matching delimiter not found '${delimiter}'`);
      end = this.#endOfLine;
    }
    return this.#text.slice(start, end);
  }
}

/** The value that a line masks; null for a line that is no such command. */
export function readMask(line: string): string | null {
  const [, data] = /^\s*::add-mask::(.*)$/s.exec(line) ?? [];
  if (data === undefined) return null;
  return data.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");
}
