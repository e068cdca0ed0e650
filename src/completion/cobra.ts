/** What kops, which is built with cobra, offers for a word. */
export interface KopsOffer {
  /** Whole words, which begin with what is typed. */
  readonly candidates: readonly (readonly [word: string, description: string])[];
  /** Whether more may be typed to a word right away. */
  readonly isOpen: boolean;
  /** Whether paths are meant instead. */
  readonly paths: "files" | "directories" | null;
  /** The endings of the files that are meant, with their dots and nothing that is special to a shell; none for all. */
  readonly endings: readonly string[];
}

/** The bits of github.com/spf13/cobra, completions.go (ShellCompDirective). KeepOrder (32) is what we do anyway. */
const Directive = { Error: 1, NoSpace: 2, NoFiles: 4, FilterFiles: 8, FilterDirectories: 16 };

/** Reads what `kops __complete` prints: `word<TAB>description` lines, and `:DIRECTIVE` as the last. Null where that is none, or an error. */
export function readCobra(output: string, typed: string): KopsOffer | null {
  const [end = "", ...reversed] = output.trimEnd().split("\n").reverse();
  const directive = /^:(\d+)$/.test(end) ? Number(end.slice(1)) : Directive.Error;
  if (directive & Directive.Error) return null;
  const lines = reversed.reverse().filter((line) => !/^(_activeHelp_ |\s*$)/.test(line));
  const isOpen = (directive & Directive.NoSpace) !== 0;
  if (directive & Directive.FilterDirectories) return paths("directories", []);
  if (directive & Directive.FilterFiles) return paths("files", lines);
  const candidates = lines
    .map((line) => candidate(line, typed))
    .filter(([word]) => word.startsWith(typed));
  if (candidates.length === 0 && !(directive & Directive.NoFiles)) return paths("files", []);
  return { candidates, isOpen, paths: null, endings: [] };
}

/** For `--flag=val` cobra names values alone, and a shell replaces the word. */
function candidate(line: string, typed: string): readonly [string, string] {
  const [word = "", description = ""] = line.split("\t");
  const [flag = ""] = /^--?[^=]+=/.exec(typed) ?? [];
  return [word.startsWith(flag) ? word : flag + word, description.trim()];
}

function paths(kind: "files" | "directories", endings: readonly string[]): KopsOffer {
  const plain = endings.filter((text) => /^[\w.+-]+$/.test(text));
  return { candidates: [], isOpen: false, paths: kind, endings: plain.map(withDot) };
}

const withDot = (ending: string): string => ending.replace(/^\.?/, ".");

/**
 * The offer as the completions of the shells (completions/) read it: a line with a colon and `nospace`, or `files` with the
 * endings, or `directories`; then a word a line, with its description after a tab.
 */
export function renderOffer({ candidates, isOpen, paths: kind, endings }: KopsOffer): string {
  const how = kind === null ? (isOpen ? "nospace" : "") : [kind, ...endings].join(" ");
  const lines = candidates.map(([word, description]) =>
    description === "" ? word : `${word}\t${description}`,
  );
  return [`:${how}`, ...lines].map((line) => `${line}\n`).join("");
}
