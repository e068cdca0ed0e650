import type { ShellName } from "./dialects/registry.ts";

/** What loads `use` and `off` into a shell. */
export interface Integration {
  /** The start-up file that a person writes the line into, and the line. */
  readonly place: string;
  readonly line: string;
  /** Its file in the package's `shell/`. */
  readonly file: string;
  /** The lines behind the file that make commands renew the session. The names are plain words. */
  readonly wrap: (names: readonly string[]) => string;
}

const byName = (names: readonly string[]): string => `__kops_mfa_wrap ${names.join(" ")}\n`;

type Integrations = Readonly<Partial<Record<ShellName, Integration>>>;

/** The shells that have one. */
export const integrations: Integrations & { readonly bash: Integration } = {
  bash: {
    place: "~/.bashrc",
    line: 'eval "$(kops-mfa init bash)"',
    file: "kops-mfa.bash",
    wrap: byName,
  },
  zsh: {
    place: "~/.zshrc",
    line: 'eval "$(kops-mfa init zsh)"',
    file: "kops-mfa.zsh",
    wrap: byName,
  },
  sh: {
    place: "the file that ENV names, for dash and ksh",
    line: 'eval "$(kops-mfa init sh)"',
    file: "kops-mfa.sh",
    wrap: byName,
  },
  fish: {
    place: "~/.config/fish/config.fish",
    line: "kops-mfa init fish | source",
    file: "kops-mfa.fish",
    wrap: byName,
  },
  powershell: {
    place: "$PROFILE of PowerShell",
    line: "Invoke-Expression (& kops-mfa init powershell | Out-String)",
    file: "kops-mfa.ps1",
    wrap: byName,
  },
  tcsh: {
    place: "~/.tcshrc",
    // Backquotes would make one line of the file.
    line: "kops-mfa init tcsh --output ~/.kops-mfa.tcsh && source ~/.kops-mfa.tcsh",
    file: "kops-mfa.tcsh",
    wrap: byName,
  },
  nushell: {
    place: "config.nu",
    // `source` reads its file before the first line runs; these directories are read after config.nu.
    line: "mkdir $nu.user-autoload-dirs.0; kops-mfa init nushell --output ($nu.user-autoload-dirs.0 | path join kops-mfa.nu)",
    file: "kops-mfa.nu",
    wrap: (names) => names.map(nushellWrapper).join(""),
  },
  elvish: {
    place: "~/.config/elvish/rc.elv",
    line: "eval (kops-mfa init elvish | slurp)",
    file: "kops-mfa.elv",
    wrap: (names) => `__kops_mfa_wrap [${names.map((n) => `&${n}=(resolve ${n})`).join(" ")}]\n`,
  },
  xonsh: {
    place: "~/.xonshrc",
    line: 'execx(__import__("subprocess").check_output(["kops-mfa", "init", "xonsh"], text=True))',
    file: "kops-mfa.xsh",
    wrap: (names) => `__kops_mfa_wrap(${names.map((name) => `"${name}"`).join(", ")})\n`,
  },
};

/** nushell defines no command under a name that it computes. */
function nushellWrapper(name: string): string {
  return `def --env --wrapped "${name}" [...words: string] { ^"${name}" ...(__kops_mfa_fresh (metadata $words).span; $words) }\n`;
}
