import type { Environment } from "../environment/environment.ts";
import { absoluteVariable, xdgDirectory } from "../paths.ts";
import type { ShellName } from "./dialects/registry.ts";
import { integrations } from "./integrations.ts";

interface Place {
  readonly env: Environment;
  readonly platform: string;
  readonly home: string;
}

/** The start-up file of a shell; null where only the shell knows. Throws {@link ConfigError} for a ZDOTDIR that is not absolute. */
type StartupFile = (place: Place) => string | null;

const files: Readonly<Partial<Record<ShellName, StartupFile>>> = {
  // Terminals of macOS start login shells, which do not read ~/.bashrc by themselves.
  bash: ({ home, platform }) => `${home}/${platform === "darwin" ? ".bash_profile" : ".bashrc"}`,
  zsh: (place) => `${absoluteVariable("ZDOTDIR", place) ?? place.home}/.zshrc`,
  // The shell expands what ENV says: a `$` in it is not for us to read.
  sh: ({ env }) => (/^\/[^$`]*$/.test(env["ENV"] ?? "") ? (env["ENV"] ?? null) : null),
  fish: (place) => `${configHome(place)}/fish/config.fish`,
  // On Windows it is in a folder that may have been moved (OneDrive).
  powershell: (place) =>
    place.platform === "win32"
      ? null
      : `${configHome(place)}/powershell/Microsoft.PowerShell_profile.ps1`,
  tcsh: ({ home }) => `${home}/.tcshrc`,
  // On macOS and Windows it is elsewhere, as `$nu.config-path` says.
  nushell: (place) =>
    place.platform === "linux" ? `${configHome(place)}/nushell/config.nu` : null,
  elvish: (place) => `${configHome(place)}/elvish/rc.elv`,
  xonsh: ({ home }) => `${home}/.xonshrc`,
};

/** How a shell loads the integration when it starts. */
export interface Startup {
  /** The line for the start-up file. */
  readonly line: string;
  /** The file as people name it. */
  readonly name: string;
  readonly file: StartupFile;
}

/** Null for a shell that there is no integration for. */
export function startupOf(shell: ShellName): Startup | null {
  const [integration, file] = [integrations[shell], files[shell]];
  return integration && file ? { line: integration.line, name: integration.place, file } : null;
}

function configHome(place: Place): string {
  return xdgDirectory("XDG_CONFIG_HOME", place) ?? `${place.home}/.config`;
}

/** Whether a start-up file loads the integration already, from the program or from a file of the package. */
export function loadsIntegration(text: string): boolean {
  return /^[^#\r\n\u2028\u2029]*\bkops-mfa(?:\s+init\b|\.(?:bash|zsh|sh|fish|ps1|tcsh|nu|elv|xsh)\b)/m.test(
    text,
  );
}

/** A start-up file with the line at its end. */
export function withIntegration(text: string, { line }: Startup): string {
  const eol = /\r?\n/.exec(text)?.[0] ?? "\n";
  const end = text === "" || text.endsWith("\n") ? "" : eol;
  const gap = text.trim() === "" ? "" : eol;
  return `${text}${end}${gap}# kops-mfa: \`kops-mfa use PROFILE\` and \`kops-mfa off\` in this shell${eol}${line}${eol}`;
}
