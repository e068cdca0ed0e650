/**
 * One line that a terminal shows as it is: control and format characters of files and servers become
 * visible escapes, so that no text can move the cursor, colour the screen or turn the reading direction.
 */
export function printable(text: string): string {
  // The classes of Unicode are slow to load, and mostly not needed.
  if (/^[ -~]*$/.test(text)) return text.trimEnd();
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => {
      const known: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": " " };
      return known[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
    })
    .trimEnd();
}
