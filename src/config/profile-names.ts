import { rewriteAwsIni } from "./aws-dialect.ts";
import { readSharedFiles, type FilesQuery } from "./load.ts";
import { isCredentialsProfile, readConfigHeader } from "./profiles.ts";
import { defaultsName, settingsPath } from "./settings.ts";

/**
 * The names that a profile may be called by, of the AWS files and of the settings, sorted, each once. For who is still typing: a
 * line that cannot be understood is passed over, where every command would stop at it.
 */
export function profileNames(query: FilesQuery): readonly string[] {
  const { config, credentials } = readSharedFiles(query);
  const settings = settingsPath(query);
  const names = [
    ...headers(config.text).flatMap(configProfile),
    ...headers(credentials.text).filter((name) => name !== "DEFAULT" && isCredentialsProfile(name)),
    ...headers(settings === null ? null : query.files.read(settings)).filter(
      (name) => name !== defaultsName,
    ),
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
