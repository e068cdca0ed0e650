import { readFileSync } from "node:fs";
import { parse as parseHcl } from "@cdktn/hcl2json";
import { parse as parseToml } from "smol-toml";
import { parse as parseYaml } from "yaml";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { documents, readDocument, type Block } from "../support/docs/documents.ts";
import { describeShell, type AnyShell } from "../support/shells.ts";
import { patternOf, Reader } from "./reader.ts";

let reader: Reader;
beforeAll(async () => {
  reader = await Reader.arrive();
});
afterAll(() => reader.person.leave());

const profile = { AWS_PROFILE: "prod" };

/** A block of commands that has to succeed. */
async function succeeds({ file, text }: Block, env: Readonly<Record<string, string>> = profile) {
  reader.opens(file);
  const { exitCode, screen } = await reader.types("bash", `set -e\n${text}`, env);
  expect(screen).not.toContain("kops-mfa: there");
  expect(exitCode, screen).toBe(0);
}

/** A dialogue: lines after `$ ` are typed, in one shell, and what follows each is shown. */
async function showsWhatItSays({ file, text }: Block, before = "") {
  reader.opens(file);
  if (!text.includes("MFA code of")) await reader.logsIn();
  const turns = text
    .split(/^\$ /m)
    .slice(1)
    .map((turn) => [turn.split("\n")[0] ?? "", turn.split("\n").slice(1).join("\n")] as const);
  const script = turns.map(([command]) => `printf '\\036'\n${command}`).join("\n");
  const { screen } = await reader.types("bash", `${before}\n${script}`);
  const shown = screen.split("\x1e").slice(1);
  expect(shown).toHaveLength(turns.length);
  for (const [index, [, expected]] of turns.entries()) {
    expect(shown[index]?.trimEnd()).toMatch(patternOf(expected.trimEnd()));
  }
}

/** Every profile of the file is one that the program can resolve. */
async function resolves({ file, text }: Block, variable: "AWS_CONFIG_FILE" | "KOPS_MFA_CONFIG") {
  reader.opens(file);
  const path = reader.person.write("documented.ini", text);
  reader.knows([...text.matchAll(/^profile +?= (.+)$/gm)].map(([, name = ""]) => name));
  const names = [...text.matchAll(/^\[(?:profile )?([^\]]+)\]/gm)].map(([, name = ""]) => name);
  expect(names).not.toEqual([]);
  for (const name of names.filter((one) => one !== "defaults")) {
    // Nobody's keyring is asked for a session.
    const env = { [variable]: path, KOPS_MFA_CACHE: "files" };
    const { exitCode, stderr } = await reader.person.run(["explain", name], { env });
    expect([name, exitCode, stderr]).toEqual([name, 0, ""]);
  }
}

/** Shows the prompt of a shell that carries a session, after what the block has set up. */
async function hasPrompt(shell: AnyShell, { file, text }: Block, print: string) {
  reader.opens(file);
  await reader.logsIn();
  const load = {
    bash: 'eval "$(kops-mfa init bash)"',
    zsh: 'eval "$(kops-mfa init zsh)"',
    fish: "kops-mfa init fish | source",
    powershell: "Invoke-Expression (& kops-mfa init powershell | Out-String)",
  }[shell as "bash"];
  const script = [load, "kops-mfa use prod", text, print].join("\n");
  // Only a fish that somebody types into has prompts.
  const options = shell === "fish" ? ["-i"] : [];
  const { screen } = await reader.types(shell, script, {}, options);
  expect(screen).toMatch(/prod (?:1h0m|\d\dm)/);
}

type Rule = (block: Block) => Promise<void> | void;

