import type { Environment } from "../context.ts";
import type { ShellName } from "./dialects.ts";

interface Place {
  readonly env: Environment;
  readonly platform: string;
  readonly home: string;
}

/** How a shell loads the integration when it starts. */
export interface Startup {
  /** The line for the start-up file. */
  readonly line: string;
  /** The file as people name it. */
  readonly name: string;
  /** The file itself; null where only the shell knows. */
  readonly file: (place: Place) => string | null;
}

/** The shells that there is an integration for. */
export const startups: Readonly<Partial<Record<ShellName, Startup>>> = {
  bash: {
    line: 'eval "$(kops-mfa init bash)"',
    name: "~/.bashrc",
    // Terminals of macOS start login shells, which do not read ~/.bashrc by themselves.
    file: ({ home, platform }) => `${home}/${platform === "darwin" ? ".bash_profile" : ".bashrc"}`,
  },
  zsh: {
    line: 'eval "$(kops-mfa init zsh)"',
    name: "~/.zshrc",
    file: ({ env, home }) => `${env["ZDOTDIR"] || home}/.zshrc`,
  },
  sh: {
    line: 'eval "$(kops-mfa init sh)"',
    name: "the file that ENV names",
    // The shell expands what ENV says: a `$` in it is not for us to read.
    file: ({ env }) => (/^\/[^$`]*$/.test(env["ENV"] ?? "") ? (env["ENV"] ?? null) : null),
  },
  fish: {
    line: "kops-mfa init fish | source",
    name: "~/.config/fish/config.fish",
    file: (place) => `${configHome(place)}/fish/config.fish`,
  },
  powershell: {
    line: "Invoke-Expression (& kops-mfa init powershell | Out-String)",
    name: "$PROFILE of PowerShell",
    // On Windows it is in a folder that may have been moved (OneDrive).
    file: (place) =>
      place.platform === "win32"
        ? null
        : `${configHome(place)}/powershell/Microsoft.PowerShell_profile.ps1`,
  },
};

function configHome({ env, home }: Place): string {
  return env["XDG_CONFIG_HOME"] || `${home}/.config`;
}

/** Whether a start-up file loads the integration already, from the program or from a file of the package. */
export function loadsIntegration(text: string): boolean {
  return /^[^#\n]*\bkops-mfa(?:\s+init\b|\.(?:bash|zsh|sh|fish|ps1|tcsh|nu|elv|xsh)\b)/m.test(text);
}

/** A start-up file with the line at its end. */
export function withIntegration(text: string, { line }: Startup): string {
  const eol = /\r?\n/.exec(text)?.[0] ?? "\n";
  const end = text === "" || text.endsWith("\n") ? "" : eol;
  const gap = text.trim() === "" ? "" : eol;
  return `${text}${end}${gap}# kops-mfa: \`kops-mfa use PROFILE\` and \`kops-mfa off\` in this shell${eol}${line}${eol}`;
}
