import type { Environment } from "../environment/environment.ts";
import type { FileOwnership } from "../context/files.ts";
import { ConfigError } from "../errors.ts";
import { nearest } from "../nearest.ts";
import { absoluteVariable, xdgDirectory } from "../paths.ts";
import { parseAwsIni, type IniSection } from "./ini.ts";
import { fromFile, type Setting } from "./origin.ts";
import type { SharedFile } from "./profiles.ts";

/** The keys of kops-mfa's own settings; in `[defaults]` those that name no one role. */
export const settingKeys = [
  "profile",
  "role_arn",
  "mfa_serial",
  "external_id",
  "role_session_name",
  "region",
  "duration",
  "min_ttl",
  "mfa_process",
  "state_store",
  "cluster",
  "session",
  "cache",
] as const;
export type SettingKey = (typeof settingKeys)[number];

const sectionOnly: ReadonlySet<string> = new Set(["role_arn", "external_id"]);
/** The section that is of no profile. */
export const defaultsName = "defaults";

export interface Settings {
  /** As messages name it: `~/.config/kops-mfa/config.ini`. */
  readonly path: string;
  /** By profile name. */
  readonly sections: ReadonlyMap<string, SettingSection>;
  /** Below whatever a profile says, be it here or in the AWS files. */
  readonly defaults: SettingSection;
}

export type SettingSection = ReadonlyMap<SettingKey, Setting>;

interface Place {
  readonly env: Environment;
  readonly platform: string;
  readonly home: string | null;
}

/**
 * Where the settings are: `KOPS_MFA_CONFIG`, else `$XDG_CONFIG_HOME/kops-mfa/config.ini` or `~/.config/…`,
 * `~/Library/Application Support/kops-mfa/config.ini`, `%APPDATA%\kops-mfa\config.ini`. Null without a home directory.
 * Throws {@link ConfigError} for a `KOPS_MFA_CONFIG` that is not absolute.
 */
export function settingsPath(place: Place): string | null {
  const { env, platform, home } = place;
  const named = absoluteVariable("KOPS_MFA_CONFIG", place);
  if (named !== null) return named;
  const xdg = xdgDirectory("XDG_CONFIG_HOME", place);
  if (xdg !== null) return `${xdg}/kops-mfa/config.ini`;
  if (platform === "win32") {
    return env["APPDATA"] ? `${env["APPDATA"]}\\kops-mfa\\config.ini` : null;
  }
  if (!home) return null;
  const folder = platform === "darwin" ? "Library/Application Support" : ".config";
  return `${home}/${folder}/kops-mfa/config.ini`;
}

/**
 * Reads the settings, with the ownership of the file that they were read from. Throws {@link ConfigError} that names file and line, for
 * an unknown key with the nearest name.
 */
export function parseSettings(
  path: string,
  text: string | null,
  ownership?: FileOwnership,
): Settings {
  const { sections, malformed } = parseAwsIni(text ?? "");
  if (malformed[0] !== undefined) {
    throw new ConfigError(
      `${path}:${malformed[0]}: this is no [section], no key = value and no comment`,
      {
        hint: "Correct the line, or put a # in front of it.",
      },
    );
  }
  const read = new Map(
    [...sections.values()].map((section) => [
      section.name,
      readSection({ path, ownership }, section),
    ]),
  );
  const defaults = read.get(defaultsName) ?? new Map<SettingKey, Setting>();
  read.delete(defaultsName);
  return { path, sections: read, defaults };
}

function readSection(
  { path, ownership }: Omit<SharedFile, "text">,
  { name, values }: IniSection,
): SettingSection {
  const section = new Map<SettingKey, Setting>();
  for (const [key, { value, line }] of values) {
    const known = settingKeys.find((candidate) => candidate === key);
    if (!known) throw unknownKey(`${path}:${line}`, key);
    if (name === defaultsName && sectionOnly.has(known)) {
      throw new ConfigError(`${path}:${line}: ${key} cannot stand in [${defaultsName}]`, {
        hint: "Write it into the section of the profile that it is for.",
      });
    }
    if (value === "") continue;
    section.set(known, fromFile(name, key, { value, file: path, ownership, line }));
  }
  return section;
}

function unknownKey(where: string, key: string): ConfigError {
  const guess = nearest(key, settingKeys);
  return new ConfigError(`${where}: there is no setting "${key}"`, {
    hint: guess === null ? `The settings are ${settingKeys.join(", ")}.` : `Did you mean ${guess}?`,
  });
}