/** What is done with a block, by its info string. */
const rules: Readonly<Record<string, Rule>> = {
  sh: (block) => succeeds(block),
  // Without a profile.
  "sh variables": (block) =>
    succeeds(
      { ...block, text: `${block.text}\nkops-mfa status | grep "1 h 0 min left\\|59 min left"` },
      {},
    ),
  console: (block) => showsWhatItSays(block),
  "console integrated": (block) => showsWhatItSays(block, 'eval "$(kops-mfa init bash)"'),
  "bash wrap": (block) =>
    succeeds({
      ...block,
      text: `${block.text}\nkops-mfa use prod; test "$(type -t kops kubectl | uniq)" = function; kops get clusters`,
    }),
  "bash prompt": (block) => hasPrompt("bash", block, '__kops_mfa_prompt; echo "${PS1@P}"'),
  "zsh prompt": (block) => hasPrompt("zsh", block, '__kops_mfa_prompt; print -P "$PS1"'),
  "fish prompt": (block) => hasPrompt("fish", block, "emit fish_prompt; fish_prompt"),
  "powershell prompt": (block) => hasPrompt("powershell", block, "prompt"),
  "powershell segment": (block) =>
    hasPrompt("powershell", block, "Invoke-Starship-PreCommand; $env:KOPS_MFA_SEGMENT"),
  "zsh p10k": (block) => hasPrompt("zsh", block, 'p10k() { print -r -- "$@" }; prompt_kops_mfa'),
  "bash segment": (block) =>
    hasPrompt("bash", block, "__kops_mfa_prompt; printenv KOPS_MFA_SEGMENT"),
  "bash alias": (block) =>
    succeeds(
      {
        ...block,
        text: `shopt -s expand_aliases\n${block.text}\nkops get clusters\ntest -z "\${AWS_SESSION_TOKEN-}"`,
      },
      {},
    ),
  "ini aws": (block) => resolves(block, "AWS_CONFIG_FILE"),
  "ini settings": (block) => resolves(block, "KOPS_MFA_CONFIG"),
  toml: ({ text }) => expect(parseToml(text)).not.toEqual({}),
  yaml: ({ text }) => expect(parseYaml(text)).toBeTypeOf("object"),
  hcl: async ({ text }) => expect(await parseHcl("documented.tf", text)).not.toEqual({}),
  json: ({ text }) => expect(JSON.parse(text)).toBeTypeOf("object"),
  // Words of kops, whose cure the page about errors has.
  "text kops": ({ text }) =>
    expect(readDocument("docs/troubleshooting.md").text).toContain(text.trim()),
};

/** Blocks that another file runs. */
const elsewhere: Readonly<Record<string, string>> = {
  "sh install": "readme.test.ts",
  "sh setup": "setup.test.ts",
  "sh kubectl": "kubeconfig.test.ts",
  ...Object.fromEntries(
    [
      ...["bash direnv profile", "bash direnv session", "yaml workflow", "json tasks"],
      ...["json launch", "sh ykman", "sh pass", "sh gpg", "sh awsudo", "sh aws-vault"],
      ...["ykman", "op", "pass", "gpg"].map((name) => `ini process ${name}`),
      "ini keyring",
    ].map((info) => [info, "docs-recipes.test.ts"]),
  ),
  "text doctor": "doctor.test.ts",
};

/** The page about how to work on the project has rules of its own. */
const pages = documents().filter(({ file }) => !["CONTRIBUTING.md", "CHANGELOG.md"].includes(file));

describe.each(pages.filter(({ blocks }) => blocks.length > 0))("$file", ({ blocks }) => {
  for (const block of blocks) {
    const shell = shellOf(block.info);
    const title = `line ${block.line}: ${block.info}`;
    if (shell === null) test(title, () => follow(block));
    else describeShell(shell, () => test(title, () => follow(block)));
  }
});

function shellOf(info: string): AnyShell | null {
  const [language = ""] = info.split(" ");
  const names: readonly AnyShell[] = ["zsh", "fish", "powershell"];
  return names.find((name) => name === language) ?? null;
}

async function follow(block: Block): Promise<void> {
  const { info } = block;
  const file = elsewhere[info];
  if (file === undefined) {
    expect(Object.keys(rules), `nobody knows what to do with a block "${info}"`).toContain(info);
    await rules[info]?.(block);
  } else {
    expect(readFileSync(`test/e2e/${file}`, "utf8").includes(`"${info}"`), file).toBe(true);
  }
}
