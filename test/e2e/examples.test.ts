import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { commandDefinitions } from "../../src/app.ts";
import { kopsUser, kubeconfigOf } from "../support/kubeconfig/build.ts";
import { describeShell, findShell, shellArguments, type AnyShell } from "../support/shells.ts";
import { AwsCli, awsProgram, skipWithoutAws } from "./aws-cli.ts";
import { Person, runProgram } from "./person.ts";
import { StandIn } from "./stand-in.ts";
import { TestTerminal } from "./terminal.ts";

/** How an example is run, and what shows that it has worked. */
interface Row {
  /** The shell that it is for; bash where any will do. */
  readonly shell?: AnyShell;
  /** What makes the files that it needs. */
  readonly arrange?: () => unknown;
  /** Lines of the same shell before and after it. */
  readonly before?: string;
  readonly after?: string;
  readonly env?: () => Readonly<Record<string, string>>;
  /** What is typed where something is asked; without it there is no terminal. */
  readonly types?: (terminal: TestTerminal) => Promise<void>;
  /** What it prints, on either stream. */
  readonly shows: RegExp;
}

let person: Person;
beforeAll(async () => {
  person = await Person.arrive();
  for (const name of ["kops", "terraform", "kubectl"]) new StandIn(person, name);
});
afterAll(() => person.leave());
beforeEach(() => {
  person.forget();
  rmSync(person.path("starts"), { force: true });
});

const showKey = 'node -p "process.env.AWS_ACCESS_KEY_ID"';
const carries: Pick<Row, "after" | "shows"> = {
  after: showKey,
  shows: /(?:^|=|\n)ASIA[A-Z0-9]{16}\n/,
};
const login = "kops-mfa login prod";
/** A stand-in's note of its start, with those words and a session. */
const ran = (...words: readonly string[]): RegExp =>
  new RegExp(`"argv":\\[${words.map((word) => `"${word}"`).join(",")}\\].*"AWS_SESSION_TOKEN":`);
const starts = "cat starts";
const kubeconfig = () => {
  mkdirSync(person.path(".kube"), { recursive: true });
  person.write(".kube/config", kubeconfigOf(kopsUser()));
};
const yes = async (terminal: TestTerminal) => {
  await terminal.shows("[y/N]");
  terminal.type("y\r");
};
const state = () => ({ KOPS_STATE_STORE: "s3://clusters.example.com" });
/** Somebody who has run `aws configure`, and nothing else. */
const newcomer = () => {
  const [section = ""] = readFileSync(person.path(".aws/credentials"), "utf8").split("\n\n");
  person.write("new-credentials", `${section}\n`);
  person.write("new-config", "[default]\nregion = eu-west-1\n");
};
const newcomersFiles = () => ({
  AWS_CONFIG_FILE: person.path("new-config"),
  AWS_SHARED_CREDENTIALS_FILE: person.path("new-credentials"),
  AWS_ENDPOINT_URL_IAM: person.sandbox.url,
  AWS_PROFILE: "",
});
const loaded: Pick<Row, "after" | "shows"> = {
  after: "kops-mfa off",
  shows: /this shell carries no session/,
};

