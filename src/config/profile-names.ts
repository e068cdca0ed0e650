import { rewriteAwsIni } from "./aws-dialect.ts";
import type { Environment } from "../environment/environment.ts";
import type { Files } from "../context/files.ts";
import { orNull } from "../errors.ts";
import { sharedFilePaths, type SharedFilePath } from "./load.ts";
import { isCredentialsProfile, readConfigHeader } from "./profiles.ts";
import { defaultsName, settingsPath } from "./settings.ts";

export interface NamesQuery {
  readonly files: Pick<Files, "read">;
  readonly env: Environment;
  readonly platform: string;
  readonly home: string | null;
}

/**
 * The names that a profile may be called by, of the AWS files and of the settings, sorted, each once. For who is still typing: a
 * line that cannot be understood is passed over, where every command would stop at it.
 */
export function profileNames(query: NamesQuery): readonly string[] {
  const { config, credentials } = sharedFilePaths(query);
  const settings = orNull(() => settingsPath(query));
  const headersIn = ({ path }: Pick<SharedFilePath, "path">) =>
    headers(path === null ? null : query.files.read(path));
  const names = [
    ...headersIn(config).flatMap(configProfile),
    ...headersIn(credentials).filter((name) => name !== "DEFAULT" && isCredentialsProfile(name)),
    ...headersIn({ path: settings }).filter((name) => name !== defaultsName),
  ];
  return [...new Set(names)].sort();
}

function headers(text: string | null): readonly string[] {
  return text === null ? [] : [...rewriteAwsIni(text).sections.keys()];
}

function configProfile(header: string): readonly string[] {
  if (header === "default") return [header];
  const section = readConfigHeader(header);
  return section?.kind === "profile" ? [section.name] : [];
}
