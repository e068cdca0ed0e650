import { ConfigError } from "../errors.ts";
import { headerName } from "./aws-dialect.ts";
import { parseAwsIni, type IniSection, type IniValue } from "./ini.ts";
import type { SharedFile } from "./profiles.ts";

/** What a section is to say: the value of each key, in lower case; null for a key that it is not to have. */
export type SectionValues = ReadonlyMap<string, string | null>;

/**
 * The text of `~/.aws/config` with a profile that says `values`, and every other line as it was, byte for byte: in place where the
 * profile is there already, else at the end. Throws {@link ConfigError} for what the file cannot carry, or what only a person should change.
 */
export function editProfile(file: SharedFile, name: string, values: SectionValues): string {
  const title = name === "default" ? name : `profile ${name}`;
  return editSection(file, [title, `profile "${name}"`, `profile '${name}'`], values);
}

/** The same for a section of kops-mfa's own settings. */
export function editSettingsSection(file: SharedFile, name: string, values: SectionValues): string {
  return editSection(file, [name], values);
}

/** `titles` are the headers that mean the section; a new one gets the first of them. */
function editSection(
  { path, text: read }: SharedFile,
  titles: readonly [string, ...string[]],
  values: SectionValues,
): string {
  const text = read ?? "";
  for (const [key, value] of values) checkCarried(path, key, value);
  const sections = findSections(text, titles);
  if ([...values].every(([key, value]) => valueIn(sections, key) === value)) return text;
  const edited =
    sections.length === 0
      ? appendSection(path, text, titles[0], values)
      : new SectionEdit(path, text, titles).apply(sections, values);
  if (!isAsMeant(text, edited, titles, values)) throw unsafe(path, sections[0]?.line ?? 1);
  return edited;
}

/** In the order in which they count: the last one most. */
function findSections(text: string, titles: readonly string[]): readonly IniSection[] {
  return [...parseAwsIni(text).sections.values()].filter(({ name }) => titles.includes(name));
}

function find(sections: readonly IniSection[], key: string): IniValue | null {
  return sections.findLast(({ values }) => values.has(key))?.values.get(key) ?? null;
}

function valueIn(sections: readonly IniSection[], key: string): string | null {
  return find(sections, key)?.value ?? null;
}

