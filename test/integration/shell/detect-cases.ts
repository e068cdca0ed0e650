import type { ShellName } from "../../../src/shell/dialects/registry.ts";
import type { AnyShell } from "../../support/shells.ts";

/** What is typed into a shell to start the program `./detect`, and the dialect that it is to find. */
interface DetectionCase {
  readonly shell: AnyShell;
  readonly expected: ShellName;
  readonly substitution: string;
  readonly pipe: string;
  readonly first: (program: string) => string;
}

/** Without a second command some shells would not start a process for the first. */
const first = (program: string): string => `${program}; ./detect > rest`;

const posix = { substitution: 'x=$(./detect); echo "$x"', pipe: "./detect | cat; :", first };

export const cases: readonly DetectionCase[] = [
  { shell: "bash", expected: "bash", ...posix },
  { shell: "zsh", expected: "zsh", ...posix },
  { shell: "dash", expected: "sh", ...posix },
  { shell: "ksh", expected: "sh", ...posix },
  {
    shell: "fish",
    expected: "fish",
    substitution: "set x (./detect); echo $x",
    pipe: "./detect | cat",
    first,
  },
  {
    shell: "powershell",
    expected: "powershell",
    substitution: '$x = "$(./detect)"; $x',
    pipe: "./detect | Out-String | Write-Output",
    first,
  },
  {
    shell: "tcsh",
    expected: "tcsh",
    substitution: "set x = `./detect`; echo $x",
    pipe: "./detect | cat; :",
    first,
  },
  {
    shell: "nushell",
    expected: "nushell",
    substitution: "let x = (./detect); print $x",
    pipe: "./detect | cat",
    first: (program) => `${program}; ./detect | save --force rest`,
  },
  {
    shell: "elvish",
    expected: "elvish",
    substitution: "var x = (./detect); echo $x",
    pipe: "./detect | cat",
    first,
  },
  {
    shell: "xonsh",
    expected: "xonsh",
    substitution: "x = $(./detect); print(x)",
    pipe: "./detect | cat",
    first,
  },
];
