import type { Dialect } from "../../../src/shell/dialects/dialect.ts";
import { elvish } from "../../../src/shell/dialects/elvish.ts";
import { fish } from "../../../src/shell/dialects/fish.ts";
import { nushell } from "../../../src/shell/dialects/nushell.ts";
import { bash, sh, zsh } from "../../../src/shell/dialects/posix.ts";
import { powershell } from "../../../src/shell/dialects/powershell.ts";
import { tcsh } from "../../../src/shell/dialects/tcsh.ts";
import { xonsh } from "../../../src/shell/dialects/xonsh.ts";
import type { AnyShell } from "../../support/shells.ts";
import type { Variant } from "./round-trip.ts";

const plain: Variant = { title: "as it is" };
const strict: Variant = { title: "errexit, nounset", args: ["-eu"] };
const ascii: Variant = { title: "LC_ALL=C", env: { LC_ALL: "C" } };
const locale = process.platform === "darwin" ? "en_US.UTF-8" : "C.UTF-8";
const utf8: Variant = { title: "UTF-8", env: { LC_ALL: locale } };

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
      { title: "after a failure", before: "false" },
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
      { ...utf8, title: "after a failure", before: "false" },
      { ...utf8, title: "options of quoting", before: "set backslash_quote; unset csubstnonl" },
      // Signs of history that every token has; none of them is `!` any more.
      { ...utf8, title: "errexit, histchars", args: ["-e"], before: "set histchars = '=/'" },
      // In that locale, tcsh 6.24 loses bytes of other characters once it has read 4 KB.
      { ...ascii, before: "set noglob nonomatch", carries: (value) => /^[\0-\x7f]*$/.test(value) },
    ],
  ],
  [
    "nushell",
    nushell,
    [plain, line("in a block", (command) => `do --env { ${nushell.evaluate(command)} }`), ascii],
  ],
  [
    "elvish",
    elvish,
    [plain, line("in a function", (command) => `fn f { ${elvish.evaluate(command)} }; f`), ascii],
  ],
  [
    "xonsh",
    xonsh,
    [plain, typed("$RAISE_SUBPROC_ERROR = True"), typed("$XONSH_STORE_STDOUT = True"), ascii, utf8],
  ],
];
