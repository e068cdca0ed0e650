import { readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { requestVariables } from "../../src/config/request.ts";
import { settingKeys } from "../../src/config/settings.ts";
import {
  conflictingVariables,
  credentialVariables,
  markerVariables,
} from "../../src/environment/variables.ts";
import { describeShell, findShell, shellArguments, type AnyShell } from "../shells.ts";
import { Person, runProgram } from "./person.ts";
import { StandIn } from "./stand-in.ts";
import { TestTerminal } from "./terminal.ts";

const readme = readFileSync("README.md", "utf8");

/** Fenced blocks: the language with what follows it (`sh install`), and the text. */
const blocks = [...readme.matchAll(/^( *)```(.+)\n([\s\S]*?)^\1```$/gm)].map(
  ([, indent = "", language = "", text = ""]) => ({
    language,
    text: text.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
  }),
);
const ofLanguage = (wanted: string) =>
  blocks.filter(({ language }) => language === wanted).map(({ text }) => text);
const scripts = ofLanguage("sh");

let person: Person;
beforeAll(async () => {
  person = await Person.arrive();
  for (const name of ["kops", "terraform"]) new StandIn(person, name);
});
afterAll(() => person.leave());

/** Runs a script as a person would, typing the code when it is asked for. */
async function typed(shell: AnyShell, script: string, env: Record<string, string> = {}) {
  const file = findShell(shell);
  if (file === null) throw new Error(`${shell} is not installed`);
  const terminal = new TestTerminal(file, shellArguments(shell, script), { ...person.env, ...env });
  await terminal.shows("MFA code of").then(
    () => terminal.type(`${person.code()}\r`),
    () => undefined,
  );
  return { exitCode: await terminal.ends(), screen: terminal.screen };
}

beforeEach(() => person.forget());

const profile = { AWS_PROFILE: "prod" };

test("the README has scripts", () => {
  expect(scripts.length).toBeGreaterThanOrEqual(3);
});

test.for(scripts)("runs: %s", async (script) => {
  const { exitCode, screen } = await typed("bash", `cd; set -e\n${script}`, profile);
  expect(screen).not.toContain("kops-mfa: there");
  expect(exitCode).toBe(0);
});

test("runs: its two variables, without a profile", async () => {
  const [script = ""] = ofLanguage("sh variables");
  const { exitCode } = await typed(
    "bash",
    `set -e\n${script}\necho "$AWS_SESSION_TOKEN" | grep -q .`,
  );
  expect(exitCode).toBe(0);
});

test("installs: the two commands lead from a clone to a session", async () => {
  const [script = ""] = ofLanguage("sh install");
  const [, globally = ""] = /&& (npm install --global \.)$/m.exec(script) ?? [];
  expect(script.trim()).toBe(`npm ci && npm run build && ${globally}`);
  const prefix = person.path("prefix");
  const installed = await runProgram("npm", ["install", "--global", "--prefix", prefix, "."], {
    ...person.env,
    npm_config_cache: person.path("npm-cache"),
  });
  expect(installed.exitCode, installed.stderr).toBe(0);
  expect(readFileSync(`${prefix}/share/man/man1/kops-mfa.1`, "utf8")).toContain("KOPS\\-MFA");
  const path = `${prefix}/bin:${process.env["PATH"] ?? ""}`;
  const { exitCode, screen } = await typed(
    "bash",
    `eval "$(kops-mfa env)" && command -v kops-mfa && kops-mfa status prod`,
    { ...profile, PATH: path },
  );
  expect(screen).toContain(`${prefix}/bin/kops-mfa`);
  expect(screen).toContain("carries it");
  expect(exitCode).toBe(0);
});

const shellRows: readonly (readonly [AnyShell, string])[] = [
  ["bash", "bash, zsh, dash, ksh, sh"],
  ["zsh", "bash, zsh, dash, ksh, sh"],
  ["dash", "bash, zsh, dash, ksh, sh"],
  ["ksh", "bash, zsh, dash, ksh, sh"],
  ["fish", "fish"],
  ["powershell", "PowerShell"],
  ["tcsh", "tcsh, csh"],
  ["nushell", "nushell 0.98 or newer"],
  ["elvish", "elvish"],
  ["xonsh", "xonsh"],
];

describe.each(shellRows)("the line for %s", (shell, row) => {
  describeShell(shell, () => {
    test("puts a session into it", async () => {
      const [, line = ""] =
        new RegExp(`^\\| ${row} +\\| \`+ ?(.+?) ?\`+ +\\|$`, "m")
          .exec(readme)
          ?.map((cell) => cell.replaceAll("\\|", "|")) ?? [];
      expect(line).toContain("kops-mfa env");
      const show = `node -p "process.env.AWS_ACCESS_KEY_ID"`;
      const { screen } = await typed(shell, `${line}; ${show}`, profile);
      // PowerShell puts a control sequence of the terminal before what a program prints.
      expect(screen).toMatch(/(?:^|=)ASIA[A-Z0-9]{16}$/m);
    });
  });
});

test("names every variable that is set or unset, and no other", () => {
  const section =
    readme.split("## What it does to your environment")[1]?.split("`env --unset`")[0] ?? "";
  const named = new Set([...section.matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name));
  const touched = [
    ...credentialVariables,
    ...markerVariables,
    ...conflictingVariables.map(({ name }) => name),
    ...["AWS_REGION", "AWS_DEFAULT_REGION", "KOPS_STATE_STORE", "KOPS_CLUSTER_NAME"],
  ];
  expect([...named].sort()).toEqual([...touched].sort());
});

test("names every variable that an option has", () => {
  for (const names of Object.values(requestVariables)) {
    const missing = names.filter(
      (name) => name !== "AWS_DEFAULT_PROFILE" && !readme.includes(`\`${name}\``),
    );
    expect(missing).toEqual([]);
  }
});

test("its settings are settings", async () => {
  const [text = ""] = ofLanguage("ini").filter((block) => block.includes("[defaults]"));
  const file = person.write("readme.ini", text.replace("company-staging", "staging"));
  for (const profile of ["prod", "staging"]) {
    const { exitCode, stderr } = await person.run(["explain", profile], {
      env: { KOPS_MFA_CONFIG: file },
    });
    expect([exitCode, stderr]).toEqual([0, ""]);
  }
});

test("names every setting", () => {
  for (const key of settingKeys) expect(readme).toMatch(new RegExp(`\\b${key}\\b`));
});

test("promises npm scripts that exist", () => {
  const { scripts: existing } = JSON.parse(readFileSync("package.json", "utf8")) as {
    scripts: object;
  };
  const documents = readme + readFileSync("CONTRIBUTING.md", "utf8");
  const promised = [...documents.matchAll(/npm (?:run )?(demo|test|build|check)\b/g)].map(
    ([, name]) => name,
  );
  expect(promised).toContain("demo");
  for (const name of promised) expect(existing).toHaveProperty([name ?? ""]);
});
