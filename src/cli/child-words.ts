/** The words of an `exec` line: our own, and those of the other program, which come after `--`; null where there is no `--`. */
export function splitChild(words: readonly string[]) {
  const end = words.indexOf("--");
  return end === -1
    ? { words, child: null }
    : { words: words.slice(0, end), child: words.slice(end + 1) };
}
