import {
  type RepeatedHeader,
  decodeName,
  rewriteAwsIni,
  type PlainSection,
} from "./aws-dialect.ts";
import { parse } from "ini";

/** One `key = value` of a section. */
export interface IniValue {
  /** Several lines, joined by `\n`, where indented lines without a separator continue the value. */
  readonly value: string;
  /** 1-based line of the file where the value stands. */
  readonly line: number;
  /** Indented `key = value` lines beneath an empty value (`s3 =`), by lower-case key; null when there are none. */
  readonly nested: ReadonlyMap<string, IniValue> | null;
}

export interface IniSection {
  /** The header's text between its brackets, its first white space one blank: `default`, `profile prod.admin`, `profile "my team"`. */
  readonly name: string;
  /** 1-based line of the first header of this name. */
  readonly line: number;
  /** By lower-case key. Read when first asked for: a large file is mostly sections that nobody asks for. */
  readonly values: ReadonlyMap<string, IniValue>;
}

export interface ParsedIni {
  /** By name. Headers of the same name make one section, in which the last value of a key counts. */
  readonly sections: ReadonlyMap<string, IniSection>;
  readonly repeated: readonly RepeatedHeader[];
  /** Lines that are no header, property, continuation or comment: numbers only, since their text may hold a secret. */
  readonly malformed: readonly number[];
}

/**
 * Reads a text in the dialect of `~/.aws/config` as the AWS SDK for Go v2 does, which is what kops reads it with.
 * Never throws: what {@link ParsedIni.malformed} means is up to the caller.
 */
export function parseAwsIni(text: string): ParsedIni {
  const { sections: rewritten, repeated, malformed } = rewriteAwsIni(text);
  const sections = new Map<string, IniSection>();
  for (const [name, section] of rewritten) sections.set(name, readSection(name, section));
  return { sections, repeated, malformed };
}

function readSection(name: string, section: PlainSection): IniSection {
  let values: IniSection["values"] | null = null;
  return {
    name,
    line: section.line,
    get values() {
      return (values ??= readValues(parse(section.plain())));
    },
  };
}

/** Reads what `ini` makes of a {@link PlainSection}. */
function readValues(section: Readonly<Record<string, string>>): ReadonlyMap<string, IniValue> {
  const values = new Map<string, IniValue>();
  const blocks = new Map<string, Map<string, IniValue>>();
  for (const [path, text] of Object.entries(section)) {
    const [key = "", parentLine, nestedKey] = path.split(".");
    if (nestedKey === undefined) values.set(decodeName(key), readValue(text));
    else {
      const parent = `${key}.${parentLine}`;
      const block = blocks.get(parent) ?? new Map<string, IniValue>();
      blocks.set(parent, block.set(decodeName(nestedKey), readValue(text)));
    }
  }
  for (const [parent, nested] of blocks) {
    const [id = "", line] = parent.split(".");
    const key = decodeName(id);
    const value = values.get(key);
    // A block beneath an earlier `s3 =` of the same section is gone with that value.
    if (value?.line === Number(line)) values.set(key, { ...value, nested });
  }
  return values;
}

function readValue(text: string): IniValue {
  const colon = text.indexOf(":");
  return { value: text.slice(colon + 1), line: Number(text.slice(0, colon)), nested: null };
}
