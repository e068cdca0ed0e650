/** A part of a text: plain, bold for what is typed as it stands, or italic for what stands for something else. */
export interface Span {
  readonly font: "R" | "B" | "I";
  readonly text: string;
}

const escapes: Readonly<Record<string, string>> = {
  "\\": "\\e",
  "-": "\\-",
  "'": "\\(aq",
  "`": "\\(ga",
  "^": "\\(ha",
  "~": "\\(ti",
  "…": "...",
  "→": "\\->",
};

/** Text as roff shows it, to the character, so that what is copied from the manual runs: groff_char(7). */
export function escapeText(text: string): string {
  return text.replace(/[\\\-'`^~…→]/g, (character) => escapes[character] ?? character);
}

/** One line of text, of which none is taken for a request. */
export function line(...spans: readonly (Span | string)[]): string {
  const text = spans
    .map((span) => (typeof span === "string" ? { font: "R" as const, text: span } : span))
    .map(({ font, text: own }) =>
      font === "R" ? escapeText(own) : `\\f${font}${escapeText(own)}\\fR`,
    )
    .join("");
  return /^[.']/.test(text) ? `\\&${text}` : text;
}

export const bold = (text: string): Span => ({ font: "B", text });

/** What is typed, with what stands for something else in italics: `--profile, -p PROFILE`. */
export function typed(text: string): readonly Span[] {
  return text
    .split(/(\b[A-Z][A-Z-]{2,}\b)/)
    .filter((part) => part !== "")
    .map((part) => ({ font: /^[A-Z][A-Z-]{2,}$/.test(part) ? "I" : "B", text: part }));
}

export function section(title: string): string {
  return `.SH ${escapeText(title)}`;
}

export function subsection(title: string): string {
  return `.SS ${escapeText(title)}`;
}

/** A term, and what it means. */
export function entry(term: readonly (Span | string)[], ...words: readonly string[]): string {
  return [".TP", line(...term), ...words].join("\n");
}

/** Lines as they are. */
export function verbatim(lines: readonly string[]): string {
  return [".PP", ".nf", ".RS 4", ...lines.map((one) => line(one)), ".RE", ".fi"].join("\n");
}
