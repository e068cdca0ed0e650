import type { Environment } from "../environment/environment.ts";
import type { Files } from "../context/files.ts";
import { expandHome, shortenHome } from "../paths.ts";
import { parseSettings, settingsPath, type Settings } from "./settings.ts";
import { mergeSharedFiles, type SharedFile, type SharedFiles } from "./profiles.ts";

interface FilesQuery {
  readonly files: Pick<Files, "open">;
  readonly env: Environment;
  readonly platform: string;
  readonly home: string | null;
}

/** Reads kops-mfa's own settings; there need not be any. */
export function loadSettings(query: FilesQuery): Settings {
  const path = settingsPath(query);
  if (path === null) return parseSettings("", null);
  const opened = query.files.open(path);
  return parseSettings(shortenHome(path, query.home), opened?.text ?? null, opened?.ownership);
}

/** Reads the AWS configuration and credentials files. */
export function loadSharedFiles(query: FilesQuery): SharedFiles {
  const { config, credentials } = sharedFilePaths(query);
  return mergeSharedFiles(sharedFile(query, config), sharedFile(query, credentials));
}

/** An AWS file: for people, and for the system, which has none where there is no home directory. */
export interface SharedFilePath {
  readonly shown: string;
  readonly path: string | null;
}

/**
 * Where the AWS files are: wherever AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE say. A tilde is expanded as botocore does it
 * (configloader.py, raw_config_parse) and the SDK for JavaScript; the Go SDK opens what it is given (config/shared_config.go). A
 * relative path is read by all of them, so by us.
 */
export function sharedFilePaths({ env, home }: Pick<FilesQuery, "env" | "home">) {
  const locate = (named: string): SharedFilePath => {
    const path = expandHome(named, home);
    return { shown: shortenHome(path ?? named, home), path };
  };
  return {
    config: locate(env["AWS_CONFIG_FILE"] || "~/.aws/config"),
    credentials: locate(env["AWS_SHARED_CREDENTIALS_FILE"] || "~/.aws/credentials"),
  };
}

function sharedFile({ files }: FilesQuery, { path, shown }: SharedFilePath): SharedFile {
  const opened = path === null ? null : files.open(path);
  if (opened === null) return { path: `${shown} (which does not exist)`, text: null };
  return { path: shown, text: opened.text, ownership: opened.ownership };
}
