import type { Dialect } from "../../src/shell/dialect.ts";
import { elvish } from "../../src/shell/elvish.ts";
import { fish } from "../../src/shell/fish.ts";
import { nushell } from "../../src/shell/nushell.ts";
import { bash, sh, zsh } from "../../src/shell/posix.ts";
import { powershell } from "../../src/shell/powershell.ts";
import { tcsh } from "../../src/shell/tcsh.ts";
import { xonsh } from "../../src/shell/xonsh.ts";
import type { AnyShell } from "../shells.ts";
import type { Variant } from "./round-trip.ts";

const plain: Variant = { title: "as it is" };
const strict: Variant = { title: "errexit, nounset", args: ["-eu"] };
const ascii: Variant = { title: "LC_ALL=C", env: { LC_ALL: "C" } };
const utf8: Variant = { title: "LC_ALL=C.UTF-8", env: { LC_ALL: "C.UTF-8" } };
const afterFailure: Variant = { title: "after a failure", before: "false" };

const option = (name: string): Variant => ({ title: name, args: ["-o", name] });
const typed = (before: string): Variant => ({ title: before, before });
const line = (title: string, evaluate: Variant["evaluate"] & object): Variant => ({
  title,
  evaluate,
});

/** Each shell, what is rendered for it, and what may be switched on in it. */
export const variants: readonly (readonly [AnyShell, Dialect, readonly Variant[]])[] = [
  [
    "bash",
    bash,
    [
      plain,
      { title: "errexit, nounset, pipefail", args: ["-eu", "-o", "pipefail"] },
      { title: "--posix", args: ["--posix"] },
      { title: "history expansion", args: ["-H"] },
      line("from a file", (command) => `${command} > code; . ./code`),
      ascii,
    ],
  ],
  [
    "zsh",
    zsh,
    [
      plain,
      strict,
      ...["EXTENDED_GLOB", "SH_WORD_SPLIT", "RC_QUOTES", "MAGIC_EQUAL_SUBST"].map(option),
      option("KSH_ARRAYS"),
      { title: "interactive", args: ["-i"] },
      { title: "as sh", before: "emulate sh" },
      ascii,
    ],
  ],
  ["dash", sh, [plain, strict, ascii]],
  ["ksh", sh, [plain, strict, ascii]],
  [
    "fish",
    fish,
    [
      plain,
      line("psub", (command) => `source (${command} | psub)`),
      line("string collect", (command) => `eval (${command} | string collect)`),
      afterFailure,
      ascii,
    ],
  ],
  [
    "powershell",
    powershell,
    [
      plain,
      {
        title: "strict mode, stop at errors",
        before: "Set-StrictMode -Version Latest; $ErrorActionPreference = 'Stop'",
      },
    ],
  ],
  [
    "tcsh",
    tcsh,
    [
      plain,
      { title: "errexit", args: ["-e"] },
      ...["set backslash_quote", "unset csubstnonl", "set noglob", "set nonomatch"].map(typed),
      ...["set histchars = '=+'", "set histchars = ',;'", "set histchars = ''"].map(typed),
      afterFailure,
      ascii,
      utf8,
    ],
  ],
  [
    "nushell",
    nushell,
    [
      plain,
      line("in a command", (command) => `def --env f [] { ${nushell.evaluate(command)} }; f`),
      ascii,
    ],
  ],
  [
    "elvish",
    elvish,
    [
      plain,
      line("in a function", (command) => `fn f { ${elvish.evaluate(command)} }; f`),
      ascii,
    ],
  ],
  [
    "xonsh",
    xonsh,
    [
      plain,
      typed("$RAISE_SUBPROC_ERROR = True"),
      typed("$XONSH_STORE_STDOUT = True"),
      ascii,
      utf8,
    ],
  ],
];
