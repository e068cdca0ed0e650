import type { Environment } from "./environment/environment.ts";
import { ConfigError } from "./errors.ts";

/** What a path is read against. */
interface Surroundings {
  readonly env: Environment;
  readonly platform: string;
  readonly home: string | null;
}

/**
 * The path for the system: `~` and `~/…` with the home directory. Null for every other path that begins with `~`, and without a home
 * directory: it is never a name in the working directory. Shells expand a tilde; dotenv files, systemd, docker and editors do not.
 */
export function expandHome(path: string, home: string | null): string | null {
  if (!path.startsWith("~")) return path;
  return home !== null && /^~(?=[/\\]|$)/.test(path) ? home + path.slice(1) : null;
}

/** The same for a path that a command line names. Throws {@link ConfigError} where the tilde cannot be expanded. */
export function expandedPath(path: string, home: string | null): string {
  const expanded = expandHome(path, home);
  if (expanded !== null) return expanded;
  throw new ConfigError(`${path}: there is no home directory for the ~ in it`, {
    hint: "Write the whole path, or ./~ for a name that begins with it.",
  });
}

/** The path for people: with `~` for the home directory. It is not for the system. */
export function shortenHome(path: string, home: string | null): string {
  if (home === null || home === "" || !path.startsWith(home)) return path;
  const rest = path.slice(home.length);
  return rest === "" || /^[/\\]/.test(rest) ? `~${rest}` : path;
}

/** Whether the working directory has no say in the path. */
export function isAbsolutePath(path: string, platform: string): boolean {
  return platform === "win32" ? /^(?:[A-Za-z]:)?[\\/]/.test(path) : path.startsWith("/");
}

/**
 * The path that a variable names; null where it is unset or empty. Throws {@link ConfigError} for a relative one: which file that is
 * would depend on the working directory, which may be a repository of somebody else's.
 */
export function absoluteVariable(name: string, place: Surroundings): string | null {
  const value = place.env[name];
  if (!value) return null;
  const path = expandHome(value, place.home);
  if (path !== null && isAbsolutePath(path, place.platform)) return path;
  const isHomeless = place.home === null && /^~(?:[/\\]|$)/.test(value);
  throw isHomeless
    ? new ConfigError(`${name}: there is no home directory (HOME) for "${value}"`, {
        hint: `Set HOME, or ${name} to an absolute path.`,
      })
    : new ConfigError(`${name}: "${value}" is not an absolute path`, {
        hint: `Set ${name} to a path that begins with / or ~/, or unset it.`,
      });
}

/**
 * The directory that an XDG variable names; null where it names none. "If an implementation encounters a relative path […] it should
 * consider the path invalid and ignore it": specifications.freedesktop.org/basedir-spec/latest
 */
export function xdgDirectory(
  name: "XDG_CACHE_HOME" | "XDG_CONFIG_HOME",
  { env, home }: Pick<Surroundings, "env" | "home">,
): string | null {
  const path = expandHome(env[name] ?? "", home);
  return path?.startsWith("/") ? path : null;
}
