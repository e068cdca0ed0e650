/** A header whose section stands further up already. */
export interface RepeatedHeader {
  readonly name: string;
  readonly line: number;
  readonly firstLine: number;
}

/** An AWS file in sections, each of which can be had as INI that the package `ini` has no choice but to read as it was meant. */
export interface PlainIni {
  readonly sections: ReadonlyMap<string, PlainSection>;
  readonly repeated: readonly RepeatedHeader[];
  readonly malformed: readonly number[];
}

/** What stands beneath all headers of one name. */
export interface PlainSection {
  /** Of the first of the headers. */
  readonly line: number;
  /**
   * Made anew each time, so that of a large file only those are made that somebody reads: `key="line:value"`, and
   * `parent.line.key="line:value"` for what is nested beneath the parent of that line. The names are encoded
   * ({@link decodeName}); the values are JSON, which `ini` takes verbatim, and the line number in front keeps `true` and `null` text.
   */
  plain(): string;
}

/**
 * Rewrites AWS's dialect line by line.
 *
 * The dialect: docs.aws.amazon.com/sdkref/latest/guide/file-format.html; comments, indentation and quotes as settled in
 * aws/aws-sdk-go-v2 #2349, #2369 and #2461. Where the other SDKs differ, and why we side with Go or don't, is in
 * test/integration/config/divergences.ts.
 */
export function rewriteAwsIni(text: string): PlainIni {
  // PowerShell writes a byte order mark, which neither Go nor the AWS CLI reads past (aws/aws-cli#3419).
  const lines = text.replace(/^\uFEFF/, "").split("\n");
  const sections = new Map<string, Section>();
  const repeated: RepeatedHeader[] = [];
  const blocks = blocksOf(lines);
  for (const block of blocks) {
    const { name, from: line } = block;
    // What stands above the first header belongs to no section.
    if (name === null) continue;
    const section = sections.get(name);
    if (section) repeated.push({ name, line, firstLine: section.line });
    if (section) section.add(block);
    else sections.set(name, new Section(lines, block));
  }
  const suspects = blocks.filter(({ isSimple }) => !isSimple);
  const malformed = suspects.flatMap((block) => rewrite(lines, block).malformed);
  return { sections, repeated, malformed };
}

/** A header and the lines beneath it. */
interface Block {
  /** Null above the first header. */
  readonly name: string | null;
  /** Both 1-based: of the header, 0 where there is none, and of the last line. */
  readonly from: number;
  to: number;
  /** Whether every line is a `key = value` or nothing, so that none is malformed. */
  isSimple: boolean;
}

function blocksOf(lines: readonly string[]): readonly Block[] {
  let block: Block = { name: null, from: 0, to: 0, isSimple: true };
  const blocks = [block];
  for (const [index, line] of lines.entries()) {
    if (!/^(?:[\w-]+[ \t]*[=:]|\r?$)/.test(line)) {
      const name = isNothing(line) ? null : headerName(line);
      if (name !== null) blocks.push((block = { name, from: index + 1, to: 0, isSimple: true }));
      else block.isSimple = false;
    }
    block.to = index + 1;
  }
  return blocks;
}

class Section implements PlainSection {
  readonly line: number;
  readonly #lines: readonly string[];
  readonly #blocks: Block[];

  constructor(lines: readonly string[], first: Block) {
    this.line = first.from;
    this.#lines = lines;
    this.#blocks = [first];
  }

  add(block: Block): void {
    this.#blocks.push(block);
  }

  plain(): string {
    return this.#blocks.flatMap((block) => rewrite(this.#lines, block).plain).join("\n");
  }
}

function rewrite(lines: readonly string[], { from, to }: Block): Rewriter {
  const rewriter = new Rewriter();
  for (let line = from + 1; line <= to; line++) rewriter.add(lines[line - 1] ?? "", line);
  rewriter.close();
  return rewriter;
}

/** A property that indented lines may still belong to. */
interface OpenProperty {
  readonly key: string;
  readonly line: number;
  readonly value: string[];
}

/** What stands beneath one header. */
class Rewriter {
  readonly plain: string[] = [];
  readonly malformed: number[] = [];
  #open: OpenProperty | null = null;

  add(text: string, line: number): void {
    if (isNothing(text)) return;
    if (/^[ \t]/.test(text)) this.#indented(text, line);
    else this.#atMargin(text, line);
  }

  #atMargin(text: string, line: number): void {
    // Go takes `[profile a:b` for a property, so that the keys beneath it go to the profile before.
    const property = text.startsWith("[") ? null : splitProperty(withoutComment(text));
    if (property) this.#reopen(property.key, line, unquote(property));
    else this.malformed.push(line);
  }

  /** Beneath an empty value lines are nested, and keep what looks like a comment; elsewhere a property is a property. */
  #indented(text: string, line: number): void {
    const open = this.#open;
    const parent = open?.value[0] === "" ? open : null;
    const property = splitProperty(text);
    if (parent && property) {
      const path = [encodeName(parent.key), parent.line, encodeName(property.key)].join(".");
      this.plain.push(plainLine(path, line, unquote(property)));
    } else if (property) this.#reopen(property.key, line, withoutComment(unquote(property)).trim());
    else if (open && !parent) open.value.push(text.trim());
    else this.malformed.push(line);
  }

  #reopen(key: string, line: number, value: string): void {
    this.close();
    this.#open = { key, line, value: [value] };
  }

  /** Ends the property that more lines could have belonged to. */
  close(): void {
    if (this.#open === null) return;
    const { key, line, value } = this.#open;
    this.#open = null;
    this.plain.push(plainLine(encodeName(key), line, value.join("\n")));
  }
}

function isNothing(text: string): boolean {
  return /^[ \t]*[#;]/.test(text) || text.trim() === "";
}

function plainLine(path: string, line: number, value: string): string {
  const json = JSON.stringify(`${line}:${value}`);
  return `${path}=${json.replace(/[\u2028\u2029]/g, (unit) => `\\u${hex(unit)}`)}`;
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
