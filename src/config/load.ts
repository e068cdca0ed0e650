import type { Environment, Files } from "../context.ts";
import { parseSettings, settingsPath, type Settings } from "./settings.ts";
import { mergeSharedFiles, type SharedFile, type SharedFiles } from "./profiles.ts";

export interface FilesQuery {
  readonly files: Pick<Files, "read">;
  readonly env: Environment;
  readonly platform: string;
  readonly home: string | null;
}

/** Reads kops-mfa's own settings; there need not be any. */
export function loadSettings(query: FilesQuery): Settings {
  const path = settingsPath(query);
  if (path === null) return parseSettings("", null);
  return parseSettings(shortenHome(path, query.home), query.files.read(path));
}

/** Reads the AWS configuration and credentials files. */
export function loadSharedFiles(query: FilesQuery): SharedFiles {
  const { config, credentials } = readSharedFiles(query);
  return mergeSharedFiles(config, credentials);
}

/** The same two files, as they are. */
export function readSharedFiles(query: FilesQuery) {
  const { config, credentials } = sharedFilePaths(query);
  return { config: sharedFile(query, config), credentials: sharedFile(query, credentials) };
}

/** Where the AWS files are: wherever AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE say. */
export function sharedFilePaths({ env, home }: Pick<FilesQuery, "env" | "home">) {
  return {
    config: expandHome(env["AWS_CONFIG_FILE"] || "~/.aws/config", home),
    credentials: expandHome(env["AWS_SHARED_CREDENTIALS_FILE"] || "~/.aws/credentials", home),
  };
}

function sharedFile({ files, home }: FilesQuery, path: string): SharedFile {
  const text = path.startsWith("~") ? null : files.read(path);
  const shown = shortenHome(path, home);
  return { path: text === null ? `${shown} (which does not exist)` : shown, text };
}

/** The reverse of {@link shortenHome}. */
export function expandHome(path: string, home: string | null): string {
  return home !== null && /^~(?=[/\\]|$)/.test(path) ? home + path.slice(1) : path;
}

/** A path as people write it. */
export function shortenHome(path: string, home: string | null): string {
  if (home === null || home === "" || !path.startsWith(home)) return path;
  const rest = path.slice(home.length);
  return rest === "" || /^[/\\]/.test(rest) ? `~${rest}` : path;
}
