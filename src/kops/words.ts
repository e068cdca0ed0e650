/** The flags of kops that may stand before its command and take a value: `kops options`, and klog's own (cmd/kops/root.go). */
const valueFlags: ReadonlySet<string> = new Set([
  ...["--config", "--name", "--state", "-v", "--v", "--vmodule"],
  ...["--log_backtrace_at", "--log_dir", "--log_file", "--log_file_max_size"],
  ...["--stderrthreshold", "--alsologtostderrthreshold"],
]);

/** What kops's command line says, as far as it concerns a session. */
export interface KopsWords {
  /** The command and what it is about: `["rolling-update", "cluster", "one.example.com"]`. */
  readonly command: readonly string[];
  /** The flags that are given, with their last value; null for one without. */
  readonly flags: ReadonlyMap<string, string | null>;
}

/**
 * Reads the words for kops. Which flags of a command take a value is for kops to know: of one that is not among its general ones,
 * only `--flag=value` has a value here, but for those named in `withValue`.
 */
export function readKopsWords(
  words: readonly string[],
  withValue: readonly string[] = [],
): KopsWords {
  const command: string[] = [];
  const flags = new Map<string, string | null>();
  const end = words.indexOf("--");
  const left = words.slice(0, end === -1 ? undefined : end);
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    const { name, value } = readFlag(word);
    if (name === null) command.push(word);
    else if (value !== null) flags.set(name, value);
    else flags.set(name, takesValue(name, withValue) ? (left.shift() ?? null) : null);
  }
  return { command, flags };
}

function readFlag(word: string): { readonly name: string | null; readonly value: string | null } {
  if (!word.startsWith("-") || word === "-") return { name: null, value: null };
  const [, name = word, value = null] = /^(-[^=]*)=(.*)$/s.exec(word) ?? [];
  return { name, value };
}

function takesValue(name: string, withValue: readonly string[]): boolean {
  return valueFlags.has(name) || withValue.includes(name);
}

/** Whether a word before kops's command is one of its flags. */
export function isGeneralFlag(word: string): boolean {
  const [name = word] = word.split("=");
  return valueFlags.has(name) || name === "-h" || name === "--help" || /^-v\d+$/.test(name);
}

/** Whether a flag without a value, or with a boolean one, is on. */
export function isOn({ flags }: KopsWords, ...names: readonly string[]): boolean {
  return names.some((name) => {
    const value = flags.get(name);
    return value === null || (value !== undefined && /^(1|t|true)$/i.test(value));
  });
}

/** How kops stands to a session: it needs one, it asks nobody for one, or it needs none. */
export type SessionNeed = "needed" | "if-kept" | "none";

const withoutSession = ["completion", "gen-cli-docs", "help", "version"];

/** What the command is to kops: facts that hold without running it. */
export function sessionNeed(words: readonly string[]): SessionNeed {
  const read = readKopsWords(words);
  const [verb] = read.command;
  // Somebody has pressed Tab, and nobody expects a question.
  if (verb === "__complete" || verb === "__completeNoDesc") return "if-kept";
  if (verb === undefined || withoutSession.includes(verb) || isOn(read, "-h", "--help")) {
    return "none";
  }
  return "needed";
}
