import {
  commandGroups,
  generalOptions,
  nameOf,
  optionForm,
  optionGroups,
  optionNames,
  ownTitle,
  usageLine,
  wordVariables,
  type CommandDefinition,
  type OptionGroup,
} from "../cli/help-sections.ts";
import { about, sentence, shellLines } from "../cli/help.ts";
import { settingKeys } from "../config/settings.ts";
import { bold, entry, line, section, subsection, typed, verbatim } from "./roff.ts";
import { awsVariables, carriedVariables, optionVariables, ownVariables } from "./variables.ts";

interface Edition {
  readonly version: string;
  /** When the page last changed: `2026-01-02`. */
  readonly date: string;
}

/** The manual page in man(7), of the same table as help and completions. */
export function manualPage(definitions: readonly CommandDefinition[], edition: Edition): string {
  const parts = [
    ".\\\" Made from the program's table of commands by `npm run man`: change src/generate, not this.",
    `.TH KOPS\\-MFA 1 ${edition.date} "kops\\-mfa ${edition.version}" "User Commands"`,
    ".nh",
    ".ad l",
    section("NAME"),
    line("kops-mfa - one MFA code, and the shell you are in can run kops"),
    ...synopsis(definitions),
    ...description(),
    ...commands(definitions),
    ...options(definitions),
    ...environment(definitions),
    ...files(),
    ...exitStatus(),
    ...examples(definitions),
    ...security(),
    ...seeAlso(),
  ];
  return `${parts.join("\n")}\n`;
}

function synopsis(definitions: readonly CommandDefinition[]): readonly string[] {
  const lines = [
    ...definitions.map(usageLine),
    "kops-mfa [OPTIONS] KOPS-COMMAND...",
    "kops-mfa [OPTIONS] -- KOPS-COMMAND...",
  ];
  const typedLines = lines.map((one) => line(...typed(one)));
  return [section("SYNOPSIS"), ".nf", ...typedLines, ".fi"];
}

function description(): readonly string[] {
  return [
    section("DESCRIPTION"),
    line(flowing(about)),
    line(
      "It reads the AWS profiles that are there, asks for the code on the terminal, assumes the role, keeps the session, and prints the lines that a shell evaluates. The first time, ",
    ),
    line(bold("kops-mfa setup"), " writes the profile. In a shell, this puts a session into it:"),
    ...shellLines.map(([shell, text]) => entry([shell], line(bold(text)))),
    ".PP",
    line(
      "With the line of ",
      bold("kops-mfa init"),
      " in its start-up file, ",
      bold("kops-mfa use"),
      " and ",
      bold("kops-mfa off"),
      " do in any of them. For a command of kops, ",
      bold("kops-mfa"),
      " stands in front of it; any other command goes after ",
      bold("kops-mfa exec --"),
      ".",
    ),
  ];
}

function commands(definitions: readonly CommandDefinition[]): readonly string[] {
  const groups = commandGroups(definitions).flatMap((group) => [
    subsection(group.title),
    ...group.definitions.map(({ path, description: words = "", details }) =>
      entry(
        [bold(nameOf(path))],
        line(sentence(words)),
        ...paragraphs(details).map((text) => line(text)),
      ),
    ),
    ...group.besides.map(([name, words]) => entry(typed(name), line(sentence(words)))),
  ]);
  return [section("COMMANDS"), ...groups];
}

/** Options that several commands have in the same words stand there once. */
function options(definitions: readonly CommandDefinition[]): readonly string[] {
  const grouped = definitions.map(({ path, options: own }) => ({
    name: nameOf(path),
    groups: optionGroups(nameOf(path), own),
  }));
  const shared = sharedGroups(grouped.flatMap(({ groups }) => groups));
  const isShared = (group: OptionGroup) => shared.some((one) => isSame(one, group));
  const common = shared.flatMap((group) => {
    const names = grouped.filter((one) => one.groups.some((own) => isSame(own, group)));
    const of = `${group.title} (${names.map(({ name }) => name).join(", ")})`;
    return [subsection(of), ...entries(group)];
  });
  const special = grouped.flatMap(({ name, groups }) => {
    const own = groups.filter((group) => !isShared(group));
    return own.length === 0 ? [] : [subsection(`Of ${name}`), ...own.flatMap(entries)];
  });
  const general = generalOptions.map(([name, words]) => entry(typed(name), line(words)));
  return [section("OPTIONS"), ...general, ...common, ...special];
}

function entries({ options: own }: OptionGroup): readonly string[] {
  return own.map(({ definition, description: words = "" }) =>
    entry(typed(optionForm(definition)), line(words.trim())),
  );
}

function sharedGroups(groups: readonly OptionGroup[]): readonly OptionGroup[] {
  const counts = (group: OptionGroup) => groups.filter((one) => isSame(one, group)).length;
  const isFirst = (group: OptionGroup, index: number) =>
    groups.findIndex((one) => isSame(one, group)) === index;
  return groups.filter(
    (group, index) => group.title !== ownTitle && counts(group) > 1 && isFirst(group, index),
  );
}

