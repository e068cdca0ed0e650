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

/** Reads the AWS configuration and credentials files, wherever AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE say they are. */
export function loadSharedFiles(query: FilesQuery): SharedFiles {
  const { config, credentials } = readSharedFiles(query);
  return mergeSharedFiles(config, credentials);
}

/** The same two files, as they are. */
export function readSharedFiles(query: FilesQuery) {
  const config = sharedFile(query, "AWS_CONFIG_FILE", "config");
  const credentials = sharedFile(query, "AWS_SHARED_CREDENTIALS_FILE", "credentials");
  return { config, credentials };
}

/** Where the AWS configuration is; it begins with a `~` where there is no home directory. */
export function configPath({ env, home }: Pick<FilesQuery, "env" | "home">): string {
  return expandHome(env["AWS_CONFIG_FILE"] || "~/.aws/config", home);
}

function sharedFile({ files, env, home }: FilesQuery, variable: string, name: string): SharedFile {
  const path = expandHome(env[variable] || `~/.aws/${name}`, home);
  const text = path.startsWith("~") ? null : files.read(path);
  const shown = shortenHome(path, home);
  return { path: text === null ? `${shown} (which does not exist)` : shown, text };
}

function expandHome(path: string, home: string | null): string {
  return home !== null && /^~(?=[/\\]|$)/.test(path) ? home + path.slice(1) : path;
}

/** A path as people write it. */
export function shortenHome(path: string, home: string | null): string {
  if (home === null || home === "" || !path.startsWith(home)) return path;
  const rest = path.slice(home.length);
  return rest === "" || /^[/\\]/.test(rest) ? `~${rest}` : path;
}
