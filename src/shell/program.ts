/** What the operating system says about a process; null where it does not tell. */
export interface Program {
  /** The path of the executable file. */
  readonly exe: string | null;
  /** The name of the process, which may be a script's, or whatever the process calls itself. */
  readonly comm: string | null;
}

/**
 * The program behind a path, a process name or a title: `-bash`, `/usr/local/bin/zsh-5.9 (deleted)`,
 * `C:\Program Files\PowerShell\7\pwsh.exe`, `npm exec kops-mfa`, `ksh93`, `rbash`.
 */
export function plainName(text: string): string {
  const isPath = /^(\/|[A-Za-z]:)/.test(text);
  const path = isPath ? text.replace(/ \(deleted\)$/, "") : text.replace(/ .*$/s, "");
  return path
    .replace(/^.*[\\/]/s, "")
    .toLowerCase()
    .replace(/^-/, "")
    .replace(/\.exe$/, "")
    .replace(/-(preview|static)$/, "")
    .replace(/(-\d[\w.+]*|(?<![\d.])[\d.]+)$/, "")
    .replace(/^r(?=(ba|k|z)sh$)/, "");
}

/** The names to look at, the most telling first: a script has its own `comm`, but its shell's `exe`. */
export function plainNames({ exe, comm }: Program): readonly string[] {
  const names = [exe, comm].flatMap((text) => (text === null ? [] : [plainName(text)]));
  // One file for all of its commands: as a shell it may be called anything, a script's name included.
  return names[0] === "busybox" && names[1] !== "init" ? ["sh"] : names;
}