function isSame(one: OptionGroup, other: OptionGroup): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function environment(definitions: readonly CommandDefinition[]): readonly string[] {
  const own = definitions.find(({ path }) => nameOf(path) === "env")?.options ?? [];
  const wordsOf = (name: string) =>
    own.find(({ definition }) => optionNames(definition).includes(name))?.description ?? "";
  return [
    section("ENVIRONMENT"),
    subsection("Instead of an option, which wins"),
    ...optionVariables.map(([option, names]) =>
      entry([bold(names.join(", "))], line(bold(option), `: ${wordsOf(option).trim()}`)),
    ),
    subsection("Without an option"),
    ...ownVariables.map(([name, words]) => entry([bold(name)], line(words))),
    subsection("How words look"),
    ...wordVariables.map(([name, words]) => entry([bold(name)], line(words))),
    ".PP",
    line(
      "What takes over a second is shown on a terminal by a sign that turns; not where ",
      bold("CI"),
      " is set, and with KOPS_MFA_PLAIN in one line.",
    ),
    subsection("As the AWS CLI reads them"),
    line(bold(awsVariables.join(", ")), "."),
    subsection("Set with the session"),
    line(
      "The variables of AWS with the session's keys, its region and its end; KOPS_MFA_PROFILE; KOPS_STATE_STORE and KOPS_CLUSTER_NAME, where the settings say them; and:",
    ),
    ...carriedVariables.map(([name, words]) => entry([bold(name)], line(words))),
  ];
}

function files(): readonly string[] {
  return [
    section("FILES"),
    entry(
      [bold("~/.aws/config, ~/.aws/credentials")],
      line("The profiles, as the AWS CLI has them."),
    ),
    entry(
      [bold("~/.config/kops-mfa/config.ini")],
      line(
        "Settings of your own, by profile, and in [defaults] for all ($XDG_CONFIG_HOME/kops-mfa/config.ini; on macOS in ~/Library/Application Support/kops-mfa, on Windows in %APPDATA%\\kops-mfa): ",
      ),
      line(bold(settingKeys.join(", ")), "."),
    ),
    entry(
      [bold("~/.cache/kops-mfa")],
      line(
        "The sessions, readable by nobody else ($XDG_CACHE_HOME/kops-mfa; on macOS ~/Library/Caches/kops-mfa, on Windows %LOCALAPPDATA%\\kops-mfa\\Cache).",
      ),
    ),
  ];
}

const exitCodes: readonly (readonly [string, string])[] = [
  ["0", "Done; for status: there is a session."],
  ["1", "It failed; standard error says why, and what to do."],
  ["2", "The command line is wrong."],
  ["126, 127", "The program could not be started, or was not found."],
  ["130", "Ctrl-C at the prompt."],
];

function exitStatus(): readonly string[] {
  return [
    section("EXIT STATUS"),
    line("kops and the command of exec end with their own code. Else:"),
    ...exitCodes.map(([code, words]) => entry([bold(code)], line(words))),
  ];
}

function examples(definitions: readonly CommandDefinition[]): readonly string[] {
  const shown = definitions.flatMap(({ path, examples: own = [] }) => [
    subsection(nameOf(path)),
    ...own
      .flatMap(([what, text]) => [
        line(what.trim().replace(/(?<!\?)$/, ":")),
        verbatim([text.trim()]),
        ".PP",
      ])
      .slice(0, -1),
  ]);
  return [section("EXAMPLES"), ...shown];
}

function security(): readonly string[] {
  return [
    section("SECURITY"),
    line(
      "Sessions are temporary credentials: they are kept in a directory of mode 0700, in files of mode 0600, or in the system's keyring, and ",
    ),
    line(
      bold("kops-mfa logout"),
      " deletes them. Of a code only a slow hash is kept; no long-lived key is.",
    ),
    ".PP",
    line(
      "The code is read from the terminal and not shown. What is given with ",
      bold("--token-code"),
      " is visible in the list of processes; ",
      bold("KOPS_MFA_TOKEN_CODE"),
      " is not. Whatever runs in a shell with a session in it can use that session.",
    ),
    ".PP",
    line(
      "What is printed to be evaluated is quoted for its shell. Text of files and servers cannot control the terminal.",
    ),
  ];
}

function seeAlso(): readonly string[] {
  return [
    section("SEE ALSO"),
    line(bold("aws"), "(1), ", bold("kops"), "(1), ", bold("kubectl"), "(1)"),
    ".PP",
    line("https://kops.sigs.k8s.io/"),
  ];
}

function paragraphs(details: string | undefined): readonly string[] {
  return (details ?? "")
    .split(/\n\s*\n/)
    .map(flowing)
    .filter((text) => text !== "");
}

function flowing(text: string): string {
  return text.trim().replaceAll(/\s+/g, " ");
}
