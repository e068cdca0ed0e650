import type { Quotes } from "./kubeconfig.ts";

/** A word in YAML, quoted as its neighbours are; a plain one only where every reader of YAML takes it for this text. */
export function quote(word: string, quotes: Quotes): string {
  if (quotes === "plain" && isPlain(word)) return word;
  if (quotes === "single" && !/[^\x20-\x7e]/.test(word)) return `'${word.replaceAll("'", "''")}'`;
  return JSON.stringify(word);
}

/** Kept to what is a text in YAML 1.1 too, which kubectl reads: no number, no `yes`, no comma of a `[list]`. */
function isPlain(word: string): boolean {
  return (
    /^(?:--|--[a-z-]+|[A-Za-z/][\w./@+=:-]*\w)$/.test(word) &&
    !/^(?:yes|no|on|off|true|false|null)$/i.test(word)
  );
}
