import type { FileNote, NestedValues, Profile, ProfileValue } from "./profile.ts";
import type { FileOwnership } from "../context/files.ts";
import { ConfigError } from "../errors.ts";
import { parseAwsIni, type IniSection, type IniValue } from "./ini.ts";
import { overlay } from "./overlay.ts";

/** A shared AWS file as it was read. */
export interface SharedFile {
  /** As messages shall name it: `~/.aws/config`. */
  readonly path: string;
  /** Null when there is no such file. */
  readonly text: string | null;
  /** Of the file that the text was read from. */
  readonly ownership?: FileOwnership | undefined;
}

export interface SharedFiles {
  /** The names of the files, the configuration first. */
  readonly paths: readonly string[];
  /** By name, which is case-sensitive. */
  readonly profiles: ReadonlyMap<string, Profile>;
  readonly ssoSessions: ReadonlyMap<string, Profile>;
  /** By name, then service id, then key. */
  readonly services: ReadonlyMap<string, NestedValues>;
  /** Sections of the configuration that would be profiles in the credentials file (`[prod]`): where each stands, by its name. */
  readonly strays: ReadonlyMap<string, string>;
  /** What the AWS CLI or kops itself would understand otherwise. */
  readonly notes: readonly FileNote[];
}

/**
 * Puts the two files together as the AWS SDK for Go v2 does (its `config/shared_config.go`): the credentials file wins,
 * key by key. Throws {@link ConfigError} for a line that cannot be read, which Go would pass over in silence.
 */
export function mergeSharedFiles(
  config: SharedFile | null,
  credentials: SharedFile | null,
): SharedFiles {
  const notes: FileNote[] = [];
  const { strays, ...sections } = readConfig(config, notes);
  const { profile: profiles, "sso-session": ssoSessions, services } = sections;
  for (const section of readSections(credentials, notes)) {
    if (!isCredentialsProfile(section.name)) continue;
    const profile = profileOf(section, credentials);
    profiles.set(profile.name, overlay(profiles.get(profile.name), profile, notes));
  }
  return {
    paths: [config, credentials].flatMap((file) => file?.path ?? []),
    profiles,
    ssoSessions,
    services: new Map(Array.from(services.values(), ({ name, nested }) => [name, nested])),
    strays,
    notes,
  };
}

type Kind = "profile" | "sso-session" | "services";

/** What a header of the configuration file opens; null for what has no kind and name, of which only `[default]` is AWS's. */
export function readConfigHeader(
  text: string,
): { readonly kind: Kind; readonly name: string } | null {
  const [, kind, title = ""] = /^(profile|sso-session|services) (.+)$/s.exec(text) ?? [];
  return kind === undefined ? null : { kind: kind as Kind, name: unquote(title) };
}

/** Whether a header of the credentials file is the name of a profile, as it is there without a word before it. */
export function isCredentialsProfile(header: string): boolean {
  return !header.startsWith("profile ");
}

/** The sections of the configuration file by kind; others are not AWS's to read (`[plugins]`, `[prod]`). */
function readConfig(file: SharedFile | null, notes: FileNote[]) {
  const sections = { profile: new Map(), "sso-session": new Map(), services: new Map() } as Record<
    Kind,
    Map<string, Profile>
  >;
  const strays = new Map<string, string>();
  const path = file?.path ?? "";
  let bare: Profile | null = null;
  for (const section of readSections(file, notes)) {
    if (section.name === "default") bare = profileOf(section, file);
    const header = readConfigHeader(section.name);
    if (header === null) {
      strays.set(section.name, `${path}:${section.line}`);
      continue;
    }
    const known = sections[header.kind];
    const profile = profileOf(section, file, header.name);
    known.set(header.name, overlay(known.get(header.name), profile, notes));
  }
  if (bare && sections.profile.has("default")) {
    notes.push({
      profile: "default",
      text: `${path}: [profile default] counts and [default] does not, as for kops; the AWS CLI takes the lower one`,
    });
  } else if (bare) sections.profile.set("default", bare);
  return { ...sections, strays };
}

function profileOf(section: IniSection, file: SharedFile | null, name = section.name): Profile {
  let read: ReturnType<typeof readValues> | null = null;
  const content = () => (read ??= readValues(section, file));
  return {
    name,
    get values() {
      return content().values;
    },
    get nested() {
      return content().nested;
    },
  };
}

function readValues(section: IniSection, shared: SharedFile | null) {
  const { path: file, ownership } = shared ?? { path: "" };
  const toValue = ({ value, line }: IniValue): ProfileValue => ({ value, file, ownership, line });
  const values = new Map<string, ProfileValue>();
  const nested = new Map<string, ReadonlyMap<string, ProfileValue>>();
  for (const [key, value] of section.values) {
    if (value.nested === null) values.set(key, toValue(value));
    else nested.set(key, new Map(Array.from(value.nested, ([k, v]) => [k, toValue(v)])));
  }
  return { values, nested };
}

function readSections(file: SharedFile | null, notes: FileNote[]): readonly IniSection[] {
  if (typeof file?.text !== "string") return [];
  const { path } = file;
  const { sections, repeated, malformed } = parseAwsIni(file.text);
  if (malformed[0] !== undefined) throw malformedLine(path, malformed[0]);
  for (const { name, line, firstLine } of repeated) {
    notes.push({
      profile: readConfigHeader(name)?.name ?? name,
      text: `${path}:${line}: [${name}] stands in line ${firstLine} too; both count, the lower one more (the AWS CLI refuses such a file)`,
    });
  }
  const defaults = sections.get("DEFAULT");
  if (defaults) {
    notes.push({
      profile: null,
      text: `${path}:${defaults.line}: [DEFAULT] is left out; the AWS CLI takes it into every profile`,
    });
  }
  return [...sections.values()].filter((section) => section !== defaults);
}

function malformedLine(path: string, line: number): ConfigError {
  return new ConfigError(`${path}:${line}: this is no [section], no key = value and no comment`, {
    hint: "Correct the line, or put a # in front of it.",
  });
}

/** The AWS CLI writes names with blanks in quotes, which Go takes for a part of them (aws/aws-sdk-go-v2#2315). */
function unquote(title: string): string {
  const quoted = title.length > 2 && /^["']/.test(title) && title.endsWith(title.charAt(0));
  return quoted ? title.slice(1, -1) : title;
}
