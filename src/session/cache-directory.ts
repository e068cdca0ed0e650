import type { Environment } from "../environment/environment.ts";
import { xdgDirectory } from "../paths.ts";

interface Place {
  readonly env: Environment;
  readonly platform: string;
  readonly home: string | null;
}

/**
 * Where this platform keeps caches: `$XDG_CACHE_HOME/kops-mfa` or `~/.cache/kops-mfa`, `~/Library/Caches/kops-mfa`,
 * `%LOCALAPPDATA%\kops-mfa\Cache`. Null without a home directory.
 */
export function cacheDirectory({ env, platform, home }: Place): string | null {
  const xdg = xdgDirectory("XDG_CACHE_HOME", { env, home });
  if (xdg !== null) return `${xdg}/kops-mfa`;
  if (platform === "win32") {
    const local = env["LOCALAPPDATA"] ?? (home === null ? null : `${home}\\AppData\\Local`);
    return local === null ? null : `${local}\\kops-mfa\\Cache`;
  }
  if (home === null || home === "") return null;
  return platform === "darwin" ? `${home}/Library/Caches/kops-mfa` : `${home}/.cache/kops-mfa`;
}
