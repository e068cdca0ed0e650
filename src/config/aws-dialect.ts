import type { RepeatedHeader } from "./ini.ts";

/** An AWS file as INI that the package `ini` has no choice but to read as it was meant. */
export interface PlainIni {
  /**
   * `[section]`, `key="line:value"`, and `parent.line.key="line:value"` for what is nested beneath the parent of that
   * line. The names are encoded ({@link decodeName}); the values are JSON, which `ini` takes verbatim, and the line
   * number in front keeps `true` and `null` text.
   */
  readonly plain: string;
  /** The line of the first header of each section. */
  readonly headers: ReadonlyMap<string, number>;
  readonly repeated: readonly RepeatedHeader[];
  readonly malformed: readonly number[];
}

/**
 * Rewrites AWS's dialect line by line.
 *
 * The dialect: docs.aws.amazon.com/sdkref/latest/guide/file-format.html; comments, indentation and quotes as settled in
 * aws/aws-sdk-go-v2 #2349, #2369 and #2461. Where the other SDKs differ, and why we side with Go or don't, is in
 * test/config/divergences.ts.
 */
export function rewriteAwsIni(text: string): PlainIni {
  const rewriter = new Rewriter();
  // PowerShell writes a byte order mark, which neither Go nor the AWS CLI reads past (aws/aws-cli#3419).
  const lines = text.replace(/^\uFEFF/, "").split("\n");
  for (const [index, line] of lines.entries()) rewriter.add(line, index + 1);
  return rewriter.end();
}

/** A property that indented lines may still belong to. */
interface OpenProperty {
  readonly key: string;
  readonly line: number;
  readonly value: string[];
}

class Rewriter {
  readonly #headers = new Map<string, number>();
  readonly #repeated: RepeatedHeader[] = [];
  readonly #malformed: number[] = [];
  readonly #plain: string[] = [];
  #open: OpenProperty | null = null;

  add(text: string, line: number): void {
    if (/^[ \t]*[#;]/.test(text) || text.trim() === "") return;
    const header = headerName(text);
    if (header !== null) this.#startSection(header, line);
    else if (/^[ \t]/.test(text)) this.#indented(text, line);
    else this.#atMargin(text, line);
  }

  end(): PlainIni {
    this.#close();
    return {
      plain: this.#plain.join("\n"),
      headers: this.#headers,
      repeated: this.#repeated,
      malformed: this.#malformed,
    };
  }

  #startSection(name: string, line: number): void {
    this.#close();
    const firstLine = this.#headers.get(name);
    if (firstLine === undefined) this.#headers.set(name, line);
    else this.#repeated.push({ name, line, firstLine });
    this.#plain.push(`[${encodeName(name)}]`);
  }

  #atMargin(text: string, line: number): void {
    // Go takes `[profile a:b` for a property, so that the keys beneath it go to the profile before.
    const property = text.startsWith("[") ? null : splitProperty(withoutComment(text));
    if (property) this.#reopen(property.key, line, unquote(property));
    else this.#malformed.push(line);
  }

  /** Beneath an empty value lines are nested, and keep what looks like a comment; elsewhere a property is a property. */
  #indented(text: string, line: number): void {
    const open = this.#open;
    const parent = open?.value[0] === "" ? open : null;
    const property = splitProperty(text);
    if (parent && property) {
      const path = [encodeName(parent.key), parent.line, encodeName(property.key)].join(".");
      this.#write(path, line, unquote(property));
    } else if (property) this.#reopen(property.key, line, withoutComment(unquote(property)).trim());
    else if (open && !parent) open.value.push(text.trim());
    else this.#malformed.push(line);
  }

  #reopen(key: string, line: number, value: string): void {
    this.#close();
    this.#open = { key, line, value: [value] };
  }

  #close(): void {
    if (this.#open === null) return;
    const { key, line, value } = this.#open;
    this.#open = null;
    this.#write(encodeName(key), line, value.join("\n"));
  }

  #write(path: string, line: number, value: string): void {
    // What stands above the first header belongs to no section.
    if (this.#headers.size === 0) return;
    const json = JSON.stringify(`${line}:${value}`);
    this.#plain.push(`${path}=${json.replace(/[\u2028\u2029]/g, (unit) => `\\u${hex(unit)}`)}`);
  }
}

/** The name that a header opens a section with; null for a line that is no header. */
export function headerName(text: string): string | null {
  if (!text.trimStart().startsWith("[")) return null;
  const comment = text.search(/[#;]/);
  const header = (comment === -1 ? text : text.slice(0, comment)).trim();
  const name = header.endsWith("]") ? header.slice(1, -1).trim() : "";
  return name === "" ? null : name.replace(/[ \t]+/, " ");
}

function withoutComment(text: string): string {
  const comment = text.search(/[ \t][#;]/);
  return comment === -1 ? text : text.slice(0, comment);
}

interface Property {
  readonly key: string;
  readonly value: string;
}

function splitProperty(text: string): Property | null {
  const separator = text.search(/[=:]/);
  const key = text.slice(0, Math.max(separator, 0)).trim().toLowerCase();
  return key === "" ? null : { key, value: text.slice(separator + 1).trim() };
}

/**
 * Takes the quotes around a value away as Go does, except from a command line (`credential_process`): a quoted path
 * with blanks in it is AWS's own example, every other SDK reads it with its quotes, and Go fails on it.
 */
function unquote({ key, value }: Property): string {
  const quoted = value.length > 1 && /^["']/.test(value) && value.endsWith(value.charAt(0));
  return quoted && !key.endsWith("_process") ? value.slice(1, -1) : value;
}

/** Spells out whatever could mean something to `ini`: dots, brackets, quotes, `__proto__`. */
function encodeName(name: string): string {
  return name.replace(/^_|[^\w :/@+-]/g, (unit) => `%${hex(unit)}`);
}

/** The name of a section or key of {@link PlainIni} as the person wrote it. */
export function decodeName(encoded: string): string {
  return encoded.replace(/%([0-9a-f]{4})/g, (_, unit: string) =>
    String.fromCharCode(parseInt(unit, 16)),
  );
}

function hex(unit: string): string {
  return unit.charCodeAt(0).toString(16).padStart(4, "0");
}
