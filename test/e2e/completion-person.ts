import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { findShell, shellArguments, type AnyShell } from "../support/shells.ts";
import { Person, program, runProgram, type Result } from "./person.ts";
import { TestTerminal } from "./terminal.ts";

/** Names as a malicious checkout could have them, each with a beginning of its own; `touch pwned` must never run. */
export const hostileProfiles: readonly string[] = [
  "xa team of mine",
  `xb it's "quoted"`,
  "xc$(touch pwned)",
  "xd`touch pwned`",
  "xe&touch pwned|touch pwned>pwned<pwned",
  "xf\\slash!!!",
  "xg*?[a]{b,c}~",
  "xh-zürich-日本",
  "xi%s%n^=ls",
  "xj(touch pwned)",
  `xk$HOME"$HOME"\${HOME}`,
  "xl\u2019 $(touch pwned) \u2018",
  "xm:a=b:c",
];

/** What kops's own completion prints; the calls of it are in `kops-calls`. */
const standInKops = `#!/bin/sh
echo "$*" >> "$HOME/kops-calls"
if ( : </dev/tty ) 2>/dev/null; then echo "a terminal" >> "$HOME/kops-calls"; fi
echo 'Completion ended with directive: ShellCompDirectiveNoFileComp' >&2
[ "$1" = __complete ] && shift || exit 3
case $* in
  'get clu') printf 'clusters\\tlist clusters\\n:4\\n' ;;
  'get clusters xz') printf 'xz; touch pwned; $(touch pwned)\\n:4\\n' ;;
  'get clusters --name=t') printf 'two.example.com\\n:4\\n' ;;
  'get clusters open') printf 'open-\\n:6\\n' ;;
  '--sta') printf -- '--state\\twhere clusters are\\n:4\\n' ;;
  'create -f on') printf 'yaml\\n:8\\n' ;;
  'get wrong '*) printf 'x\\n:1\\n' ;;
esac
`;

/** Runs the program where a completion or the integration asks; the rest is written down, a word a line. */
const recorder = `#!/bin/sh
case \${1-} in
  __* | completions | init) exec '${process.execPath}' '${program}' "$@" ;;
esac
for word in "$@"; do printf '%s\\n' "$word"; done >> "$HOME/ran"
echo 'that was it' >> "$HOME/ran"
`;

/** A person whose `kops-mfa` writes down what it is called with, in an empty directory, with hostile profiles. */
export async function completingPerson(): Promise<Person> {
  const person = await Person.arrive();
  const sections = hostileProfiles.map((name) => `[profile ${name}]\n`).join("");
  person.write(".aws/config", `${sections}[profile prod]\n[profile my staging]\nbroken line\n`);
  mkdirSync(person.path(".config/kops-mfa"), { recursive: true });
  person.write(".config/kops-mfa/config.ini", "[staging]\n");
  rmSync(person.path("bin/kops-mfa"));
  person.write("bin/kops-mfa", recorder, 0o700);
  person.write("bin/kops", standInKops, 0o700);
  mkdirSync(person.path("without-kops"));
  person.write("without-kops/kops-mfa", recorder, 0o700);
  person.write("bin/kops-mfa-test-command", "#!/bin/sh\n", 0o700);
  mkdirSync(person.path("work"));
  person.write("work/one.yaml", "");
  person.write("work/one.txt", "");
  return person;
}

/** The line that the documentation has for a shell's start-up file. */
export function documentedLine(shell: string): string {
  const [, section = ""] = readFileSync("docs/completions.md", "utf8").split("\n## Completions\n");
  const [, line] =
    new RegExp(String.raw`^\| ${shell} .*\| \x60([^\x60]+)\x60 +\|$`, "m").exec(section) ?? [];
  if (line === undefined) throw new Error(`the documentation has no line for ${shell}`);
  return line.replaceAll("\\|", "|");
}

/** The command lines that were run since the file was last emptied. */
function ranLines(person: Person): readonly (readonly string[])[] {
  const text = existsSync(person.path("ran")) ? readFileSync(person.path("ran"), "utf8") : "";
  return text
    .split("that was it\n")
    .slice(0, -1)
    .map((line) => line.split("\n").slice(0, -1));
}

/** Runs a script in a shell, in the empty directory. */
export function inShell(
  person: Person,
  shell: AnyShell,
  script: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Result> {
  const file = findShell(shell);
  if (file === null) throw new Error(`${shell} is not installed`);
  const there = ["-c", 'cd "$HOME/work" && exec "$@"', "sh"];
  return runProgram("/bin/sh", [...there, file, ...shellArguments(shell, script)], {
    ...person.env,
    LANG: "C.UTF-8",
    ...env,
  });
}

/** Types lines, each ending in a Tab, into an interactive shell, after a line that prints `ready`; the command lines that were run for them. */
export async function typeLines(
  person: Person,
  file: string,
  args: readonly string[],
  load: string,
  lines: readonly string[],
): Promise<{ readonly ran: readonly (readonly string[])[]; readonly screen: string }> {
  rmSync(person.path("ran"), { force: true });
  const terminal = new TestTerminal(file, args, { ...person.env, LANG: "C.UTF-8", PS1: "$ " });
  const answering = answerCursorQueries(terminal);
  try {
    terminal.type(`cd ${person.path("work")}; ${load}\r`);
    await terminal.shows("ready", 1);
    for (const [index, line] of lines.entries()) {
      terminal.type(`${line}\t`);
      // Where the first only takes what is offered, the second runs the line.
      terminal.type("\r\r");
      for (let tries = 0; ranLines(person).length <= index && tries < 400; tries++) await sleep(25);
      if (ranLines(person).length <= index) break;
    }
    return { ran: ranLines(person), screen: terminal.screen };
  } finally {
    clearInterval(answering);
    terminal.kill("SIGKILL");
  }
}

/** Some editors ask the terminal where the cursor is, and wait. */
function answerCursorQueries(terminal: TestTerminal): NodeJS.Timeout {
  let answered = 0;
  return setInterval(() => {
    for (
      const asked = terminal.screen.split("\u001b[6n").length - 1;
      answered < asked;
      answered++
    ) {
      terminal.type("\u001b[1;1R");
    }
  }, 20);
}
