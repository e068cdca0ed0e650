import {
  loadSettings,
  loadSharedFiles,
  sharedFilePaths,
  type SharedFilePath,
} from "../../config/load.ts";
import { mergeSharedFiles, type SharedFile, type SharedFiles } from "../../config/profiles.ts";
import { settingsPath, type Settings } from "../../config/settings.ts";
import type { Context } from "../../context.ts";
import type { Environment } from "../../environment/environment.ts";
import type { FileReading, FilesFacts } from "../facts.ts";
import { orNull } from "../../errors.ts";
import { shortenHome } from "../../paths.ts";
import { attempt } from "./attempt.ts";

type Place = Pick<Context, "files" | "platform" | "home"> & { readonly env: Environment };

/** What was read, and what is known about it; null for what cannot be used. */
export interface ReadFiles {
  readonly facts: FilesFacts;
  readonly shared: SharedFiles | null;
  readonly settings: Settings | null;
}

/** Reads the AWS files and the settings, each by itself, so that one that is broken hides nothing of the others. */
export function examineFiles(place: Place): ReadFiles {
  const paths = sharedFilePaths(place);
  const config = readShared(place, paths.config, (file) => mergeSharedFiles(file, null));
  const credentials = readShared(place, paths.credentials, (file) => mergeSharedFiles(null, file));
  const isUsable = config.trouble === null && credentials.trouble === null;
  const shared = isUsable ? loadSharedFiles(place) : null;
  const settings = readSettings(place);
  const notes = shared?.notes.map(({ text }) => text) ?? [];
  const facts = { config, credentials, settings: settings.reading, notes };
  return { facts, shared, settings: settings.value };
}

function readShared(
  { files }: Place,
  { path, shown }: SharedFilePath,
  parse: (file: SharedFile) => SharedFiles,
): FileReading {
  const read = () => (path === null ? null : files.read(path));
  const { value, trouble } = attempt(() => parse({ path: shown, text: read() }));
  const profiles = [...(value?.profiles.values() ?? [])];
  const facts = path === null ? null : files.look(path);
  return {
    path: shown,
    isThere: facts !== null || trouble !== null,
    facts,
    trouble,
    sections: profiles.length,
    hasSecrets: profiles.some(({ values }) => values.has("aws_secret_access_key")),
  };
}

function readSettings(place: Place) {
  const path = orNull(() => settingsPath(place));
  const { value, trouble } = attempt(() => loadSettings(place));
  if (path === null && trouble === null) return { value, reading: null };
  const facts = path === null ? null : place.files.look(path);
  const reading: FileReading = {
    path: path === null ? "KOPS_MFA_CONFIG" : shortenHome(path, place.home),
    isThere: facts !== null || trouble !== null,
    facts,
    trouble,
    sections: value?.sections.size ?? 0,
    hasSecrets: false,
  };
  return { value, reading };
}