/** What every reader of AWS's takes as it stands: the rows of test/integration/config/divergences.ts say why each of these is none. */
function checkCarried(path: string, key: string, value: string | null): void {
  if (value === null) return;
  const isQuoted = /^(["']).*\1$/.test(value);
  const isPlain =
    value !== "" && value === value.trim() && !/[\p{Cc}\p{Zl}\p{Zp}\uFEFF]/u.test(value);
  if (isPlain && !isQuoted && !/(?:^|\s)[#;]/.test(value)) return;
  throw new ConfigError(`${path}: ${key}: the file cannot carry this value`, {
    hint: "Its readers take no line breaks, no blanks or quotes around a value, and no # or ; after a blank.",
  });
}

/** Names that the AWS SDKs for JavaScript read; the others read more. */
const readableTitle = /^(?:profile )?[\w@+.%:/-]+$/;

function appendSection(path: string, text: string, title: string, values: SectionValues): string {
  if (!readableTitle.test(title)) {
    throw new ConfigError(`${path}: [${title}]: not every reader of the file takes this name`, {
      hint: "Letters, digits and any of _@+.%:/- are read by all.",
    });
  }
  const eol = lineBreak(text);
  const lines = [...values].flatMap(([key, value]) => (value === null ? [] : `${key} = ${value}`));
  if (lines.length === 0) return text;
  const said = withoutBom(text);
  const end = said === "" || said.endsWith("\n") ? "" : eol;
  const gap = said.trim() === "" || /\n[ \t]*\r?\n$/.test(said) ? "" : eol;
  return `${text}${end}${gap}${[`[${title}]`, ...lines, ""].join(eol)}`;
}

/** Changes of one section that is there. */
class SectionEdit {
  readonly #path: string;
  readonly #eol: string;
  readonly #titles: readonly string[];
  /** With their line breaks. */
  readonly #lines: readonly string[];

  constructor(path: string, text: string, titles: readonly string[]) {
    this.#path = path;
    this.#eol = lineBreak(text);
    this.#titles = titles;
    this.#lines = text.split(/(?<=\n)/);
  }

  apply(sections: readonly IniSection[], values: SectionValues): string {
    const lines = [...this.#lines];
    const added: [string, string][] = [];
    for (const [key, value] of values) {
      const found = find(sections, key);
      this.#refuseDisputed(sections, key, found);
      if ((found?.value ?? null) === value) continue;
      if (found) lines[found.line - 1] = this.#changed(found, value);
      else if (value !== null) added.push([key, value]);
    }
    if (added.length > 0) this.#add(lines, added);
    return lines.join("");
  }

  /** An indented line that is nested for one reader may be a property of the section for another. */
  #refuseDisputed(sections: readonly IniSection[], key: string, found: IniValue | null): void {
    for (const { line: header } of sections) {
      const next = this.#lines.findIndex((line, at) => at >= header && headerName(line) !== null);
      const end = next === -1 ? this.#lines.length : next;
      const index = this.#lines.findIndex((line, at) => {
        const isHere = at >= header && at < end && at + 1 !== found?.line;
        return isHere && width(line) > 0 && hasContent(line) && keyOf(line) === key;
      });
      if (index !== -1) throw unsafe(this.#path, index + 1);
    }
  }

  /** The line with another value, or nothing. A comment behind the value, which the AWS CLI takes for a part of it, moves above. */
  #changed({ line, nested }: IniValue, value: string | null): string {
    const text = this.#lines[line - 1] ?? "";
    const { indent, name, comment, eol } = splitLine(text);
    if (nested !== null || name === "" || !this.#isAlone(line - 1, indent)) {
      throw unsafe(this.#path, line);
    }
    const property = value === null ? "" : `${indent}${name}${value}${eol}`;
    if (comment === "") return property;
    return `${indent}${comment}${property === "" ? eol : this.#eol}${property}`;
  }

  /** Whether no reader takes the line for a part of another, or another for a part of it: for the AWS CLI the indentation tells. */
  #isAlone(index: number, indent: string): boolean {
    const from = this.#lines.findLastIndex((line, at) => at < index && headerName(line) !== null);
    const before = this.#lines.slice(from + 1, index).filter(hasContent);
    const next = this.#lines.slice(index + 1).find(hasContent) ?? "";
    const isSibling = (line: string) => width(line) >= indent.length && !isParent(line);
    const isChildless = width(next) <= (isParent(this.#lines[index] ?? "") ? 0 : indent.length);
    return isChildless && (indent === "" || before.every(isSibling));
  }

  /** Behind the last line of the section that says anything, at the margin, where it can be a part of no other. */
  #add(lines: string[], values: readonly (readonly [string, string])[]): void {
    const start = this.#lines.findLastIndex((line) =>
      this.#titles.includes(headerName(withoutBom(line)) ?? ""),
    );
    const next = this.#lines.findIndex((line, at) => at > start && headerName(line) !== null);
    const end = next === -1 ? this.#lines.length : next;
    if (width(this.#lines[next] ?? "") > 0) throw unsafe(this.#path, next + 1);
    const last = this.#lines.findLastIndex((line, at) => at < end && hasContent(line));
    const sign = /^[^\s=:[]+=\S/m.test(this.#lines.slice(start, end).join("")) ? "=" : " = ";
    const text = values.map(([key, value]) => `${key}${sign}${value}`).join(this.#eol);
    // A file whose last line has no end keeps it so.
    const isEnded = this.#lines[last]?.endsWith("\n") === true;
    const before = isEnded || lines[last] === "" ? "" : this.#eol;
    lines.splice(last + 1, 0, `${before}${text}${isEnded ? this.#eol : ""}`);
  }
}

interface PropertyLine {
  readonly indent: string;
  /** The key in lower case, which not every SDK takes otherwise, and the sign behind it. */
  readonly name: string;
  readonly comment: string;
  readonly eol: string;
}

function splitLine(text: string): PropertyLine {
  const [, indent = "", key = "", gap = "", after = ""] =
    /^\uFEFF?([ \t]*)([^=:]*?)([ \t]*)[=:]([ \t]*)/.exec(text) ?? [];
  const [, comment = ""] = /[ \t]([#;].*?)[ \t]*\r?\n?$/.exec(text.trimStart()) ?? [];
  const eol = /\r?\n$/.exec(text)?.[0] ?? "";
  // Nor does every SDK take a colon for the sign.
  return { indent, name: key && `${key.toLowerCase()}${gap}=${after || gap}`, comment, eol };
}

function keyOf(line: string): string {
  return (/^[^=:]*(?=[=:])/.exec(line)?.[0] ?? "").trim().toLowerCase();
}

/** Whether some reader finds no value, and takes what is indented beneath for nested. */
function isParent(line: string): boolean {
  return /[=:][ \t]*(?:[#;].*)?\r?\n?$/.test(line);
}

function hasContent(line: string): boolean {
  return line.trim() !== "" && !/^[ \t]*[#;]/.test(line);
}

function width(line: string): number {
  return /^[ \t]*/.exec(line)?.[0].length ?? 0;
}

function withoutBom(line: string): string {
  return line.replace(/^\uFEFF/, "");
}

/** As the file has it. */
function lineBreak(text: string): string {
  return /\r?\n/.exec(text)?.[0] ?? "\n";
}

/** Whether the section says what it should, and all the others what they said. */
function isAsMeant(
  before: string,
  after: string,
  titles: readonly string[],
  values: SectionValues,
): boolean {
  const sections = findSections(after, titles);
  const isSaid = [...values].every(([key, value]) => valueIn(sections, key) === value);
  return isSaid && describeRest(before, titles, values) === describeRest(after, titles, values);
}

/** All that a text says but for these keys of these sections. */
function describeRest(text: string, titles: readonly string[], values: SectionValues): string {
  const { sections, repeated, malformed } = parseAwsIni(text);
  const rest = Array.from(sections.values(), (section) => {
    const isEdited = titles.includes(section.name);
    const said = [...section.values].filter(([key]) => !isEdited || !values.has(key));
    const plain = said.map(([key, { value, nested }]) => [key, value, describeNested(nested)]);
    return isEdited && plain.length === 0 ? null : [section.name, plain];
  });
  const others = rest.filter((section) => section !== null);
  return JSON.stringify([others, repeated.map(({ name }) => name), malformed.length]);
}

function describeNested(nested: IniValue["nested"]): unknown {
  return nested && Array.from(nested, ([key, { value }]) => [key, value]);
}

function unsafe(path: string, line: number): ConfigError {
  return new ConfigError(`${path}:${line}: is written in a form that cannot be changed safely`, {
    hint: "Write the profile at the margin, one `key = value` a line, or choose another name.",
  });
}