const rows: Readonly<Record<string, Row>> = {
  'eval "$(kops-mfa env)"': carries,
  "kops-mfa env --shell fish | source": { shell: "fish", ...carries },
  "kops-mfa env --shell powershell | Out-String | Invoke-Expression": {
    ...{ shell: "powershell", ...carries },
  },
  "kops-mfa env --format dotenv --output .env": {
    ...{ after: "cat .env", shows: /^AWS_SESSION_TOKEN=/m },
  },
  'kops-mfa env --format github >> "$GITHUB_ENV"': {
    env: () => ({ GITHUB_ENV: person.path("github") }),
    ...{ after: 'cat "$GITHUB_ENV"', shows: /^AWS_SESSION_TOKEN=/m },
  },
  'eval "$(kops-mfa env prod --duration 2h)"': carries,
  'eval "$(kops-mfa env --unset)"': {
    ...{ before: 'eval "$(kops-mfa env)"', after: showKey, shows: /^undefined$/m },
  },
  "kops-mfa exec -- terraform plan": { after: starts, shows: ran("plan") },
  "kops-mfa exec prod -- kubectl get nodes": { after: starts, shows: ran("get", "nodes") },
  "kops-mfa exec --server -- ./migrate": {
    arrange: () =>
      person.write("migrate", '#!/bin/sh\necho "by $AWS_CONTAINER_CREDENTIALS_FULL_URI"\n', 0o700),
    shows: /^by http:\/\/127\.0\.0\.1:\d+/m,
  },
  "kops-mfa exec --no-prompt -- ./nightly": {
    arrange: () => person.write("nightly", '#!/bin/sh\necho "$AWS_ACCESS_KEY_ID"\n', 0o700),
    ...{ before: login, shows: /^ASIA/m },
  },
  "kops-mfa login prod": { shows: /session of \S+kops-admin\/jon: .* left/ },
  "kops-mfa logout": { before: login, shows: /2 sessions forgotten/ },
  "kops-mfa logout prod": { before: login, shows: /2 sessions forgotten/ },
  "kops-mfa status": { before: login, shows: /^session +\d+ min left|^session +1 h left/m },
  "kops-mfa status prod --json": { before: login, shows: /"seconds_left": [1-9]/ },
  "kops-mfa explain prod": { shows: /^role +arn:.*kops-admin/m },
  "kops-mfa explain prod --json": { shows: /"way": "/ },
  "kops-mfa doctor": { before: login, shows: /^ok +session +.* left$/m },
  "kops-mfa doctor prod --login": { shows: /^ok +session +.* left$/m },
  "kops-mfa doctor prod --json": { before: login, shows: /"check": "session",\n +"status": "ok"/ },
  "kops-mfa kubeconfig": {
    ...{ arrange: kubeconfig, types: yes, after: "cat .kube/config", shows: /command: kops-mfa/ },
  },
  "kops-mfa kubeconfig one.example.com -p prod": {
    ...{ arrange: kubeconfig, types: yes, after: "cat .kube/config", shows: /command: kops-mfa/ },
  },
  "kops-mfa kubeconfig --all --yes": {
    ...{ arrange: kubeconfig, after: "cat .kube/config", shows: /command: kops-mfa/ },
  },
  "kops-mfa kubeconfig --undo": {
    ...{ arrange: kubeconfig, before: "kops-mfa kubeconfig --yes", types: yes },
    ...{ after: "cat .kube/config", shows: /command: kops\r?\n/ },
  },
  "kops-mfa policy --state-store s3://clusters.example.com --account 222222222222": {
    shows: /"aws:MultiFactorAuthPresent"/,
  },
  "kops-mfa policy prod --user jon --user mei --format script > role.sh": {
    ...{ env: state, after: "bash -n role.sh && cat role.sh", shows: /^permissions_policy=/m },
  },
  "kops-mfa policy prod --user-account 111111111111 --group operators --format terraform > role.tf":
    {
      ...{ env: state, after: "cat role.tf", shows: /resource "aws_iam_role"/ },
    },
  "kops-mfa policy prod --bucket-policy --cluster one.example.com": {
    ...{ env: state, shows: /"Effect": "Deny"/ },
  },
  'eval "$(kops-mfa init bash)"': loaded,
  'eval "$(kops-mfa init zsh)"': { shell: "zsh", ...loaded },
  'eval "$(kops-mfa init sh)"': { shell: "dash", ...loaded },
  "kops-mfa init fish | source": { shell: "fish", ...loaded },
  "Invoke-Expression (& kops-mfa init powershell | Out-String)": { shell: "powershell", ...loaded },
  "kops-mfa init tcsh --output ~/.kops-mfa.tcsh && source ~/.kops-mfa.tcsh": {
    shell: "tcsh",
    ...loaded,
  },
  "mkdir $nu.user-autoload-dirs.0; kops-mfa init nushell --output ($nu.user-autoload-dirs.0 | path join kops-mfa.nu)":
    {
      shell: "nushell",
      after: "open --raw ($nu.user-autoload-dirs.0 | path join kops-mfa.nu)",
      shows: /^(export )?def --env/m,
    },
  "eval (kops-mfa init elvish | slurp)": { shell: "elvish", after: "echo done", shows: /^done$/m },
  'execx(__import__("subprocess").check_output(["kops-mfa", "init", "xonsh"], text=True))': {
    shell: "xonsh",
    ...loaded,
    // In a line that is not typed the word is the program.
    after: "__kops_mfa off",
  },
  'eval "$(kops-mfa completions bash)"': {
    ...{ after: "complete -p kops-mfa", shows: /^complete -F \S+ kops-mfa$/m },
  },
  'eval "$(kops-mfa completions zsh)"': {
    ...{ shell: "zsh", before: "autoload -Uz compinit; compinit -u -D" },
    ...{ after: "echo $_comps[kops-mfa]", shows: /^_kops-mfa$/m },
  },
  "kops-mfa completions fish | source": {
    ...{ shell: "fish", after: 'complete -C "kops-mfa sta"', shows: /^status/m },
  },
  "Invoke-Expression (& kops-mfa completions powershell | Out-String)": {
    shell: "powershell",
    after:
      "[System.Management.Automation.CommandCompletion]::CompleteInput('kops-mfa sta', 12, $null).CompletionMatches.CompletionText",
    shows: /^status/m,
  },
  "source kops-mfa.nu": {
    shell: "nushell",
    arrange: async () =>
      person.write("kops-mfa.nu", (await person.run(["completions", "nushell"])).stdout),
    ...{ after: "echo done", shows: /^done$/m },
  },
  "eval (kops-mfa completions elvish | slurp)": {
    shell: "elvish",
    after: "echo done",
    shows: /^done$/m,
  },
  "kops-mfa setup": {
    ...{
      arrange: newcomer,
      env: newcomersFiles,
      after: "cat ~/new-config",
      shows: /^mfa_serial = arn:/m,
    },
    types: async (terminal) => {
      await terminal.shows("Profile [kops]:");
      terminal.type("\r");
      await terminal.shows("Role [none]:");
      terminal.type("arn:aws:iam::222222222222:role/kops-admin\r");
      for (const question of [
        "Region [eu-west-1]:",
        "State store [none]:",
        "Cluster [none]:",
        "Use kops then? [Y/n]",
        "Write this? [Y/n/c]",
      ]) {
        await terminal.shows(question);
        terminal.type("\r");
      }
      await terminal.shows("Add it? [y/N]");
      terminal.type("\r");
    },
  },
  "kops-mfa setup --yes --profile prod --role-arn kops-admin --token-code 123456": {
    ...{
      arrange: newcomer,
      env: newcomersFiles,
      after: "cat ~/new-config",
      shows: /^\[profile prod\]$/m,
    },
  },
  "kops-mfa setup --yes --dry-run": {
    ...{ arrange: newcomer, env: newcomersFiles, shows: /nothing was written/ },
  },
};

/** What everybody has to put in for what the example has. */
function filledIn(line: string): string {
  return line
    .replace("123456", person.code())
    .replace("--role-arn kops-admin", "--role-arn arn:aws:iam::222222222222:role/kops-admin");
}

async function run(line: string, row: Row): Promise<{ exitCode: number | null; text: string }> {
  const { shell = "bash", before = "", after = "", types } = row;
  await row.arrange?.();
  const file = findShell(shell) ?? "";
  const script = [before, filledIn(line), after].filter((text) => text !== "").join("\n");
  const env = {
    ...person.env,
    LANG: "C",
    AWS_PROFILE: "prod",
    KOPS_MFA_TOKEN_CODE: person.code(),
    ...row.env?.(),
  };
  const args = shellArguments(shell, script);
  const inHome = ["-c", 'cd "$HOME" && exec "$@"', "sh", file, ...args];
  if (!types) {
    const { exitCode, stdout, stderr } = await runProgram("sh", inHome, env);
    return { exitCode, text: `${stdout}${stderr}` };
  }
  const terminal = new TestTerminal("sh", inHome, env);
  await types(terminal);
  return { exitCode: await terminal.ends(), text: terminal.visible };
}

const examples = commandDefinitions().flatMap(({ path, examples: own = [] }) =>
  own.map(([, line]) => ({ path, line: line.trim() })),
);
/** No line of a shell, but of ~/.aws/config. */
const configLine = "credential_process = kops-mfa credential-process --profile prod";

test("every example has a row here, and every row is an example", () => {
  const lines = examples.map(({ line }) => line);
  expect(lines.toSorted()).toEqual([...Object.keys(rows), configLine].toSorted());
});

const shells = new Set(Object.values(rows).map(({ shell = "bash" }) => shell));
describe.each([...shells])("the examples for %s", (shell) => {
  describeShell(shell, () => {
    const own = Object.entries(rows).filter(([, row]) => (row.shell ?? "bash") === shell);
    test.for(own)("%s", async ([line, row]) => {
      const { exitCode, text } = await run(line, row);
      expect(text).toMatch(row.shows);
      expect(exitCode, text).toBe(0);
    });
  });
});

test.skipIf(skipWithoutAws)(configLine, async () => {
  const config = `${readFileSync(person.path(".aws/config"), "utf8")}[profile prod-kops]\n${configLine}\n`;
  const env = {
    ...{ ...new AwsCli(person).env, PATH: person.env["PATH"] ?? "" },
    ...{
      AWS_CONFIG_FILE: person.write("with-process", config),
      KOPS_MFA_TOKEN_CODE: person.code(),
    },
  };
  const words = ["--profile", "prod-kops", "sts", "get-caller-identity"];
  const { stdout, stderr } = await runProgram(awsProgram, words, env);
  expect(stdout, stderr).toContain("assumed-role/kops-admin/jon");
});
