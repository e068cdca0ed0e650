import { editProfile, editSettingsSection, type SectionValues } from "../config/edit-section.ts";
import { parseAwsIni } from "../config/ini.ts";
import type { SharedFile } from "../config/profiles.ts";
import { KopsMfaError } from "../errors.ts";
import type { Draft } from "./draft.ts";

/** A file that is to be changed. */
export interface EditedFile {
  readonly path: string;
  /** As messages name it. */
  readonly shown: string;
  /** Null where there is no such file yet. */
  readonly before: string | null;
}

export interface FileEdit extends EditedFile {
  readonly after: string;
  /** What changes, for the person: headers, and lines with `+` and `-` where something was there. */
  readonly lines: readonly string[];
}

/** The two files that setup writes. */
export interface EditedFiles {
  /** `~/.aws/config`. */
  readonly config: EditedFile;
  /** kops-mfa's own settings; null where there is no place for them. */
  readonly settings: EditedFile | null;
}

/**
 * What a draft makes of the files, in the order in which they are written: a profile without its settings is a working
 * profile, and settings without their profile are not. Files that say it already are left out. Throws {@link ConfigError}.
 */
export function editsOf(draft: Draft, { config, settings }: EditedFiles): readonly FileEdit[] {
  const { profile, stateStore, cluster, isDefault } = draft;
  const inConfig = edit(config, editProfile, [
    [profile, profileValues(draft), `profile ${profile}`],
  ]);
  const own = new Map([
    ["state_store", stateStore],
    ["cluster", cluster],
  ]);
  const sections: Section[] = [[profile, own, profile]];
  if (isDefault) sections.push(["defaults", new Map([["profile", profile]]), "defaults"]);
  const isSaid = isDefault || stateStore !== null || cluster !== null;
  if (settings === null && isSaid) throw noSettings();
  const inSettings = settings && edit(settings, editSettingsSection, sections);
  return [inConfig, inSettings].filter((one) => one !== null);
}

function profileValues(draft: Draft): SectionValues {
  const { keys, serialNumber, roleArn, externalId, region } = draft;
  return new Map([
    ["role_arn", roleArn],
    ["source_profile", keys.profile],
    ["credential_source", keys.profile === null ? "Environment" : null],
    ["mfa_serial", serialNumber],
    ["external_id", roleArn === null ? null : externalId],
    ["region", region],
  ]);
}

type Section = readonly [name: string, values: SectionValues, title: string];
type Edit = (file: SharedFile, name: string, values: SectionValues) => string;

function edit(file: EditedFile, apply: Edit, sections: readonly Section[]): FileEdit | null {
  const { shown: path, before } = file;
  let text = before;
  const lines: string[] = [];
  for (const [name, values, title] of sections) {
    const after = apply({ path, text }, name, values);
    if (after === (text ?? "")) continue;
    lines.push(...describe(text ?? "", after, title, values));
    text = after;
  }
  return text === null || text === before ? null : { ...file, after: text, lines };
}

/** The section as it will be where it is new, else what changes in it. */
function describe(
  before: string,
  after: string,
  title: string,
  values: SectionValues,
): readonly string[] {
  const [old, now] = [before, after].map((text) => valuesOf(text, title));
  const lines = [...values.keys()].flatMap((key) => {
    const [was, is] = [old?.get(key), now?.get(key)];
    if (was === is) return [];
    const sign = old ? "+ " : "";
    return [
      ...(was === undefined ? [] : [`- ${key} = ${was}`]),
      ...(is === undefined ? [] : [`${sign}${key} = ${is}`]),
    ];
  });
  return [`[${title}]`, ...lines];
}

/** By key; undefined where there is no such section. */
function valuesOf(text: string, title: string): ReadonlyMap<string, string> | undefined {
  const sections = [...parseAwsIni(text).sections.values()];
  const found = sections.filter(({ name }) => name.replace(/ (["'])(.*)\1$/, " $2") === title);
  if (found.length === 0) return undefined;
  return new Map(
    found.flatMap(({ values }) => Array.from(values, ([key, { value }]) => [key, value])),
  );
}

function noSettings(): KopsMfaError {
  return new KopsMfaError("there is no place for the settings: no home directory (HOME)", {
    hint: "Set HOME, or KOPS_MFA_CONFIG to a file; or leave out --state-store, --cluster and --default.",
  });
}
